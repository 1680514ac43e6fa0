import {createServer as createPlain, type IncomingMessage, type ServerResponse} from 'node:http';
import {createSecureServer, type ServerHttp2Session} from 'node:http2';
import {createServer as createHttps} from 'node:https';
import type {AddressInfo, Server, Socket} from 'node:net';
import type {ClusterTarget} from '../../source/cluster/kubeconfig/target.ts';
import type {RawName} from '../../source/vocabulary.ts';
import {own} from '../../source/vocabulary.ts';
import {type Authority, type Certificate, newAuthority, signedBy} from '../_helpers/certificates.ts';

/** HTTP/2 is handled through Node's compatibility layer, so one handler does for both. */
export type Handler = (asked: IncomingMessage, answer: ServerResponse) => void;

/** A server on a real socket, with ways to misbehave. */
export type TestServer = {
	readonly url: URL;
	readonly port: number;
	readonly target: ClusterTarget;
	/** Open connections. */
	readonly sockets: ReadonlySet<Socket>;
	readonly sessions: ReadonlySet<ServerHttp2Session>;
	/** All requests so far, as `GET /path`. */
	readonly asked: readonly string[];
	/** From now on: accepts connections and reads, but answers nothing (what SIGSTOP looks like); false ends it. */
	readonly hush: (quiet: boolean) => void;
	/** Cuts every connection, with RST or FIN. */
	readonly cut: (how: 'rst' | 'fin') => void;
	readonly close: () => Promise<void>;
};

export type ServerWish = {
	readonly speaks?: 'h2' | 'http/1.1' | 'plain';
	readonly handler?: Handler;
	readonly certificate?: Certificate;
	readonly authority?: Authority;
	readonly port?: number;
	readonly tls?: {readonly requestCert?: boolean; readonly rejectUnauthorized?: boolean};
};

let shared: Promise<Authority> | undefined;

/** The authority all tests trust. */
export function testAuthority(): Promise<Authority> {
	shared ??= newAuthority();
	return shared;
}

export async function startServer({
	speaks = 'h2',
	handler = ok,
	certificate,
	authority,
	port = 0,
	tls = {},
}: ServerWish = {}): Promise<TestServer> {
	const trusted = authority ?? (await testAuthority());
	const {cert, key} = certificate ?? (await signedBy(trusted));
	const asked: string[] = [];
	const sockets = new Set<Socket>();
	const sessions = new Set<ServerHttp2Session>();
	let quiet = false;
	const held: Array<() => void> = [];
	const handle: Handler = (request, answer) => {
		const begin = () => {
			asked.push(`${request.method} ${request.url}`);
			handler(request, answer);
		};
		if (quiet) held.push(begin);
		else begin();
	};
	const options = {key, cert, ca: trusted.cert, ...tls};
	const server: Server = {
		plain: () => createPlain(handle),
		'http/1.1': () => createHttps(options, handle),
		h2: () =>
			createSecureServer({...options, allowHTTP1: true}, (asked, answer) =>
				handle(asked as unknown as IncomingMessage, answer as unknown as ServerResponse),
			),
	}[speaks]();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => {}).on('close', () => sockets.delete(socket));
	});
	server.on('session', (session: ServerHttp2Session) => {
		sessions.add(session);
		session.on('error', () => {}).on('close', () => sessions.delete(session));
	});
	server.on('sessionError', () => {});
	server.on('tlsClientError', () => {});
	await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
	const bound = (server.address() as AddressInfo).port;
	const url = new URL(`${speaks === 'plain' ? 'http' : 'https'}://127.0.0.1:${bound}`);
	const cut = (how: 'rst' | 'fin') => {
		for (const socket of sockets) {
			if (how === 'rst') socket.resetAndDestroy();
			else socket.destroy();
		}
	};
	return {
		url,
		port: bound,
		target: targetOf(url, trusted),
		sockets,
		sessions,
		asked,
		hush: on => {
			quiet = on;
			if (!on) for (const begin of held.splice(0)) begin();
		},
		cut,
		close: () => {
			const closed = new Promise<void>(resolve => server.close(() => resolve()));
			for (const session of sessions) session.destroy();
			cut('fin');
			return closed;
		},
	};
}

/** A target as a kubeconfig would give it. */
export function targetOf(server: URL, authority: Authority | undefined, more: Partial<ClusterTarget> = {}): ClusterTarget {
	return {
		contextName: 'test' as RawName,
		clusterName: 'test' as RawName,
		userName: 'tester' as RawName,
		server,
		namespace: 'default' as RawName,
		tls: {insecure: false, ...(authority && {authority: {pem: authority.cert}})},
		user: {impersonate: {}},
		source: own('/home/tester/.kube/config'),
		files: ['/home/tester/.kube/config'],
		kubectlFlags: own('--context test'),
		...more,
	};
}

export const ok: Handler = (asked, answer) => {
	asked.resume();
	answer.writeHead(200, {'content-type': 'application/json'});
	answer.end(JSON.stringify({path: asked.url, agent: asked.headers['user-agent'], protocol: asked.httpVersion}));
};

/** Resolves when the condition holds; rejects when it does not for so long. */
export async function until(condition: () => boolean, within = 20_000): Promise<void> {
	const deadline = Date.now() + within;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error(`did not come true within ${within} ms: ${condition.toString()}`);
		await new Promise(resolve => setTimeout(resolve, 5));
	}
}
