import {createBackoff, fully} from '../cluster/backoff.ts';
import {Refusal} from '../cluster/refusal.ts';
import {createRest} from '../cluster/rest.ts';
import {sentenceOf} from '../cluster/sentence.ts';
import {TransportError} from '../cluster/transport.ts';
import {own, type SafeText} from '../vocabulary.ts';

/** Between two attempts, in milliseconds: an API server restarts within seconds. */
const pauses = {first: 250, most: 4000};

/** Milliseconds that are given after a stop to what is under way. */
export const lastWord = 1000;

/** What will be better when the server is back, or less busy. */
export function isPassing(error: unknown): boolean {
	if (error instanceof TransportError) return ['refused', 'unreachable', 'timeout', 'reset'].includes(error.reason);
	return error instanceof Refusal && (error.status === 429 || error.status >= 500);
}

/** Rejects a while after a stop. */
function deafness(stop: AbortSignal): {readonly promise: Promise<never>; readonly end: () => void} {
	const {promise, reject} = Promise.withResolvers<never>();
	promise.catch(() => {});
	let timer: NodeJS.Timeout | undefined;
	const begin = () => {
		const error = new TransportError('timeout', own('stopped, before the server answered'));
		timer = setTimeout(() => reject(error), lastWord);
	};
	if (stop.aborted) begin();
	else stop.addEventListener('abort', begin);
	return {
		promise,
		end: () => {
			clearTimeout(timer);
			stop.removeEventListener('abort', begin);
		},
	};
}

/**
 * Does something that may be done twice, again and again while the server is away or too busy. `waiting` is told why, each
 * time. Rejects as the attempt does: with what another attempt would not make better, or the last failure after a stop, which
 * waits a second at most for an attempt that is under way.
 */
export async function outlast<T>(
	attempt: () => Promise<T>,
	{stop, waiting}: {readonly stop: AbortSignal; readonly waiting?: (why: SafeText) => void},
): Promise<T> {
	const pause = createBackoff(pauses, time => time / 2 + fully(time / 2, Math.random));
	const rest = createRest(stop);
	const deaf = deafness(stop);
	try {
		for (;;) {
			try {
				return await Promise.race([attempt(), deaf.promise]);
			} catch (error) {
				if (!isPassing(error) || stop.aborted) throw error;
				waiting?.(sentenceOf(error));
				const wanted = error instanceof Refusal ? error.retryAfter : 0;
				await rest.sleep(Math.max(pause.next(), wanted));
				if (stop.aborted) throw error;
			}
		}
	} finally {
		deaf.end();
	}
}
