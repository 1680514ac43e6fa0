import type {ClientRequest} from 'node:http';
import type {Duplex} from 'node:stream';
import type {Connection, ConnectionEvents, Outgoing, Reply} from './connection.ts';
import {codeOf} from './failure.ts';
import type {TransportError} from './transport.ts';

/** Speaks HTTP/1.1 over a pool of kept-alive sockets; `first` is open already, `dial` opens another. */
export function http1Connection(first: Duplex, dial: () => Promise<Duplex>, origin: URL, events: ConnectionEvents): Connection {
	const {Agent, request} = process.getBuiltinModule('node:http');
	const sockets = new Set<Duplex>();
	let spare: Duplex | undefined = keep(first);
	let fate: TransportError | undefined;
	function keep(socket: Duplex): Duplex {
		sockets.add(socket);
		return socket.once('close', () => {
			sockets.delete(socket);
			if (spare === socket) spare = undefined;
		});
	}
	const open = async () => {
		const socket = spare ?? keep(await dial());
		spare = undefined;
		if (fate) socket.destroy(fate);
		return socket;
	};
	const agent = new Agent({keepAlive: true, maxFreeSockets: 4, scheduling: 'lifo'});
	agent.createConnection = (_options, done) => {
		open().then(
			socket => done?.(null, socket),
			error => {
				events.lost(error);
				done?.(error, first);
			},
		);
		return undefined;
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
		retire: () => agent.destroy(),
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
