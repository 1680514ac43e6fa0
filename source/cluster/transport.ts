import type {Readable} from 'node:stream';
import type {SafeText} from '../vocabulary.ts';

/** One request to the API server. `path` carries the query; `headers` come on top of credentials and user agent. */
export type Call = {
	readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	readonly path: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string | Uint8Array;
	readonly signal?: AbortSignal;
	/** Milliseconds until the answer's headers must be there; default 10,000. A watch stays open after that for as long as it lives. */
	readonly headersWithin?: number;
};

/** The answer, whatever its status. `body` must be read or destroyed. Header names are lower-case. */
export type Answer = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly body: Readable;
};

/** Why no answer came. `sentence` says what, where and what to do next; it is safe to print. */
export class TransportError extends Error {
	readonly reason: 'refused' | 'unreachable' | 'timeout' | 'reset' | 'tls' | 'credentials' | 'aborted';
	readonly sentence: SafeText;
	constructor(reason: TransportError['reason'], sentence: SafeText, cause?: unknown) {
		super(sentence, {cause});
		this.reason = reason;
		this.sentence = sentence;
	}
}

/** How fast the API server answers. */
export type Latency = 'unknown' | 'fast' | 'ok' | 'slow';

/** What the API server says of its own readiness, and the names of the checks that fail. */
export type Readyz = {readonly ok: boolean; readonly failing: readonly SafeText[]};

/** How slow the slowest hundredth of the probes of the last ten minutes was. */
export type Tail = {
	/** Milliseconds: 99 of 100 were no slower. */
	readonly p99: number;
	readonly samples: number;
	/** When the first of them was sent, epoch milliseconds on this machine's clock. */
	readonly since: number;
};

/** Until when a certificate is valid; epoch milliseconds. */
export type Term = {
	readonly what: 'API server' | 'own client certificate';
	readonly issuedAt: number;
	readonly expiresAt: number;
};

/** What the line to the server is like now. Times are epoch milliseconds on this machine's clock. */
export type LineState = {
	readonly is: 'connecting' | 'up' | 'down';
	/** When a byte last came in; 0 for never. */
	readonly heardAt: number;
	/** Round trips of the last probes in milliseconds, newest last, at most 10. */
	readonly roundTrips: readonly number[];
	/** Their class; `unknown` before the first probe. */
	readonly latency: Latency;
	/** Missing before the first probe. */
	readonly tail?: Tail;
	/** Missing until the server was asked, while the line is not up, and where it does not tell us. */
	readonly readyz?: Readyz;
	/** Server clock minus ours in milliseconds, from the `Date` header. */
	readonly skew: number;
	/** While it is not up: why, or what is waited for (`waiting for kubelogin, 3 s`). */
	readonly why?: SafeText;
	readonly protocol?: 'h2' | 'http/1.1';
};

/**
 * One connection per cluster, shared by everything. Opens on the first call (or `open`), again after it was lost,
 * and moves to a new one on GOAWAY without breaking what is under way.
 */
export type Transport = {
	readonly server: URL;
	/** Rejects with `TransportError` when no answer comes. On 401 it refreshes exec credentials or the token file once and asks again. */
	readonly call: (call: Call) => Promise<Answer>;
	/** Starts connecting; failures show in `line`. */
	readonly open: () => void;
	readonly line: () => LineState;
	/** Those of the last handshake; looked at when first asked for. Our own only where it comes from the kubeconfig. */
	readonly certificates: () => readonly Term[];
	/** Told when `is`, `why`, `latency`, `readyz` or `skew` (by more than 1 s) changes; not for every byte. Returns the way to stop. */
	readonly onLine: (listener: () => void) => () => void;
	/** Told when the server drains the connection (GOAWAY): long-lived answers should be asked for anew. */
	readonly onDrain: (listener: () => void) => () => void;
	readonly close: () => void;
};
