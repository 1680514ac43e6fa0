import type {Entry, Result} from './entry.ts';

/** How a run stands. `unknown`: nobody is at it any more, and nobody has written its end. */
export type RunState = 'running' | Result;

/** `held`: a process is at it. */
export function stateOf(entries: readonly Entry[], held: boolean): RunState {
	if (held) return 'running';
	return entries.findLast(({is}) => is === 'resumed' || is === 'ended')?.is === 'ended' ? endOf(entries) : 'unknown';
}

function endOf(entries: readonly Entry[]): Result {
	const end = entries.findLast(entry => entry.is === 'ended');
	return end?.is === 'ended' ? end.result : 'unknown';
}

/** What was begun and has no outcome: to be verified, never to be repeated unasked. */
export function withoutOutcome(entries: readonly Entry[]): ReadonlyArray<Entry & {readonly is: 'intent'}> {
	const open = new Map<string, Entry & {readonly is: 'intent'}>();
	for (const entry of entries) {
		if (entry.is === 'intent') open.set(entry.step, entry);
		if (entry.is === 'outcome') open.delete(entry.step);
	}
	return [...open.values()];
}
