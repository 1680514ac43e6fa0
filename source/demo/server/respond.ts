import {randomUUID} from 'node:crypto';
import type {OutgoingHttpHeaders} from 'node:http';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {constants, createGzip, gzipSync} from 'node:zlib';
import type {Exchange} from './exchange.ts';
import {bytesOf, type Piece} from './forms/form.ts';
import {protobufType} from './forms/pod-form.ts';
import {wrap} from './protobuf/envelope.ts';
import {statusMessage} from './protobuf/meta.ts';
import type {Status} from './status.ts';

type Answering = Pick<Exchange, 'response' | 'request' | 'cluster'>;

/** Bodies up to here are sent whole and never compressed, as the real server does. */
const gzipThreshold = 131_072;
const fast = {level: constants.Z_BEST_SPEED};

/** Headers every answer has. The date is that of played time, so that clients measure ages against it. */
export function headersFor(
	{cluster}: Pick<Exchange, 'cluster'>,
	type: string,
	more: OutgoingHttpHeaders = {},
): OutgoingHttpHeaders {
	return {
		'audit-id': randomUUID(),
		'cache-control': 'no-cache, private',
		'content-type': type,
		date: new Date(cluster.stage.clock.now()).toUTCString(),
		...more,
	};
}

/** Answers with a whole body. */
export function send(exchange: Answering, status: number, type: string, body: Piece, more?: OutgoingHttpHeaders): void {
	const whole = bytesOf(body);
	const zipped = whole.length > gzipThreshold && takesGzip(exchange);
	const bytes = zipped ? gzipSync(whole, fast) : whole;
	const length = {'content-length': bytes.length, ...(zipped ? encoded : {})};
	exchange.response.writeHead(status, headersFor(exchange, type, {...more, ...length}));
	exchange.response.end(bytes);
}

export function sendJson(exchange: Answering, status: number, body: unknown, more?: OutgoingHttpHeaders): void {
	send(exchange, status, 'application/json', `${JSON.stringify(body)}\n`, more);
}

export function sendText(exchange: Answering, status: number, body: string): void {
	send(exchange, status, 'text/plain; charset=utf-8', body, {'x-content-type-options': 'nosniff'});
}

/** Answers with a failure, and when to come back where it says so; as protobuf to whoever takes nothing else. */
export function sendStatus(exchange: Answering, status: Status): void {
	const seconds = status.details?.retryAfterSeconds;
	const more = seconds === undefined ? {} : {'retry-after': `${seconds}`};
	const code = status.code ?? 500;
	if (exchange.request.headers.accept !== protobufType) sendJson(exchange, code, status, more);
	else send(exchange, code, protobufType, wrap('v1', 'Status', statusMessage, status), more);
}

/** Answers with a body that is made while it is sent; a small one goes whole. */
export async function sendPieces(exchange: Answering, type: string, pieces: Iterable<Piece>): Promise<void> {
	const rest = pieces[Symbol.iterator]();
	const start: Piece[] = [];
	let size = 0;
	let step = rest.next();
	for (; !step.done && size <= gzipThreshold; step = rest.next()) {
		start.push(step.value);
		size += step.value.length;
	}
	if (step.done) {
		send(exchange, 200, type, Buffer.concat(start.map(bytesOf)));
		return;
	}
	const source = Readable.from(joined(start, step.value, rest), {objectMode: true});
	if (takesGzip(exchange)) {
		exchange.response.writeHead(200, headersFor(exchange, type, encoded));
		await pipeline(source, createGzip(fast), exchange.response);
	} else {
		exchange.response.writeHead(200, headersFor(exchange, type));
		await pipeline(source, exchange.response);
	}
}

const encoded = {'content-encoding': 'gzip', vary: 'Accept-Encoding'};

function* joined(start: readonly Piece[], next: Piece, rest: Iterator<Piece>): Generator<Uint8Array> {
	yield Buffer.concat(start.map(bytesOf));
	yield bytesOf(next);
	for (let step = rest.next(); !step.done; step = rest.next()) yield bytesOf(step.value);
}

function takesGzip({request}: Answering): boolean {
	return /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
}
