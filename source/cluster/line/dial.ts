import type {X509Certificate} from 'node:crypto';
import {connect as connectTcp, isIP, type Socket} from 'node:net';
import {connect as connectTls, createSecureContext, getCACertificates, type SecureContext, TLSSocket} from 'node:tls';
import {type SafeText, say} from '../../vocabulary.ts';
import type {Credential} from '../credentials/credential.ts';
import {pemText} from '../kubeconfig/pem.ts';
import type {ClusterTarget} from '../kubeconfig/target.ts';
import {safeText} from '../safe-text.ts';
import {TransportError} from '../transport.ts';
import {certificateFailure} from './certificate-failure.ts';
import {cutOff, explain} from './failure.ts';
import {bare, proxyFor, tunnel} from './proxy.ts';

/** A socket that is ready to be used, and what was agreed to be spoken on it. */
export type Dialed = {readonly socket: Socket; readonly protocol: 'h2' | 'http/1.1'};

// The kernel notices a dead way within this and some ten seconds, also where no probe goes (a watch over HTTP/1.1).
const keepAliveAfter = 15_000;

/**
 * Returns how to open sockets to the server as this user, TLS and proxy included, each within so many milliseconds, and
 * none that is still being opened when `stop` says so: it would keep the program from ending.
 * Rejects (and throws, where certificate and key do not go together) with `TransportError`.
 */
export function dialer(
	target: ClusterTarget,
	credential: Credential,
	env: NodeJS.ProcessEnv,
	within: number,
	stop: AbortSignal,
): () => Promise<Dialed> {
	const {server} = target;
	const where = safeText(server.host);
	const way: Way = {target, proxy: proxyFor(server, target.proxy, env), context: contextOf(target, credential, where)};
	return async () => {
		const late = new TransportError(
			'timeout',
			say`${where} does not answer within ${within / 1000} s: is the machine up, and no firewall between?`,
		);
		try {
			const dialed = await before(late, within, stop, signal => open(way, signal, true));
			dialed.socket.setNoDelay(true).setKeepAlive(true, keepAliveAfter);
			return dialed;
		} catch (error) {
			const look = () => before(late, within, stop, async signal => certificateOf(await open(way, signal, false)));
			throw (await certificateFailure(error, target, look)) ?? explain(error, where);
		}
	};
}

/** Aborts the work when it takes so many milliseconds or is stopped, and rejects with `late` then. Once it is done its signal stays silent. */
async function before<T>(
	late: TransportError,
	within: number,
	stop: AbortSignal,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const deadline = new AbortController();
	const abort = () => deadline.abort();
	const timer = setTimeout(abort, within).unref();
	stop.addEventListener('abort', abort);
	try {
		stop.throwIfAborted();
		return await work(deadline.signal);
	} catch (error) {
		throw deadline.signal.aborted ? late : error;
	} finally {
		clearTimeout(timer);
		stop.removeEventListener('abort', abort);
	}
}

type Way = {readonly target: ClusterTarget; readonly proxy: URL | undefined; readonly context: SecureContext | undefined};

function contextOf({server, tls}: ClusterTarget, {certificate, key}: Credential, where: SafeText): SecureContext | undefined {
	if (server.protocol !== 'https:') return undefined;
	try {
		return createSecureContext({
			// Without an authority of its own kubectl takes the system's; Node knows only its own unless told.
			ca: tls.authority
				? pemText(tls.authority, say`certificate-authority of ${where}`)
				: tls.insecure
					? undefined
					: [...getCACertificates('default'), ...getCACertificates('system')],
			...(certificate !== undefined && {cert: certificate, key}),
		});
	} catch (error) {
		throw explain(error, where);
	}
}

async function open({target, proxy, context}: Way, signal: AbortSignal, verify: boolean): Promise<Dialed> {
	const {server, tls} = target;
	const where = safeText(server.host);
	const host = bare(server.hostname);
	const port = Number(server.port || (server.protocol === 'https:' ? 443 : 80));
	const through = proxy && (await tunnel(proxy, host, port, signal));
	if (context === undefined) {
		const socket = through ?? (await ready(connectTcp({host, port}), 'connect', where, signal));
		return {socket, protocol: 'http/1.1'};
	}
	const socket = connectTls({
		...(through && {socket: through}),
		host,
		port,
		servername: tls.serverName ?? (isIP(host) === 0 ? host : ''),
		secureContext: context,
		ALPNProtocols: ['h2', 'http/1.1'],
		rejectUnauthorized: verify && !tls.insecure,
	});
	// Takes some 8 ms of CPU, in which the handshake is under way.
	process.getBuiltinModule('node:http2');
	await ready(socket, 'secureConnect', where, signal);
	return {socket, protocol: socket.alpnProtocol === 'h2' ? 'h2' : 'http/1.1'};
}

function ready<S extends Socket>(socket: S, event: string, where: SafeText, signal: AbortSignal): Promise<S> {
	return new Promise((resolve, reject) => {
		const settle = (done: () => void) => () => {
			signal.removeEventListener('abort', stop);
			done();
		};
		const stop = () => socket.destroy();
		signal.addEventListener('abort', stop);
		socket.once(
			event,
			settle(() => resolve(socket)),
		);
		// Stays: an error nobody listens for would end the program.
		socket.on('error', error => settle(() => reject(error))());
		socket.once(
			'close',
			settle(() => reject(cutOff(where))),
		);
	});
}

function certificateOf({socket}: Dialed): X509Certificate | undefined {
	const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
	socket.destroy();
	return certificate;
}
