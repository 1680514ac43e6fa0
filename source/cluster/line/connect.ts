import {type SafeText, say} from '../../vocabulary.ts';
import type {CredentialOptions} from '../credentials/credential.ts';
import {credentialsOf} from '../credentials/credentials.ts';
import {blamed} from '../credentials/refused.ts';
import type {ClusterTarget} from '../kubeconfig/target.ts';
import {safeText} from '../safe-text.ts';
import {type Term, type Transport, TransportError} from '../transport.ts';
import {newAsking} from './asking.ts';
import {termsOf} from './certificates.ts';
import type {Connection} from './connection.ts';
import {dialer} from './dial.ts';
import {unlessAborted} from './giving-up.ts';
import {newLine} from './line.ts';
import {newLink} from './link.ts';
import {watchOver} from './liveness.ts';
import {newRevival} from './revival.ts';

/** Times are in milliseconds. */
export type ConnectOptions = {
	/** For exec plugins and proxies. */
	readonly env: NodeJS.ProcessEnv;
	/** The version in the user agent. */
	readonly version: string;
	/** Until a connection must be there. */
	readonly connectWithin: number;
	/** From a connection to the first probe; a quarter of what lies between probes unless told. */
	readonly probeAfter: number;
	/** From the answer of one probe to the next probe, and until something must have come in after one. */
	readonly probeEvery: number;
	readonly probeWithin: number;
	/** Longest pause between attempts to come back. */
	readonly retryWithin: number;
} & Pick<CredentialOptions, 'interactive' | 'pluginWithin' | 'restAfter'>;

const defaults: Omit<ConnectOptions, 'probeAfter'> = {
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

/** The one line to a cluster. It opens with the first call; from then on it comes back by itself until it is closed. */
export function connect(target: ClusterTarget, options: Partial<ConnectOptions> = {}): Transport {
	const settings = {...defaults, ...options};
	const where = safeText(target.server.host);
	const line = newLine();
	const drains = new Set<() => void>();
	let upAt = 0;
	// Whoever refuses our credentials still opens connections to us, and closes each after the first answer.
	let isRefused = false;
	let stopWatching = () => {};
	let terms: readonly Term[] = [];
	let lookAtCertificates: (() => readonly Term[]) | undefined;

	const failed = (error: TransportError) => {
		line.down(error.sentence);
		revival.later();
	};
	const credentials = credentialsOf(target, {
		...settings,
		onWaiting: why => {
			// A line that works is not talked down because a token is being renewed.
			if (line.state().is !== 'up') line.connecting(why);
		},
	});
	const link = newLink(target.server, {
		dialer: (credential, stop) => dialer(target, credential, settings.env, settings.connectWithin, stop),
		opened: (connection, socket, {certificate}) => {
			// A plugin renews what it hands out.
			lookAtCertificates = () => termsOf(socket, target.user.exec === undefined ? certificate : undefined);
			upAt = performance.now();
			line.heard();
			if (!isRefused) line.up(connection.protocol);
			stopWatching();
			stopWatching = watch(connection);
		},
		unopened: (error, credential) => failed(blamed(error, target, credential)),
		lost: (error, credential) => {
			stopWatching();
			revival.wasUpFor(performance.now() - upAt);
			failed(blamed(error, target, credential));
		},
		drained: () => {
			if (isRefused) return revival.later();
			open();
			for (const listener of drains) listener();
		},
	});
	const asking = newAsking({
		target,
		version: settings.version,
		line,
		link,
		credentials,
		failed,
		refused: error => {
			isRefused = true;
			failed(error);
		},
		accepted: ({protocol}) => {
			isRefused = false;
			line.up(protocol);
		},
	});
	const open = () => void asking.open().catch(() => {});
	const revival = newRevival(open, settings.retryWithin);
	const watch = (connection: Connection) =>
		watchOver({
			first: options.probeAfter ?? settings.probeEvery / 4,
			every: settings.probeEvery,
			within: settings.probeWithin,
			probe: signal => asking.probe(connection, signal),
			heard: line.hearings,
			answered: line.roundTrip,
			silent: () => link.drop(silence(where, settings.probeEvery + settings.probeWithin)),
		});
	return {
		server: target.server,
		open,
		call: call => unlessAborted(asking.ask(call), call.signal, where),
		line: line.state,
		certificates: () => {
			terms = lookAtCertificates?.() ?? terms;
			lookAtCertificates = undefined;
			return terms;
		},
		onLine: line.onChange,
		onDrain: listener => {
			drains.add(listener);
			return () => drains.delete(listener);
		},
		close: () => {
			line.close();
			revival.stop();
			stopWatching();
			credentials.close();
			link.close();
		},
	};
}

function silence(where: SafeText, milliseconds: number): TransportError {
	return new TransportError(
		'timeout',
		say`${where} has said nothing for ${Math.round(milliseconds / 1000)} s, though the connection stands`,
	);
}
