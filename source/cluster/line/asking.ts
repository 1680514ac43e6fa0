import type {OutgoingHttpHeaders} from 'node:http';
import type {Credential} from '../credentials/credential.ts';
import type {Credentials} from '../credentials/credentials.ts';
import {blamed, credentialsRefused} from '../credentials/refused.ts';
import type {ClusterTarget} from '../kubeconfig/target.ts';
import {safeText} from '../safe-text.ts';
import type {Answer, Call, TransportError} from '../transport.ts';
import type {Connection} from './connection.ts';
import {exchange, Unsent} from './exchange.ts';
import {cutOff, explain} from './failure.ts';
import type {Line} from './line.ts';
import type {Link} from './link.ts';
import {readyzOf} from './readyz.ts';

export type AskingParts = {
	readonly target: ClusterTarget;
	readonly version: string;
	readonly line: Line;
	readonly link: Link;
	readonly credentials: Credentials;
	/** No credentials: nothing can be asked for the time being. */
	readonly failed: (error: TransportError) => void;
	/** The server answered 401, and there are no newer credentials. */
	readonly refused: (error: TransportError) => void;
	/** The server answered anything else. */
	readonly accepted: (connection: Connection) => void;
};

/** How requests get credentials, a connection and an answer. All reject with `TransportError`. */
export type Asking = {
	readonly open: () => Promise<Connection>;
	/** Asks, and once more where the server wants other credentials or had not begun with the request. */
	readonly ask: (call: Call) => Promise<Answer>;
	/** Asks on this connection whether the server is there; resolves with the headers of whatever it answers. */
	readonly probe: (connection: Connection, signal: AbortSignal) => Promise<void>;
};

// Something every user may read, that is exempt from the server's flow control, and says whether it is well.
const probePath = '/readyz';

export function newAsking({target, version, line, link, credentials, failed, refused, accepted}: AskingParts): Asking {
	const where = safeText(target.server.host);
	let latest: Credential | undefined;

	const permitted = async (): Promise<Credential> => {
		try {
			latest = await credentials.current();
			return latest;
		} catch (error) {
			failed(explain(error, where));
			throw error;
		}
	};
	const send = async (connection: Connection, call: Call, credential: Credential): Promise<Answer> => {
		const sentAt = Date.now();
		const {method = 'GET', path, body} = call;
		const outgoing = {
			method,
			path: target.server.pathname.replace(/\/$/, '') + path,
			body,
			headers: headersOf(call, credential, version),
		};
		const answer = await exchange(connection, outgoing, call, where, line.heard);
		line.date(answer.headers.date, sentAt);
		if (answer.status !== 401) accepted(connection);
		return answer;
	};
	const sendWith = async (credential: Credential, call: Call): Promise<Answer> => {
		const attempt = async () => await send(await link.get(credential), call, credential);
		try {
			return await attempt().catch(error => {
				if (error instanceof Unsent) return attempt();
				throw error;
			});
		} catch (error) {
			throw blamed(error instanceof Unsent ? cutOff(where) : explain(error, where), target, credential);
		}
	};
	/** Whether it is the API server itself that does not let us in. */
	const isRefused = async (credential: Credential): Promise<boolean> => {
		const {status, body} = await sendWith(credential, {path: probePath});
		body.resume();
		return status === 401;
	};
	const ask = async (call: Call): Promise<Answer> => {
		const credential = await permitted();
		const first = await sendWith(credential, call);
		if (first.status !== 401 || isProxied(call)) return first;
		if (mayBePassedOn(call) && !(await isRefused(credential))) return first;
		first.body.resume();
		latest = await credentials.renew(credential);
		const second = latest === credential ? first : await sendWith(latest, call);
		if (second.status !== 401) return second;
		second.body.resume();
		const refusal = credentialsRefused(target, latest);
		refused(refusal);
		throw refusal;
	};
	return {
		ask,
		open: async () => link.get(await permitted()),
		probe: async (connection, signal) => {
			const credential = latest ?? (await permitted());
			const answer = await send(connection, {path: probePath, signal, headersWithin: 2 ** 31 - 1}, credential);
			readyzOf(answer).then(line.ready, () => {});
			// Nobody else may be asking, so this is where it is noticed that a token ran out.
			if (answer.status === 401)
				ask({path: probePath}).then(
					({body}) => body.resume(),
					() => {},
				);
		},
	};
}

function headersOf({headers}: Call, credential: Credential, version: string): OutgoingHttpHeaders {
	return {
		// The server pretty-prints for agents it takes for a person (curl, Go's default, browsers).
		'user-agent': `midwatch/${version} (${process.platform}/${process.arch}) kubernetes`,
		accept: 'application/json',
		...credential.headers,
		...headers,
	};
}

/** What stands behind a proxy may say 401 too, and does not mean us. */
function isProxied({path}: Call): boolean {
	return /\/proxy(\/|\?|$)/.test(path);
}

/** An aggregated API or a kubelet that answers through the API server may say it as well. */
function mayBePassedOn({path}: Call): boolean {
	return path.startsWith('/apis/') || /\/log(\?|$)/.test(path);
}
