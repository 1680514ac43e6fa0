import {spawn} from 'node:child_process';
import {mkdtempSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buffer} from 'node:stream/consumers';
import {type PaneOnScreen, paneOf} from '../_helpers/panes.ts';
import {openPty, type Pty} from '../_helpers/pty.ts';
import type {Ran} from './kubectl.ts';

/** The built program; another one (an installed package, an executable) where the environment names it. */
const program = process.env.MIDWATCH_PROGRAM ?? join(import.meta.dirname, '..', '..', 'dist', 'midwatch.cjs');
const [command, ...launched] = program.endsWith('.cjs')
	? ([process.execPath, '--max-semi-space-size=2', program] as const)
	: ([program] as const);

/** The program and the words before its own, to be started in some other way than those below. */
export const launching: readonly [string, ...string[]] = [command, ...launched];

export type Opening = {
	/** The kubeconfig it is given with `--kubeconfig`. */
	readonly on: string;
	readonly arguments?: readonly string[];
	readonly columns?: number;
	readonly rows?: number;
};

/** The dashboard in a terminal of its own, and the person in front of it. */
export type Midwatch = Pty & {
	/** By its title: `Nodes`, `Storage tiers`, `BGP peers`, `Backup tiers`, `GPU`. */
	readonly pane: (title: string) => PaneOnScreen;
};

/** Opens the dashboard of the built program: 120×40 unless said. It knows nothing of the person's own files. */
export function openMidwatch({on, arguments: more = [], columns, rows}: Opening): Midwatch {
	const home = newHome();
	const pty = openPty({
		command,
		arguments: [...launched, '--kubeconfig', on, ...more],
		environment: {HOME: home.path},
		...(columns === undefined ? {} : {columns}),
		...(rows === undefined ? {} : {rows}),
	});
	return {
		...pty,
		pane: title => paneOf(pty, title),
		[Symbol.asyncDispose]: async () => {
			await pty[Symbol.asyncDispose]();
			await home[Symbol.asyncDispose]();
		},
	};
}

/** A home where nobody has kept anything, gone at the end of its scope. */
export function newHome(): {readonly path: string} & AsyncDisposable {
	const path = mkdtempSync(join(tmpdir(), 'midwatch-home-'));
	return {path, [Symbol.asyncDispose]: () => rm(path, {recursive: true, force: true})};
}

/** Runs the built program without a terminal, for a person whose files are in `home`. */
export async function runMidwatchIn(home: string, ...words: readonly string[]): Promise<Ran> {
	const child = spawn(command, [...launched, ...words], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {PATH: process.env.PATH, HOME: home},
	});
	const code = new Promise<number>((resolve, reject) => {
		child.once('error', reject).once('close', status => resolve(status ?? 1));
	});
	const [stdout, stderr, status] = await Promise.all([buffer(child.stdout), buffer(child.stderr), code]);
	return {stdout: stdout.toString(), stderr: stderr.toString(), code: status};
}

/** Runs the built program without a terminal. It knows nothing of the person's own files. */
export async function runMidwatch(...words: readonly string[]): Promise<Ran> {
	await using home = newHome();
	return await runMidwatchIn(home.path, ...words);
}
