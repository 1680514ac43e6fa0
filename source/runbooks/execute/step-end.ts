import {safeText} from '../../cluster/safe-text.ts';
import {keepEnd, keepLines, keptEnd, keptLines} from '../../files/step-folder.ts';
import type {Ended} from './order.ts';

/** Keeps what a command printed and how it ended, in the folder of its step. */
export async function keepEnded(folder: string, {lines, ...end}: Ended): Promise<void> {
	await keepLines(folder, lines);
	await keepEnd(folder, end);
}

const results: ReadonlySet<unknown> = new Set<Ended['result']>(['done', 'failed', 'stopped', 'unknown']);

/** How a command ended, as it was kept; undefined where it has not ended, or nobody saw it. */
export async function readEnded(folder: string): Promise<Ended | undefined> {
	const end = (await keptEnd(folder)) as Partial<Ended> | undefined;
	if (end === undefined || !results.has(end.result)) return undefined;
	const {result = 'unknown', text = '', exit, from = 0, until = 0} = end;
	const lines = (await keptLines(folder)).map(line => safeText(line, 2000));
	return {result, text: safeText(text), from, until, lines, ...(exit === undefined ? {} : {exit})};
}
