import {readFileSync} from 'node:fs';
import {dirname, isAbsolute, join} from 'node:path';
import {say} from '../../vocabulary.ts';
import {codeOf} from '../line/error-code.ts';
import {items, type Raw, text} from '../raw.ts';
import {safeText} from '../safe-text.ts';
import {KubeconfigError} from './error.ts';

/** One named thing of a kubeconfig, with the file it stands in. */
export type Entry = {readonly value: Raw; readonly file: string};

/** Kubeconfig files, merged: of every name and of `current-context` the first one met counts. */
export type Kubeconfig = {
	readonly files: readonly string[];
	readonly currentContext: string;
	readonly clusters: ReadonlyMap<string, Entry>;
	readonly contexts: ReadonlyMap<string, Entry>;
	readonly users: ReadonlyMap<string, Entry>;
};

/**
 * Reads files and merges them as kubectl does: the first file that has a name wins it whole.
 * Those that are not there are passed over. Throws `KubeconfigError` for one that cannot be read or is no kubeconfig.
 */
export async function readKubeconfigs(paths: readonly string[]): Promise<Kubeconfig> {
	const files: string[] = [];
	const merged = {clusters: new Map<string, Entry>(), contexts: new Map<string, Entry>(), users: new Map<string, Entry>()};
	let currentContext = '';
	for (const file of paths) {
		const content = readIfThere(file);
		if (content === undefined) continue;
		const config = await parse(content, file);
		files.push(file);
		currentContext ||= scalar(config['current-context']);
		for (const [list, key] of lists) {
			for (const item of items(config[list])) {
				const name = scalar(item.name);
				if (name !== '' && !merged[list].has(name)) merged[list].set(name, {value: item[key] ?? {}, file});
			}
		}
	}
	return {files, currentContext, ...merged};
}

const lists = [
	['clusters', 'cluster'],
	['contexts', 'context'],
	['users', 'user'],
] as const;

function readIfThere(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		const code = codeOf(error);
		if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
		const why = code === 'EACCES' ? say`only its owner may read it; try sudo, or have it copied for you` : safeText(code);
		throw new KubeconfigError(say`the kubeconfig ${safeText(file)} cannot be read: ${why}`, error);
	}
}

async function parse(content: string, file: string): Promise<Raw> {
	const {load, YAMLException} = await import('js-yaml');
	try {
		const config = load(content.trim() === '' ? '{}' : content) as Raw;
		if (typeof config === 'object' && config !== null && !Array.isArray(config)) return config;
	} catch (error) {
		if (!(error instanceof YAMLException)) throw error;
		const line = (error.mark?.line ?? 0) + 1;
		throw new KubeconfigError(
			say`the kubeconfig ${safeText(file)} is not valid YAML in line ${line}: ${safeText(error.reason)}`,
			error,
		);
	}
	throw new KubeconfigError(say`${safeText(file)} is not a kubeconfig: it has no clusters, contexts and users`);
}

/** A string of the file, also where YAML took it for a number or a truth value; '' where there is none. */
export function scalar(raw: Raw | undefined): string {
	const value: unknown = raw;
	return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Relative paths are relative to the file they stand in. */
export function resolvePath(path: string, file: string): string {
	return path === '' || isAbsolute(path) ? path : join(dirname(file), path);
}

/** The value of the extension of that name in an entry's `extensions`. */
export function extension(of: Raw, name: string): Raw | undefined {
	return items(of.extensions).find(each => text(each.name) === name)?.extension;
}
