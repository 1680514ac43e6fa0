import {constants} from 'node:fs';
import {open, readdir} from 'node:fs/promises';
import {homedir} from 'node:os';
import {isAbsolute, join, resolve} from 'node:path';
import {own, type SafeText} from '../vocabulary.ts';
import {readConfiguration} from './configuration.ts';
import {configFolder, type Environment} from './places.ts';

/** A runbook's file cannot be used: one sentence with the file, what is wrong and what to do. */
export class RunbookFileError extends Error {
	readonly sentence: SafeText;
	constructor(file: string, what: string) {
		const printable = `${file} ${what}`.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
		super(printable);
		this.sentence = own(printable);
	}
}

/** More than any runbook that a person has written; bytes. */
const most = 1_000_000;

function whyUnreadable({code, message}: NodeJS.ErrnoException): string {
	if (code === 'ENOENT') return 'is not there; look for a mistake in its name.';
	if (code === 'EACCES' || code === 'EPERM') return 'may not be read; ask for permission to.';
	if (code === 'EISDIR') return 'is a folder; name a file in it.';
	return `cannot be read (${message}).`;
}

/** The text of a runbook's file. @throws RunbookFileError where it is missing, no text, or too large */
export async function readRunbookFile(file: string): Promise<string> {
	try {
		// A pipe would be waited for.
		const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
		try {
			const found = await handle.stat();
			if (!found.isFile())
				throw new RunbookFileError(file, found.isDirectory() ? 'is a folder; name a file in it.' : 'is no file.');
			if (found.size > most)
				throw new RunbookFileError(
					file,
					`has ${(found.size / 1_000_000).toFixed(1)} MB, and a runbook may have 1 MB; take it apart.`,
				);
			const bytes = await handle.readFile();
			const text = bytes.includes(0) ? undefined : utf8(bytes);
			if (text === undefined) throw new RunbookFileError(file, 'is no text; a runbook is Markdown in UTF-8.');
			return text;
		} finally {
			await handle.close();
		}
	} catch (error) {
		throw error instanceof RunbookFileError ? error : new RunbookFileError(file, whyUnreadable(error as NodeJS.ErrnoException));
	}
}

function utf8(bytes: Buffer): string | undefined {
	try {
		return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
	} catch {
		return undefined;
	}
}

/** How deep folders are looked into, and how many files are taken: a home directory named by mistake must not be read whole. */
const limits = {depth: 4, files: 500};

/** Markdown files below a folder, by their paths, in order; none where it is not there. */
export async function runbookFiles(folder: string): Promise<readonly string[]> {
	const found: string[] = [];
	const look = async (at: string, depth: number): Promise<void> => {
		const entries = await readdir(at, {withFileTypes: true}).catch(() => []);
		for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
			if (found.length >= limits.files) return;
			if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
			const path = join(at, entry.name);
			if (entry.isDirectory() && depth < limits.depth) await look(path, depth + 1);
			else if (!entry.isDirectory() && /\.(?:md|markdown)$/i.test(entry.name)) found.push(path);
		}
	};
	await look(folder, 1);
	return found;
}

/** Where a user's runbooks are: as configured, else `$XDG_CONFIG_HOME/midwatch/runbooks`. @throws ConfigurationError */
export async function userRunbookFolders(environment: Environment): Promise<readonly string[]> {
	const {runbooks} = await readConfiguration(environment);
	const home = environment.HOME ?? homedir();
	const folder = configFolder(environment);
	const named = runbooks?.directories?.map(one =>
		one.startsWith('~/') ? join(home, one.slice(2)) : isAbsolute(one) ? one : resolve(folder, one),
	);
	return named ?? [join(folder, 'runbooks')];
}

/** Where the runbooks of a working directory are. */
export function projectRunbookFolder(directory: string): string {
	return join(directory, '.midwatch', 'runbooks');
}
