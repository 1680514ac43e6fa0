import {type ClientHttp2Session, connect as connectHttp2} from 'node:http2';
import {Agent, request as requestHttps} from 'node:https';
import type {Readable} from 'node:stream';
import {connect as connectTls, type TLSSocket} from 'node:tls';
import {gunzipSync} from 'node:zlib';
import type {Raw} from '../../source/cluster/raw.ts';
import type {Credentials, Target} from './target.ts';

export type Protocol = 'h2' | 'http/1.1';

/** Where a server is, and who vouches for it. */
export type Server = Pick<Target, 'server' | 'ca'>;

/** One request. `json` is sent as `type`, which is `application/json` unless said; `accept` is JSON unless said. */
export type Ask = {
	readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
	readonly json?: unknown;
	readonly type?: string;
	readonly accept?: string;
	readonly headers?: Readonly<Record<string, string>>;
};

export type Reply = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	/** As it came, still compressed where it was. */
	readonly body: Buffer;
	/** The body as text, decompressed. */
	readonly text: () => string;
	/** The body as JSON; fails the test where it is none. */
	readonly json: () => Raw;
};

/** An answer that goes on: its headers are there, its body is still coming. */
export type Stream = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly body: Readable;
};

/**
 * A plain client with one protocol and one user, which hides nothing of what the server says. It shares no code with
 * midwatch's own transport, so that the suite judges servers and not us.
 */
export type Client = {
	readonly protocol: Protocol;
	readonly ask: (path: string, ask?: Ask) => Promise<Reply>;
	readonly stream: (path: string, ask?: Ask) => Promise<Stream>;
	readonly close: () => void;
};

export function connect(target: Server, protocol: Protocol, credentials: Credentials): Client {
	const line = protocol === 'h2' ? http2Line(target, credentials) : http1Line(target, credentials);
	return {
		protocol,
		stream: line.stream,
		close: line.close,
		ask: async (path, ask) => {
			const {status, headers, body} = await line.stream(path, ask);
			const chunks: Buffer[] = [];
			for await (const chunk of body) chunks.push(chunk as Buffer);
			return reply(status, headers, Buffer.concat(chunks));
		},
	};
}

type Line = Pick<Client, 'stream' | 'close'>;

function http2Line(target: Server, credentials: Credentials): Line {
	let session: ClientHttp2Session | undefined;
	const open = (): ClientHttp2Session => {
		if (session && !session.closed && !session.destroyed) return session;
		session = connectHttp2(target.server, {ca: target.ca, cert: credentials.certificate, key: credentials.key});
		// Each request on it fails by itself.
		session.on('error', () => {});
		return session;
	};
	return {
		close: () => session?.destroy(),
		stream: (path, ask = {}) =>
			new Promise((resolve, reject) => {
				const {headers, body} = prepare(ask, credentials);
				const method = ask.method ?? 'GET';
				// Left alone, Node ends a DELETE before its body.
				const answer = open().request({':method': method, ':path': path, ...headers}, {endStream: body === undefined});
				answer.on('error', reject);
				answer.on('response', ({':status': status = 0, ...rest}) => {
					resolve({status, headers: flatten(rest), body: answer});
				});
				if (body !== undefined) answer.end(body);
			}),
	};
}

function http1Line(target: Server, credentials: Credentials): Line {
	const agent = new Agent({keepAlive: true});
	const tls = {ca: target.ca, cert: credentials.certificate, key: credentials.key};
	return {
		close: () => agent.destroy(),
		stream: (path, ask = {}) =>
			new Promise((resolve, reject) => {
				const {headers, body} = prepare(ask, credentials);
				const options = {...tls, agent, method: ask.method ?? 'GET', headers};
				const asking = requestHttps(new URL(path, target.server), options, answer => {
					resolve({status: answer.statusCode ?? 0, headers: flatten(answer.headers), body: answer});
				});
				asking.on('error', reject);
				asking.end(body);
			}),
	};
}

function prepare(ask: Ask, credentials: Credentials): {headers: Record<string, string>; body: string | undefined} {
	const body = ask.json === undefined ? undefined : JSON.stringify(ask.json);
	return {
		body,
		headers: {
			// Go's default and curl's user agent make the server pretty-print.
			'user-agent': 'midwatch-conformance',
			accept: ask.accept ?? 'application/json',
			...(body === undefined
				? {}
				: {'content-type': ask.type ?? 'application/json', 'content-length': `${Buffer.byteLength(body)}`}),
			...credentials.headers,
			...ask.headers,
		},
	};
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Reply['headers'] {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]));
}

function reply(status: number, headers: Reply['headers'], body: Buffer): Reply {
	const text = () => (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
	return {
		status,
		headers,
		body,
		text,
		json: () => {
			try {
				return JSON.parse(text()) as Raw;
			} catch {
				throw new Error(`expected JSON, but got ${status} ${headers['content-type']}: ${text().slice(0, 200)}`);
			}
		},
	};
}

/** What the server picks when offered these protocols, in this order; false for none. */
export function negotiate(target: Server, offered: readonly string[]): Promise<string | false | null> {
	const {hostname, port} = new URL(target.server);
	return new Promise((resolve, reject) => {
		const socket: TLSSocket = connectTls({host: hostname, port: Number(port), ca: target.ca, ALPNProtocols: [...offered]}, () => {
			resolve(socket.alpnProtocol);
			socket.destroy();
		});
		socket.on('error', reject);
	});
}
