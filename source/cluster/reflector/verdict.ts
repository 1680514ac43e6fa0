import {Refusal} from '../refusal.ts';
import {TransportError} from '../transport.ts';
import type {Move} from './course.ts';
import {Quiet} from './watch.ts';

/** What it means that a move failed. `failed` may be better soon, `ours` we ended ourselves; the others call for another way. */
export type Verdict = 'failed' | 'ours' | 'doubted' | 'expired' | 'unknown' | 'denied' | 'unwatchable' | 'unstreamable';

/** The same whatever was asked for. 404 may be a proxy's that has lost its server: discovery decides what is absent. */
const always: Readonly<Record<number, Verdict>> = {401: 'failed', 404: 'unknown', 410: 'expired', 429: 'failed'};

const meanings: Readonly<Record<'list' | 'watch', Readonly<Record<number, Verdict>>>> = {
	list: {403: 'denied'},
	// A version the server cannot make sense of is as good as one it has forgotten.
	watch: {400: 'expired', 403: 'unwatchable', 405: 'unwatchable', 422: 'expired'},
};

/** Judges the error of a move. */
export function verdictOn(error: unknown, move: Move): Verdict {
	if (error instanceof TransportError && error.reason === 'aborted') return 'ours';
	// Whoever says nothing at the beginning does not know how to; later, it may wait for a version it has not come to
	// again: a server whose etcd was restored from a backup is behind us.
	if (error instanceof Quiet) return move === 'stream' ? 'unstreamable' : 'doubted';
	if (!(error instanceof Refusal)) return 'failed';
	const meaning = always[error.status];
	if (meaning !== undefined) return meaning;
	// Whatever keeps a server from it, it may still be able to list; client-go does the same.
	if (move === 'stream') return 'unstreamable';
	return meanings[move === 'watch' ? 'watch' : 'list'][error.status] ?? 'failed';
}

/** For how many milliseconds the server wants to be left alone. */
export function retryAfterOf(error: unknown): number {
	return error instanceof Refusal ? error.retryAfter : 0;
}
