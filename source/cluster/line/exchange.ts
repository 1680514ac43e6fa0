import type {IncomingHttpHeaders} from 'node:http';
import type {Readable} from 'node:stream';
import {type SafeText, say} from '../../vocabulary.ts';
import {type Answer, type Call, TransportError} from '../transport.ts';
import {bodyOf} from './body.ts';
import type {Connection, Outgoing} from './connection.ts';
import {cutOff, explain} from './failure.ts';
import {givenUp} from './giving-up.ts';

/** Rejected with where the server certainly did not begin with the request. */
export class Unsent extends Error {}

/** Sends one request over a connection and waits for the headers of its answer. Rejects with `TransportError` or `Unsent`. */
export function exchange(
	connection: Connection,
	outgoing: Outgoing,
	call: Call,
	where: SafeText,
	heard: () => void,
): Promise<Answer> {
	const {signal, headersWithin = 10_000} = call;
	// What we ended ourselves we know better than the sockets do.
	const explained = (error?: unknown) => connection.fate() ?? (error === undefined ? cutOff(where) : explain(error, where));
	return new Promise((resolve, reject) => {
		let body: Readable | undefined;
		const cancel = connection.send(outgoing, {
			answered: (status, headers, source) => {
				clearTimeout(timer);
				heard();
				body = bodyOf(decoded(headers, source), explained, heard).on('close', forget);
				resolve({status, headers: flat(headers), body});
			},
			failed: (error, unsent) => fail(unsent ? new Unsent() : explained(error)),
		});
		const fail = (error: Error) => {
			clearTimeout(timer);
			forget();
			reject(error);
		};
		const give = (up: TransportError) => {
			reject(up);
			body?.destroy(up);
			cancel(up);
		};
		const abort = () => give(givenUp(where));
		const forget = () => signal?.removeEventListener('abort', abort);
		const late = () =>
			give(new TransportError('timeout', say`${where} did not answer a request within ${headersWithin / 1000} s`));
		const timer = setTimeout(late, headersWithin).unref();
		if (signal?.aborted) abort();
		else signal?.addEventListener('abort', abort);
	});
}

function decoded({'content-encoding': encoding}: IncomingHttpHeaders, source: Readable): Readable {
	if (encoding !== 'gzip') return source;
	const {createGunzip} = process.getBuiltinModule('node:zlib');
	const {pipeline} = process.getBuiltinModule('node:stream');
	return pipeline(source, createGunzip({chunkSize: 1 << 16}), () => {});
}

/** The body is handed on decoded, so nothing says that it ever was encoded. */
function flat(headers: IncomingHttpHeaders): Answer['headers'] {
	const told = Object.entries(headers).filter(([name]) => name !== 'content-encoding');
	return Object.fromEntries(told.map(([name, value]) => [name, value?.toString()]));
}
