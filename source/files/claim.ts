import {randomBytes} from 'node:crypto';
import {link, readdir, rm} from 'node:fs/promises';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {readPrivate, replacePrivate} from './private-file.ts';
import {processStart} from './process-start.ts';

/** Who has a folder for itself. */
export type Holder = {readonly pid: number; readonly host: string};

/** Somebody else has it. */
export class Held extends Error {
	readonly holder: Holder;
	constructor(holder: Holder) {
		super(`process ${holder.pid} on ${holder.host} has it`);
		this.holder = holder;
	}
}

type Note = Holder & {readonly start: string};

const turnOf = (name: string): number => Number(/^writer-(\d{1,9})$/.exec(name)?.[1] ?? 0);

async function latestTurn(folder: string): Promise<number> {
	return Math.max(0, ...(await readdir(folder)).map(turnOf));
}

/** What stands in a note; undefined where it was given back, or is none of ours. */
async function noteOf(folder: string, turn: number): Promise<Note | undefined> {
	const text = turn === 0 ? undefined : await readPrivate(join(folder, `writer-${turn}`), 1000);
	if (text === undefined || text === '') return undefined;
	try {
		const {pid, host, start} = JSON.parse(text) as Partial<Note>;
		return typeof pid === 'number' && typeof host === 'string' && typeof start === 'string' ? {pid, host, start} : undefined;
	} catch {
		return undefined;
	}
}

/** Whether the process of a note is still there. Of another machine nobody can tell, so it is. */
async function isThere({pid, host, start}: Note): Promise<boolean> {
	return host !== hostname() || (await processStart(pid)) === start;
}

async function holderAt(folder: string, turn: number): Promise<Holder | undefined> {
	const note = await noteOf(folder, turn);
	return note !== undefined && (await isThere(note)) ? {pid: note.pid, host: note.host} : undefined;
}

/** Who has the folder now; undefined for nobody. */
export async function holderOf(folder: string): Promise<Holder | undefined> {
	return holderAt(folder, await latestTurn(folder));
}

/**
 * Takes a folder for this process alone, until it is given back or the process is gone, however that came about. Everyone who
 * takes it leaves a note with a number one higher than the last; nobody takes a note away, so of two who find the last holder
 * dead only one can make the next note.
 * @returns the way to give it back
 * @throws Held
 */
export async function claim(folder: string): Promise<() => Promise<void>> {
	const note: Note = {pid: process.pid, host: hostname(), start: (await processStart(process.pid)) ?? ''};
	const beside = join(folder, `.writer-${randomBytes(6).toString('hex')}`);
	await replacePrivate(beside, JSON.stringify(note));
	try {
		for (;;) {
			const turn = await latestTurn(folder);
			const holder = await holderAt(folder, turn);
			if (holder !== undefined) throw new Held(holder);
			const ours = join(folder, `writer-${turn + 1}`);
			if (await isLinked(beside, ours)) return () => replacePrivate(ours, '');
		}
	} finally {
		await rm(beside, {force: true});
	}
}

/** Whole at once, and only where there is none. */
async function isLinked(from: string, to: string): Promise<boolean> {
	try {
		await link(from, to);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}
