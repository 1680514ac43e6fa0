import type {IncomingHttpHeaders, OutgoingHttpHeaders} from 'node:http';
import type {Readable} from 'node:stream';
import type {LineState, TransportError} from '../transport.ts';

/** One request, ready to be sent. */
export type Outgoing = {
	readonly method: string;
	readonly path: string;
	readonly headers: OutgoingHttpHeaders;
	readonly body: string | Uint8Array | undefined;
};

/** What comes of it: `answered` once, or `failed` once; after `answered` the body tells of its end by itself. */
export type Reply = {
	readonly answered: (status: number, headers: IncomingHttpHeaders, body: Readable) => void;
	/** `unsent` where the server is sure not to have begun with it, so that it can be sent again. */
	readonly failed: (error: unknown, unsent: boolean) => void;
};

/** A way to the server in one of the two protocols. Over HTTP/1.1 it is a pool of sockets that are opened as needed. */
export type Connection = {
	readonly protocol: NonNullable<LineState['protocol']>;
	/** Sends the request; what it returns takes it back. */
	readonly send: (outgoing: Outgoing, reply: Reply) => (error: Error) => void;
	/** Whether it takes requests. */
	readonly isOpen: () => boolean;
	/** No new requests; closes when those under way are done. */
	readonly retire: () => void;
	/** Ends everything on it with this error. */
	readonly destroy: (error: TransportError) => void;
	/** The error it was destroyed with. */
	readonly fate: () => TransportError | undefined;
};

export type ConnectionEvents = {
	/** It is gone, or (HTTP/1.1) could not be opened once more. Told once. */
	readonly lost: (error: unknown) => void;
	/** The server asks to move on (GOAWAY): it takes no new requests. */
	readonly draining: () => void;
};
