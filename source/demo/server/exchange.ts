import type {IncomingHttpHeaders, OutgoingHttpHeaders} from 'node:http';
import type {Readable, Writable} from 'node:stream';
import type {SetStage} from '../stage.ts';
import type {User} from './access.ts';
import type {Address} from './address.ts';

/** The request as HTTP/1.1 and HTTP/2 both have it. */
export type Request = Readable & {
	readonly method?: string | undefined;
	readonly url?: string | undefined;
	readonly headers: IncomingHttpHeaders;
};

export type Response = Writable & {
	readonly headersSent: boolean;
	readonly writeHead: (status: number, headers: OutgoingHttpHeaders) => unknown;
	/** HTTP/1.1 holds the headers back until the first byte of the body otherwise. */
	readonly flushHeaders?: () => void;
};

/** What the server is made of. */
export type Cluster = {
	readonly stage: SetStage;
	/** `gitVersion` */
	readonly version: string;
	/** `127.0.0.1:port` */
	readonly host: string;
};

/** One request being answered. */
export type Exchange = {
	readonly cluster: Cluster;
	readonly request: Request;
	readonly response: Response;
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly user: User;
};

/** One request about a resource. */
export type ResourceExchange = Exchange & {readonly address: Address};
