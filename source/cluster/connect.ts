import {type SafeText, say} from '../vocabulary.ts';
import {createBackoff, fully} from './backoff.ts';
import type {Connection, Outgoing} from './connection.ts';
import {type Credential, type CredentialOptions, credentialsOf} from './credentials.ts';
import {blamed, credentialsRefused} from './credentials-refused.ts';
import {dialer} from './dial.ts';
import {exchange, Unsent} from './exchange.ts';
import {cutOff, explain} from './failure.ts';
import type {ClusterTarget} from './kubeconfig/target.ts';
import {newLine} from './line.ts';
import {newLink} from './link.ts';
import {watchOver} from './liveness.ts';
import {safeText} from './safe-text.ts';
import {type Answer, type Call, type Transport, TransportError} from './transport.ts';

/** Times are in milliseconds. */
export type ConnectOptions = {
	/** For exec plugins and proxies. */
	readonly env: NodeJS.ProcessEnv;
	/** The version in the user agent. */
	readonly version: string;
	/** Until a connection must be there. */
	readonly connectWithin: number;
	readonly probeEvery: number;
	readonly probeWithin: number;
	/** Longest pause between attempts to come back. */
	readonly retryWithin: number;
} & Pick<CredentialOptions, 'interactive' | 'pluginWithin' | 'restAfter'>;

const defaults: ConnectOptions = {
	env: process.env,
	version: '0',
	interactive: false,
	connectWithin: 10_000,
	probeEvery: 4_000,
	probeWithin: 3_000,
	retryWithin: 4_000,
	// Somebody may have to log in with a browser.
	pluginWithin: 180_000,
	restAfter: {failure: 5_000, renewal: 20_000},
};

/** The one line to a cluster; opens on the first call. */
export function connect(target: ClusterTarget, options: Partial<ConnectOptions> = {}): Transport {
	const settings = {...defaults, ...options};
	const {server} = target;
	const where = safeText(server.host);
	const line = newLine();
	const drains = new Set<() => void>();
	const backoff = createBackoff({first: 500, most: settings.retryWithin}, most => fully(most, Math.random));
	let closed = false;
	let latest: Credential | undefined;
	let upAt = 0;
	let stopWatching = () => {};
	let revival: NodeJS.Timeout | undefined;

	const credentials = credentialsOf(target, {
		...settings,
		onWaiting: why => {
			// A line that works is not talked down because a token is being renewed.
			if (line.state().is !== 'up') line.connecting(why);
		},
	});
	const link = newLink(server, {
		dialer: credential => dialer(target, credential, settings.env, settings.connectWithin),
		opened: connection => {
			upAt = Date.now();
			line.up(connection.protocol);
			stopWatching();
			stopWatching = watchOver({
				every: settings.probeEvery,
				within: settings.probeWithin,
				probe: signal => probe(connection, signal),
				heardAt: () => line.state().heardAt,
				answered: line.roundTrip,
				silent: () => link.drop(silence(where, settings.probeEvery + settings.probeWithin)),
			});
		},
		lost: (error, credential) => {
			stopWatching();
			if (Date.now() - upAt > 10_000) backoff.reset();
			fail(blamed(error, target, credential));
		},
		drained: () => {
			open();
			for (const listener of [...drains]) listener();
		},
	});

	const fail = (error: TransportError) => {
		if (closed) return;
		line.down(error.sentence);
		clearTimeout(revival);
		revival = setTimeout(open, backoff.next()).unref();
	};
	const connected = async (credential: Credential): Promise<Connection> => {
		try {
			return await link.get(credential);
		} catch (error) {
			const explained = blamed(explain(error, where), target, credential);
			fail(explained);
			throw explained;
		}
	};
	const permitted = async (): Promise<Credential> => {
		try {
			latest = await credentials.current();
			return latest;
		} catch (error) {
			fail(explain(error, where));
			throw error;
		}
	};
	const open = () => {
		permitted()
			.then(connected)
			.catch(() => {});
	};
	const send = async (connection: Connection, call: Call, credential: Credential): Promise<Answer> => {
		const sentAt = Date.now();
		const answer = await exchange(connection, outgoing(call, target, credential, settings.version), call, where, line.heard);
		line.date(answer.headers.date, sentAt);
		if (answer.status !== 401 && !closed) line.up(connection.protocol);
		return answer;
	};
	const probe = async (connection: Connection, signal: AbortSignal) => {
		if (latest === undefined) return;
		const answer = await send(connection, {path: '/readyz', signal, headersWithin: 2 ** 31 - 1}, latest);
		answer.body.destroy();
		// Nobody else may be asking; so this is where a token that ran out is noticed.
		if (answer.status === 401)
			answerTo({path: '/readyz'}).then(
				({body}) => body.destroy(),
				() => {},
			);
	};
	const ask = async (call: Call, credential: Credential): Promise<Answer> => {
		try {
			return await send(await connected(credential), call, credential);
		} catch (error) {
			if (error instanceof Unsent) return await send(await connected(credential), call, credential);
			throw blamed(explain(error, where), target, credential);
		}
	};
	const answerTo = async (call: Call): Promise<Answer> => {
		const credential = await permitted();
		const first = await ask(call, credential);
		// What stands behind a proxy may say 401 too, and does not mean us.
		if (first.status !== 401 || call.path.includes('/proxy')) return first;
		first.body.destroy();
		const renewed = await credentials.renew(credential);
		latest = renewed;
		const second = renewed === credential ? first : await ask(call, renewed);
		if (second.status !== 401) return second;
		second.body.destroy();
		const refusal = credentialsRefused(target, renewed);
		line.down(refusal.sentence);
		throw refusal;
	};
	return {
		server,
		open,
		call: async call => {
			try {
				return await unlessAborted(answerTo(call), call.signal, where);
			} catch (error) {
				throw error instanceof Unsent ? cutOff(where) : error;
			}
		},
		line: line.state,
		onLine: line.onChange,
		onDrain: listener => {
			drains.add(listener);
			return () => drains.delete(listener);
		},
		close: () => {
			closed = true;
			clearTimeout(revival);
			stopWatching();
			credentials.close();
			link.close();
		},
	};
}

function outgoing(
	{method = 'GET', path, headers, body}: Call,
	{server}: ClusterTarget,
	credential: Credential,
	version: string,
): Outgoing {
	return {
		method,
		path: server.pathname.replace(/\/$/, '') + path,
		body,
		headers: {
			// The server pretty-prints for agents it takes for a person (curl, Go's default, browsers).
			'user-agent': `midwatch/${version} (${process.platform}/${process.arch}) kubernetes`,
			accept: 'application/json',
			...credential.headers,
			...headers,
		},
	};
}

function silence(where: SafeText, milliseconds: number): TransportError {
	return new TransportError(
		'timeout',
		say`${where} has said nothing for ${Math.round(milliseconds / 1000)} s, though the connection stands`,
	);
}

function unlessAborted(answer: Promise<Answer>, signal: AbortSignal | undefined, where: SafeText): Promise<Answer> {
	if (signal === undefined) return answer;
	return new Promise((resolve, reject) => {
		const abort = () => reject(new TransportError('aborted', say`the request to ${where} was given up`));
		if (signal.aborted) abort();
		signal.addEventListener('abort', abort);
		answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
	});
}
