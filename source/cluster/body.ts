import {Readable} from 'node:stream';
import type {SafeText} from '../vocabulary.ts';
import {cutOff, explain} from './failure.ts';

/**
 * The body of an answer as callers get it: whatever goes wrong with it is a `TransportError`, an end that came too early
 * is one too, and an error nobody listens for ends nothing but the body.
 */
export function bodyOf(source: Readable, where: SafeText, heard: () => void): Readable {
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
		ended = !wasAborted(source);
		if (ended) body.push(null);
		else body.destroy(cutOff(where));
	});
	source.on('error', error => body.destroy(explain(error, where)));
	source.on('close', () => {
		if (!ended) body.destroy(cutOff(where));
	});
	source.pause();
	return body.on('error', () => {});
}

/** A stream of HTTP/2 ends like any other when its session breaks; only this tells. */
function wasAborted(source: Readable): boolean {
	return 'aborted' in source && source.aborted === true;
}
