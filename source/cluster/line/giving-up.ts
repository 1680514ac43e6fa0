import {type SafeText, say} from '../../vocabulary.ts';
import {TransportError} from '../transport.ts';

/** What somebody gets who gave a request up. */
export function givenUp(where: SafeText): TransportError {
	return new TransportError('aborted', say`the request to ${where} was given up`);
}

/** The same promise, but rejected with `givenUp` at once when the signal says so. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined, where: SafeText): Promise<T> {
	if (signal === undefined) return promise;
	return new Promise((resolve, reject) => {
		const abort = () => reject(givenUp(where));
		if (signal.aborted) abort();
		signal.addEventListener('abort', abort);
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
	});
}
