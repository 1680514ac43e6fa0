import type {Socket} from 'node:net';
import {say} from '../../vocabulary.ts';
import type {Credential} from '../credentials/credential.ts';
import {safeText} from '../safe-text.ts';
import {TransportError} from '../transport.ts';
import type {Connection, ConnectionEvents} from './connection.ts';
import type {Dialed} from './dial.ts';
import {cutOff, explain} from './failure.ts';
import {http1Connection} from './http1.ts';
import {http2Connection} from './http2.ts';

/** The connection of now: opened when asked for, replaced when it is lost, drained, or the certificate in it is another. */
export type Link = {
	/** Whoever asks while it is being opened shares the attempt. Rejects with `TransportError`. */
	readonly get: (credential: Credential) => Promise<Connection>;
	/** Ends the connection of now with this error, as if it had broken. */
	readonly drop: (error: TransportError) => void;
	readonly close: () => void;
};

export type LinkEvents = {
	/** How to open sockets with this credential, until `stop` says that none is wanted any more. */
	readonly dialer: (credential: Credential, stop: AbortSignal) => () => Promise<Dialed>;
	readonly opened: (connection: Connection, socket: Socket, credential: Credential) => void;
	readonly unopened: (error: TransportError, credential: Credential) => void;
	readonly lost: (error: TransportError, credential: Credential) => void;
	readonly drained: () => void;
};

type Open = {readonly connection: Connection; readonly credential: Credential};

/** Milliseconds a drained connection may take to finish what is under way. */
const lingering = 60_000;

export function newLink(server: URL, events: LinkEvents): Link {
	const where = safeText(server.host);
	const left = new Set<Connection>();
	const closing = new AbortController();
	let now: Open | undefined;
	let opening: {readonly credential: Credential; readonly connection: Promise<Connection>} | undefined;
	let closed: TransportError | undefined;

	const leave = ({connection}: Open) => {
		left.add(connection);
		connection.retire();
		setTimeout(() => {
			left.delete(connection);
			connection.destroy(cutOff(where));
		}, lingering).unref();
	};
	const begin = async (credential: Credential) => {
		try {
			const dial = events.dialer(credential, closing.signal);
			return {dial, first: await dial()};
		} catch (error) {
			const explained = closed ?? explain(error, where);
			if (closed === undefined) events.unopened(explained, credential);
			throw explained;
		}
	};
	const open = async (credential: Credential): Promise<Connection> => {
		const {dial, first} = await begin(credential);
		if (closed !== undefined) {
			first.socket.destroy();
			throw closed;
		}
		const connection: Connection = speak(first, dial, server, {
			lost: error => {
				left.delete(connection);
				if (now?.connection === connection) drop(error === undefined ? cutOff(where) : explain(error, where));
			},
			draining: () => {
				if (now?.connection !== connection) return;
				leave(now);
				now = undefined;
				events.drained();
			},
		});
		if (now !== undefined) leave(now);
		now = {connection, credential};
		events.opened(connection, first.socket, credential);
		return connection;
	};
	const drop = (error: TransportError) => {
		const dropped = now;
		now = undefined;
		dropped?.connection.destroy(error);
		if (dropped !== undefined) events.lost(error, dropped.credential);
	};
	return {
		get: async credential => {
			if (closed !== undefined) throw closed;
			if (now !== undefined && !now.connection.isOpen()) now = undefined;
			if (now !== undefined && sameIdentity(now.credential, credential)) return now.connection;
			if (opening !== undefined && sameIdentity(opening.credential, credential)) return opening.connection;
			if (now !== undefined) leave(now);
			now = undefined;
			const attempt = {credential, connection: open(credential)};
			opening = attempt;
			try {
				return await attempt.connection;
			} finally {
				if (opening === attempt) opening = undefined;
			}
		},
		drop,
		close: () => {
			closed = new TransportError('aborted', say`the line to ${where} was closed`);
			for (const connection of [...left, ...(now ? [now.connection] : [])]) connection.destroy(closed);
			now = undefined;
			closing.abort();
		},
	};
}

function speak({socket, protocol}: Dialed, dial: () => Promise<Dialed>, server: URL, events: ConnectionEvents): Connection {
	if (protocol === 'h2') return http2Connection(socket, server, events);
	return http1Connection(socket, async () => (await dial()).socket, server, events);
}

/** Headers go with each request; only what was shown in the handshake ties a connection to a credential. */
function sameIdentity(a: Credential, b: Credential): boolean {
	return a.certificate === b.certificate && a.key === b.key;
}
