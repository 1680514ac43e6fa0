import {type SafeText, say} from '../vocabulary.ts';
import {Refusal} from './refusal.ts';
import {safeText} from './safe-text.ts';
import {TransportError} from './transport.ts';
import {Quiet} from './watch.ts';

/** What a reflector asked for: a list, a watch that begins with everything there is, or one that goes on. */
export type Asking = 'list' | 'stream' | 'watch';

/** What it means that it did not get it. `failed` may be better soon, the others call for another way. */
export type Verdict = 'failed' | 'expired' | 'absent' | 'denied' | 'unwatchable' | 'unstreamable';

const meanings: Readonly<Record<Asking, Readonly<Record<number, Verdict>>>> = {
	list: {403: 'denied', 405: 'absent'},
	stream: {400: 'unstreamable', 403: 'unstreamable', 405: 'unstreamable', 406: 'unstreamable', 422: 'unstreamable'},
	// A version the server cannot make sense of is as good as one it has forgotten.
	watch: {400: 'expired', 403: 'unwatchable', 405: 'unwatchable', 422: 'expired'},
};

/** Judges an error by what was asked for. */
export function verdictOn(error: unknown, asking: Asking): Verdict {
	// Whoever says nothing at the beginning does not know how to; later, it may wait for a version it has not come to
	// again: a server whose etcd was restored from a backup is behind us.
	if (error instanceof Quiet) return asking === 'stream' ? 'unstreamable' : 'expired';
	if (!(error instanceof Refusal)) return 'failed';
	if (error.status === 404) return 'absent';
	if (error.status === 410) return 'expired';
	return meanings[asking][error.status] ?? 'failed';
}

/** What an error says, for printing. */
export function sentenceOf(error: unknown): SafeText {
	if (error instanceof Refusal || error instanceof TransportError || error instanceof Quiet) return error.sentence;
	return say`unreadable answer: ${safeText(String(error), 200)}`;
}
