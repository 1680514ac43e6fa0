import {join} from 'node:path';
import {readPrivate, replacePrivate} from './private-file.ts';
import {processStart} from './process-start.ts';

/** Bytes of what a step leaves; its output is capped before it comes here. */
const most = 4_000_000;

/** Keeps what a step printed, as lines. */
export async function keepLines(folder: string, lines: readonly string[]): Promise<void> {
	await replacePrivate(join(folder, 'output'), lines.map(line => `${line}\n`).join(''));
}

/** What a step printed, as far as it is kept; no lines where nothing is. @throws Refused where it cannot be believed */
export async function keptLines(folder: string): Promise<readonly string[]> {
	return ((await readPrivate(join(folder, 'output'), most)) ?? '').split('\n').slice(0, -1);
}

/** Keeps how a step ended. */
export async function keepEnd(folder: string, end: object): Promise<void> {
	await replacePrivate(join(folder, 'end.json'), `${JSON.stringify(end)}\n`);
}

/** How a step ended, as it was kept; undefined where it has no end, or none that can be read. */
export async function keptEnd(folder: string): Promise<object | undefined> {
	return readObject(join(folder, 'end.json'));
}

/** Notes that this process is at a step. */
export async function keepSupervisor(folder: string): Promise<void> {
	await replacePrivate(
		join(folder, 'supervisor.json'),
		JSON.stringify({pid: process.pid, start: await processStart(process.pid)}),
	);
}

/** The process that is at a step: its number, `gone` where there was one, `none` where none has noted itself yet. */
export async function keptSupervisor(folder: string): Promise<number | 'gone' | 'none'> {
	const note = await readObject(join(folder, 'supervisor.json'));
	if (note === undefined) return 'none';
	const {pid, start} = note as {pid?: unknown; start?: unknown};
	return typeof pid === 'number' && typeof start === 'string' && (await processStart(pid)) === start ? pid : 'gone';
}

async function readObject(file: string): Promise<object | undefined> {
	const text = await readPrivate(file, most);
	if (text === undefined) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? value : undefined;
	} catch {
		return undefined;
	}
}
