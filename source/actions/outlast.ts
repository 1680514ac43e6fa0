import {createBackoff, fully} from '../cluster/backoff.ts';
import {Refusal} from '../cluster/refusal.ts';
import {createRest} from '../cluster/rest.ts';
import {sentenceOf} from '../cluster/sentence.ts';
import {TransportError} from '../cluster/transport.ts';
import type {SafeText} from '../vocabulary.ts';

/** Between two attempts, in milliseconds: an API server restarts within seconds. */
const pauses = {first: 250, most: 4000};

/** What will be better when the server is back, or less busy. */
export function isPassing(error: unknown): boolean {
	if (error instanceof TransportError) return ['refused', 'unreachable', 'timeout', 'reset'].includes(error.reason);
	return error instanceof Refusal && (error.status === 429 || error.status >= 500);
}

/**
 * Does something that may be done twice, again and again while the server is away or too busy. `waiting` is told why, each
 * time. Rejects as the attempt does: with what another attempt would not make better, or the last failure after a stop.
 */
export async function outlast<T>(
	attempt: () => Promise<T>,
	{stop, waiting}: {readonly stop: AbortSignal; readonly waiting?: (why: SafeText) => void},
): Promise<T> {
	const pause = createBackoff(pauses, time => time / 2 + fully(time / 2, Math.random));
	const rest = createRest(stop);
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (!isPassing(error) || stop.aborted) throw error;
			waiting?.(sentenceOf(error));
			const wanted = error instanceof Refusal ? error.retryAfter : 0;
			await rest.sleep(Math.max(pause.next(), wanted));
			if (stop.aborted) throw error;
		}
	}
}
