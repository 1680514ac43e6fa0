import {spawn} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {openPty, type Pty} from '../_helpers/pty.ts';

const built = process.env.MIDWATCH_PROGRAM ?? fileURLToPath(new URL('../../dist/midwatch.cjs', import.meta.url));

/** What starts midwatch: the built launcher, or what MIDWATCH_PROGRAM names, an executable where it is no script. */
export const program: {readonly file: string; readonly words: readonly string[]} = built.endsWith('.cjs')
	? {file: process.execPath, words: [built]}
	: {file: built, words: []};

/** The same for a shell. */
export const quoted = [program.file, ...program.words].map(word => `"${word}"`).join(' ');

export type Ended = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

/** A home of its own, with nothing in it: no kubeconfig, no preferences. */
export type Home = {
	readonly folder: string;
	readonly environment: Readonly<Record<string, string>>;
	/** Writes a file below it and returns its path. */
	readonly put: (name: string, content: string) => Promise<string>;
	/** Runs midwatch without a terminal. */
	readonly run: (...args: readonly string[]) => Promise<Ended>;
	/** Runs midwatch in a terminal. */
	readonly open: (
		args: readonly string[],
		options?: {columns?: number; rows?: number; environment?: Readonly<Record<string, string>>},
	) => Pty;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export async function newHome(): Promise<Home> {
	const folder = await mkdtemp(join(tmpdir(), 'midwatch-home-'));
	const environment = {HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), PATH: process.env.PATH ?? '', LANG: 'C.UTF-8'};
	return {
		folder,
		environment,
		put: async (name, content) => {
			const path = join(folder, name);
			await writeFile(path, content);
			return path;
		},
		run: async (...args) => {
			const child = spawn(program.file, [...program.words, ...args], {env: environment, stdio: ['ignore', 'pipe', 'pipe']});
			const code = new Promise<number | null>(resolve => child.once('close', resolve));
			const [stdout, stderr, ended] = await Promise.all([text(child.stdout), text(child.stderr), code]);
			return {code: ended, stdout, stderr};
		},
		open: (args, {environment: more = {}, ...size} = {}) =>
			openPty({
				command: program.file,
				arguments: [...program.words, ...args],
				environment: {...environment, ...more},
				directory: folder,
				...size,
			}),
		[Symbol.asyncDispose]: () => rm(folder, {recursive: true, force: true}),
	};
}

/** A kubeconfig with one context, as JSON, which is YAML. */
export function kubeconfig(server: string, user: object, cluster: object = {}): string {
	return JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': 'here',
		contexts: [{name: 'here', context: {cluster: 'one', user: 'me'}}],
		clusters: [{name: 'one', cluster: {server, ...cluster}}],
		users: [{name: 'me', user}],
	});
}
