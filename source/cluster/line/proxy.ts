import {once} from 'node:events';
import {BlockList, connect as connectTcp, isIP, type Socket} from 'node:net';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {safeText} from '../safe-text.ts';
import {TransportError} from '../transport.ts';
import {codeOf} from './error-code.ts';
import {explain} from './failure.ts';

/** The proxy to go through: the kubeconfig's, else the environment's by the rules of Go's net/http (which kubectl follows). */
export function proxyFor(server: URL, fromKubeconfig: string | undefined, env: NodeJS.ProcessEnv): URL | undefined {
	const environment = () => {
		const address = server.protocol === 'https:' ? env.HTTPS_PROXY || env.https_proxy : env.HTTP_PROXY || env.http_proxy;
		return address && !isExempt(server, env.NO_PROXY || env.no_proxy || '') ? address : undefined;
	};
	const address = fromKubeconfig ?? environment();
	if (address === undefined) return undefined;
	const proxy = /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `http://${address}`;
	if (URL.canParse(proxy)) return new URL(proxy);
	throw new TransportError(
		'unreachable',
		say`the proxy "${safeText(address, 120)}" is not an address like http://proxy:3128: set proxy-url or HTTPS_PROXY right`,
	);
}

function isExempt(server: URL, noProxy: string): boolean {
	const host = bare(server.hostname);
	const port = server.port || (server.protocol === 'https:' ? '443' : '80');
	if (host === 'localhost' || /^127\.|^::1$/.test(host)) return true;
	return noProxy
		.split(',')
		.map(rule => rule.trim().toLowerCase())
		.some(rule => rule !== '' && matches(rule, host, port));
}

function matches(rule: string, host: string, port: string): boolean {
	if (rule === '*') return true;
	const [network, prefix] = rule.split('/');
	if (prefix !== undefined && network !== undefined) return isWithin(network, Number(prefix), host);
	if (isIP(bare(rule)) !== 0) return host === bare(rule);
	const [name = '', ofPort = port] = rule.split(':');
	if (ofPort !== port) return false;
	return host === name || (isIP(host) === 0 && host.endsWith(name.replace(/^\*?\.?/, '.')));
}

function isWithin(network: string, prefix: number, host: string): boolean {
	const family = isIP(network);
	if (family === 0 || isIP(host) !== family || !(prefix >= 0 && prefix <= (family === 4 ? 32 : 128))) return false;
	const list = new BlockList();
	list.addSubnet(network, prefix, family === 4 ? 'ipv4' : 'ipv6');
	return list.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

/** Opens a way through the proxy to `host:port`. Rejects with `TransportError`. */
export function tunnel(proxy: URL, host: string, port: number, signal: AbortSignal): Promise<Socket> {
	switch (proxy.protocol) {
		case 'http:':
		case 'https:':
			return byConnect(proxy, host, port, signal);
		case 'socks5:':
		case 'socks5h:':
		case 'socks:':
			return bySocks(proxy, host, port, signal);
		default:
			throw new TransportError(
				'unreachable',
				say`a proxy of the kind ${safeText(proxy.protocol)} cannot be used: it must be http, https or socks5`,
			);
	}
}

function byConnect(proxy: URL, host: string, port: number, signal: AbortSignal): Promise<Socket> {
	const {request} = proxy.protocol === 'https:' ? process.getBuiltinModule('node:https') : process.getBuiltinModule('node:http');
	const where = safeText(proxy.host);
	const authority = isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
	const headers = proxy.username === '' ? {} : {'proxy-authorization': `Basic ${Buffer.from(userOf(proxy)).toString('base64')}`};
	return new Promise((resolve, reject) => {
		const asking = request({
			host: bare(proxy.hostname),
			port: portOf(proxy),
			method: 'CONNECT',
			path: authority,
			headers: {host: authority, ...headers},
			agent: false,
			signal,
		});
		asking.on('connect', (answer, socket, rest) => {
			if (answer.statusCode !== 200) {
				socket.destroy();
				reject(refused(where, answer.statusCode ?? 0, safeText(authority)));
				return;
			}
			if (rest.length > 0) socket.unshift(rest);
			resolve(socket as Socket);
		});
		asking.on('response', answer => {
			answer.destroy();
			reject(refused(where, answer.statusCode ?? 0, safeText(authority)));
		});
		asking.on('error', error => reject(proxyFailure(error, proxy)));
		asking.end();
	});
}

function refused(proxy: SafeText, status: number, authority: SafeText): TransportError {
	const next =
		status === 407
			? own('it wants a user and password in its address')
			: own('ask whoever runs it, or name the server in NO_PROXY');
	return new TransportError('unreachable', say`the proxy ${proxy} does not let us through to ${authority} (${status}): ${next}`);
}

async function bySocks(proxy: URL, host: string, port: number, signal: AbortSignal): Promise<Socket> {
	const {SocksClient} = await import('socks');
	const address = {host: bare(proxy.hostname), port: portOf(proxy)};
	const login = proxy.username !== '' && {
		userId: decodeURIComponent(proxy.username),
		password: decodeURIComponent(proxy.password),
	};
	const socket = connectTcp({...address, signal});
	try {
		await once(socket, 'connect');
		await SocksClient.createConnection({
			command: 'connect',
			destination: {host, port},
			proxy: {...address, type: 5, ...login},
			existing_socket: socket,
		});
		return socket;
	} catch (error) {
		socket.destroy();
		throw proxyFailure(error, proxy);
	}
}

function proxyFailure(error: unknown, proxy: URL): TransportError {
	const where = say`the proxy ${safeText(proxy.host)}`;
	return codeOf(error) === 'ECONNREFUSED'
		? new TransportError('refused', say`nothing listens on ${where}: is it running, and the address right?`, error)
		: explain(error, where);
}

function userOf(proxy: URL): string {
	return `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
}

function portOf({protocol, port}: URL): number {
	return port !== '' ? Number(port) : protocol === 'https:' ? 443 : protocol === 'http:' ? 80 : 1080;
}

/** A host without the brackets of an IPv6 address. */
export function bare(hostname: string): string {
	return hostname.replace(/^\[(.*)\]$/, '$1');
}
