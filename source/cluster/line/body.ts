import {Readable} from 'node:stream';
import type {TransportError} from '../transport.ts';

/**
 * The body of an answer as callers get it: whatever goes wrong with it is a `TransportError`, an end that came too early
 * is one too, and an error nobody listens for ends nothing but the body. `explained` says what an error (or none) means.
 */
export function bodyOf(source: Readable, explained: (error?: unknown) => TransportError, heard: () => void): Readable {
	let ended = false;
	const body = new Readable({
		highWaterMark: 1 << 18,
		read: () => source.resume(),
		destroy: (error, done) => {
			source.destroy();
			done(error);
		},
	});
	source.on('data', (chunk: Buffer) => {
		heard();
		if (!body.push(chunk)) source.pause();
	});
	source.on('end', () => {
		ended = !wasCut(source);
		if (ended) body.push(null);
		else body.destroy(explained());
	});
	source.on('error', error => body.destroy(explained(error)));
	source.on('close', () => {
		if (!ended) body.destroy(explained());
	});
	source.pause();
	return body.on('error', () => {});
}

/** When its session breaks, a stream of HTTP/2 ends as if it were complete; only its code tells. */
function wasCut(source: Readable): boolean {
	return 'rstCode' in source && source.rstCode !== 0;
}
