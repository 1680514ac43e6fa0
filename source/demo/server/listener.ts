import {createSecureServer, type Http2SecureServer, type Http2ServerRequest, type ServerHttp2Session} from 'node:http2';
import type {AddressInfo, Socket} from 'node:net';
import type {Stage} from '../model.ts';
import type {Request, Response} from './exchange.ts';
import type {ServingCertificate} from './tls.ts';

export type Listener = {
	readonly listen: (port: number) => Promise<number>;
	/** Breaks all connections at once. */
	readonly drop: () => void;
	/** Sends GOAWAY on every HTTP/2 connection; what is under way goes on. */
	readonly drain: () => void;
	readonly close: () => Promise<void>;
};

/** HTTP/2 and HTTP/1.1 on one port of the loopback interface, over TLS. */
export function createListener(
	certificate: Pick<ServingCertificate, 'key' | 'cert'>,
	behaviour: Stage['server'],
	handle: (request: Request, response: Response) => void,
): Listener {
	const server: Http2SecureServer = createSecureServer(
		{...certificate, allowHTTP1: true, http1Options: {keepAliveTimeout: 90_000}, settings: {maxConcurrentStreams: 250}},
		(request: Http2ServerRequest, response) => handle(request, response),
	);
	const sockets = new Set<Socket>();
	const sessions = new Set<ServerHttp2Session>();
	server.on('connection', (socket: Socket) => {
		if (behaviour.refuse) {
			socket.resetAndDestroy();
			return;
		}
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('session', session => {
		sessions.add(session);
		session.on('close', () => sessions.delete(session));
	});
	// A client that breaks off its handshake or its connection is its own affair.
	for (const event of ['tlsClientError', 'sessionError', 'clientError']) server.on(event, () => {});
	const drop = () => {
		for (const socket of sockets) socket.resetAndDestroy();
	};
	return {
		drop,
		drain: () => {
			for (const session of sessions) session.close();
		},
		listen: port =>
			new Promise((resolve, reject) => {
				server.once('error', reject);
				server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
			}),
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				drop();
			}),
	};
}
