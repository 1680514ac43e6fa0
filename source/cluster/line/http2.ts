import type {ClientHttp2Session, ClientHttp2Stream} from 'node:http2';
import type {Socket} from 'node:net';
import type {TransportError} from '../transport.ts';
import type {Connection, ConnectionEvents, Outgoing, Reply} from './connection.ts';
import {codeOf} from './error-code.ts';

// Lists of 100 MB come over this: with the default of 64 KiB per stream each round trip would carry no more than that.
const streamWindow = 1 << 20;
const sessionWindow = 8 << 20;
/** MB; the default of 10 refuses new streams while a few lists are under way. */
const maxSessionMemory = 256;

/** Speaks HTTP/2 over a socket on which it was agreed. */
export function http2Connection(socket: Socket, origin: URL, events: ConnectionEvents): Connection {
	const {connect, constants} = process.getBuiltinModule('node:http2');
	const session = connect(origin.origin, {
		createConnection: () => socket,
		maxSessionMemory,
		settings: {enablePush: false, initialWindowSize: streamWindow},
	});
	session.on('connect', () => session.setLocalWindowSize(sessionWindow));
	// Only a request under way keeps the program from ending.
	session.unref();
	let fate: TransportError | undefined;
	let reason: unknown;
	session.on('error', error => {
		reason ??= error;
	});
	session.on('goaway', code => {
		if (code === constants.NGHTTP2_NO_ERROR) events.draining();
	});
	session.on('close', () => events.lost(reason));
	let streams = 0;
	return {
		protocol: 'h2',
		send: (outgoing, reply) => {
			if (session.closed || session.destroyed) {
				// Not at once: whoever sends is not ready to be told before this returns.
				queueMicrotask(() => reply.failed(reason, true));
				return () => {};
			}
			const stream = begin(session, outgoing, reply);
			if (streams++ === 0) session.ref();
			stream.on('close', () => {
				if (--streams === 0 && !session.destroyed) session.unref();
			});
			return error => stream.destroy(error);
		},
		isOpen: () => !session.closed && !session.destroyed,
		retire: () => session.close(),
		destroy: error => {
			fate = error;
			session.destroy(error);
		},
		fate: () => fate,
	};
}

function begin(session: ClientHttp2Session, {method, path, headers, body}: Outgoing, reply: Reply): ClientHttp2Stream {
	const stream = session.request({...headers, ':method': method, ':path': path}, {endStream: body === undefined});
	let answered = false;
	let failure: unknown;
	stream.on('response', headers => {
		answered = true;
		reply.answered(headers[':status'] ?? 0, headers, stream);
	});
	stream.on('error', error => {
		failure = error;
	});
	stream.on('close', () => {
		if (!answered) reply.failed(failure, isUnsent(failure));
	});
	if (body !== undefined) stream.end(body);
	return stream;
}

/** True where HTTP/2 itself says that the server did not look at the request (it was draining). */
function isUnsent(error: unknown): boolean {
	return (
		codeOf(error) === 'ERR_HTTP2_GOAWAY_SESSION' || (error instanceof Error && error.message.includes('NGHTTP2_REFUSED_STREAM'))
	);
}
