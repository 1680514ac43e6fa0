import {createSecureServer, type Http2SecureServer, type Http2ServerRequest, type ServerHttp2Session} from 'node:http2';
import {type AddressInfo, createServer, type Socket} from 'node:net';
import type {Request, Response} from './exchange.ts';
import type {ServingCertificate} from './tls.ts';

export type Listener = {
	readonly listen: (port: number) => Promise<number>;
	/** Stops listening, so that connections are refused, or listens again on the same port; those that are open stay. */
	readonly refuse: (refused: boolean) => void;
	/** Breaks all connections at once. */
	readonly drop: () => void;
	/** Sends GOAWAY on every HTTP/2 connection; what is under way goes on. */
	readonly drain: () => void;
	readonly close: () => Promise<void>;
};

const retryMs = 100;
const aDay = 86_400_000;

/** HTTP/2 and HTTP/1.1 on one port of the loopback interface, over TLS. */
export function createListener(
	certificate: Pick<ServingCertificate, 'key' | 'cert'>,
	handle: (request: Request, response: Response) => void,
): Listener {
	const server: Http2SecureServer = createSecureServer(
		{...certificate, allowHTTP1: true, http1Options: {keepAliveTimeout: 90_000}, settings: {maxConcurrentStreams: 250}},
		(request: Http2ServerRequest, response) => handle(request, response),
	);
	const sockets = new Set<Socket>();
	const sessions = new Set<ServerHttp2Session>();
	// Who listens is not who serves: so connections can be refused while others go on.
	const door = createServer(socket => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		server.emit('connection', socket);
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
	let port = 0;
	let isOpen = false;
	// A server keeps its process alive, and so does one that nobody reaches.
	let awake: NodeJS.Timeout | undefined;
	const open = () => {
		if (isOpen && !door.listening) door.listen(port, '127.0.0.1');
	};
	return {
		drop,
		drain: () => {
			for (const session of sessions) session.close();
		},
		refuse: refused => {
			isOpen = !refused;
			clearInterval(awake);
			if (refused) {
				door.close();
				awake = setInterval(() => {}, aDay);
			} else open();
		},
		listen: wanted =>
			new Promise((resolve, reject) => {
				door.once('error', reject);
				door.listen(wanted, '127.0.0.1', () => {
					({port} = door.address() as AddressInfo);
					isOpen = true;
					door.off('error', reject);
					// Somebody else has taken the port meanwhile: it may be let go again.
					door.on('error', () => setTimeout(open, retryMs).unref());
					resolve(port);
				});
			}),
		close: () =>
			new Promise(resolve => {
				isOpen = false;
				clearInterval(awake);
				door.close(() => resolve());
				drop();
			}),
	};
}
