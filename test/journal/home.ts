import {spawn} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {pathToFileURL} from 'node:url';
import {beginRun} from '../../source/journal/runs.ts';
import {bundle} from '../_helpers/bundle.ts';

export const place = {context: 'homelab', server: 'https://10.0.0.10:6443/', authority: 'PEM'};

/** What begins a run of a drain. */
export const newRun = {place, what: 'drain', subject: 'nuc-2'} as const;

export const began = {
	is: 'began',
	what: 'drain',
	title: 'drain nuc-2',
	command: ['midwatch', 'drain', 'nuc-2'],
	context: 'homelab',
	server: 'https://10.0.0.10:6443/',
	by: 'me@nuc-1',
	version: '0.1.0',
} as const;

/** A folder for the runs of one test, and other processes that write into it. */
export type JournalHome = {
	readonly folder: string;
	readonly environment: {readonly XDG_STATE_HOME: string};
	/** Starts a program with `journal` (the module of runs), `place` and `began` at hand; `through` are words before it. */
	readonly start: (source: string, through?: readonly string[]) => Promise<Child>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export type Child = ReturnType<typeof spawn> & {readonly said: Promise<string>; readonly gone: Promise<void>};

let bundled: Promise<string> | undefined;

/** The module of runs as one file, made once: from source, a process that lives for moments would load for longer. */
const built = (): Promise<string> => (bundled ??= bundle(new URL('../../source/journal/runs.ts', import.meta.url)));

export async function newJournalHome(): Promise<JournalHome> {
	const folder = await mkdtemp(join(tmpdir(), 'midwatch-journal-'));
	const environment = {XDG_STATE_HOME: folder};
	let scripts = 0;
	return {
		folder,
		environment,
		start: async (source, through = []) => {
			const script = join(folder, `child-${scripts++}.mjs`);
			const runs = pathToFileURL(await built()).href;
			const known = `import {writeSync} from 'node:fs';
				const [place, began, environment] = ${JSON.stringify([place, began, environment])};
				const journal = await import(${JSON.stringify(runs)});
				const say = text => writeSync(1, text + '\\n');\n`;
			await writeFile(script, known + source);
			const [command, ...words] = [...through, process.execPath, script];
			const child = spawn(command, words, {stdio: ['ignore', 'pipe', 'inherit']});
			const gone = new Promise<void>(resolve => child.once('close', () => resolve()));
			return Object.assign(child, {said: text(child.stdout), gone});
		},
		[Symbol.asyncDispose]: () => rm(folder, {recursive: true, force: true}),
	};
}

/** A run with a few entries, closed. */
export async function smallRun(environment: JournalHome['environment']): Promise<{readonly run: string; readonly file: string}> {
	const journal = await beginRun(environment, newRun);
	await journal.write(began);
	await journal.write({is: 'intent', step: 'cordon', title: 'cordon nuc-2'});
	await journal.write({is: 'outcome', step: 'cordon', result: 'done', text: 'cordoned'});
	await journal.write({is: 'intent', step: 'evict-1', title: 'evict media/jellyfin-0', detail: {uid: '1-2-3'}});
	await journal.close();
	return {run: journal.run, file: join(journal.folder, 'journal.jsonl')};
}
