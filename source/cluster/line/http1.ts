import type {ClientRequest} from 'node:http';
import type {Socket} from 'node:net';
import {safeText} from '../safe-text.ts';
import type {TransportError} from '../transport.ts';
import type {Connection, ConnectionEvents, Outgoing, Reply} from './connection.ts';
import {codeOf} from './error-code.ts';
import {explain} from './failure.ts';

/** Speaks HTTP/1.1 over a pool of kept-alive sockets; `first` is open already, `dial` opens another. */
export function http1Connection(first: Socket, dial: () => Promise<Socket>, origin: URL, events: ConnectionEvents): Connection {
	const {Agent, request} = process.getBuiltinModule('node:http');
	const where = safeText(origin.host);
	const sockets = new Set<Socket>();
	// Only a request under way keeps the program from ending.
	let spare: Socket | undefined = keep(first).unref();
	let fate: TransportError | undefined;
	function keep(socket: Socket): Socket {
		sockets.add(socket);
		return socket.once('close', () => {
			sockets.delete(socket);
			if (spare === socket) spare = undefined;
		});
	}
	const open = async () => {
		const socket = spare?.ref() ?? keep(await dial());
		spare = undefined;
		if (fate) socket.destroy(fate);
		return socket;
	};
	const agent = new Agent({keepAlive: true, maxFreeSockets: 4, scheduling: 'lifo'});
	agent.createConnection = (_options, done) => {
		void handOver(done ?? (() => {}));
		return undefined;
	};
	const handOver = async (done: (error: Error | null, socket: Socket) => void) => {
		const opened = await open().catch((error: unknown) => explain(error, where));
		if (!(opened instanceof Error)) return done(null, opened);
		events.lost(opened);
		done(opened, first);
	};
	return {
		protocol: 'http/1.1',
		send: (outgoing, reply) => {
			const asking = request({
				agent,
				host: origin.hostname,
				method: outgoing.method,
				path: outgoing.path,
				headers: {host: origin.host, ...outgoing.headers},
			});
			begin(asking, outgoing, reply);
			return error => asking.destroy(error);
		},
		isOpen: () => fate === undefined,
		retire: () => {
			// Those in use end with the answers they carry.
			agent.maxFreeSockets = 0;
			for (const idle of Object.values(agent.freeSockets)) for (const socket of idle ?? []) socket.destroy();
			spare?.destroy();
		},
		destroy: error => {
			fate = error;
			for (const socket of sockets) socket.destroy(error);
			agent.destroy();
		},
		fate: () => fate,
	};
}

function begin(asking: ClientRequest, {method, body}: Outgoing, reply: Reply): void {
	let answered = false;
	asking.on('response', answer => {
		answered = true;
		reply.answered(answer.statusCode ?? 0, answer.headers, answer);
	});
	asking.on('error', error => {
		// The server may close an idle socket in the moment we take it; nothing was read of a request then.
		const raced = asking.reusedSocket && method === 'GET' && codeOf(error) === 'ECONNRESET';
		if (!answered) reply.failed(error, raced);
	});
	asking.end(body);
}
