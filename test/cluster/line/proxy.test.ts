import {createServer, type IncomingMessage} from 'node:http';
import {createServer as createSecure} from 'node:https';
import {type AddressInfo, connect as connectTcp, createServer as createTcp, type Server, type Socket} from 'node:net';
import {afterEach, expect, test} from 'vitest';
import {askJson} from '../../../source/cluster/ask.ts';
import type {ClusterTarget} from '../../../source/cluster/kubeconfig/target.ts';
import {connect} from '../../../source/cluster/line/connect.ts';
import {proxyFor} from '../../../source/cluster/line/proxy.ts';
import type {Transport} from '../../../source/cluster/transport.ts';
import {startServer} from '../server.ts';

const open: Array<() => unknown> = [];
afterEach(async () => {
	for (const close of open.splice(0).reverse()) await close();
});

async function listen(server: Server): Promise<number> {
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	open.push(() => server.close());
	return (server.address() as AddressInfo).port;
}

/** A proxy that lets everybody through who may; `passed` says where to. */
async function startProxy(passed: string[], password?: string): Promise<number> {
	const proxy = createServer().on('connect', (asked: IncomingMessage, socket: Socket) => {
		if (password !== undefined && asked.headers['proxy-authorization'] !== `Basic ${btoa(password)}`) {
			socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
			return;
		}
		passed.push(asked.url ?? '');
		const [host, port] = (asked.url ?? '').split(':');
		const onward = connectTcp(Number(port), host, () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			socket.pipe(onward).pipe(socket);
		});
		onward.on('error', () => socket.destroy());
		socket.on('error', () => onward.destroy());
	});
	return await listen(proxy);
}

/** SOCKS 5 without a password, IPv4 only. */
async function startSocks(passed: string[]): Promise<number> {
	return await listen(
		createTcp(socket => {
			socket.on('error', () => {});
			socket.once('data', () => {
				socket.write(Buffer.from([5, 0]));
				socket.once('data', (asked: Buffer) => {
					const host = [...asked.subarray(4, 8)].join('.');
					const port = asked.readUInt16BE(8);
					passed.push(`${host}:${port}`);
					const onward = connectTcp(port, host, () => {
						socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
						socket.pipe(onward).pipe(socket);
					});
					onward.on('error', () => socket.destroy());
				});
			});
		}),
	);
}

function line(target: ClusterTarget, proxy: string, env: NodeJS.ProcessEnv = {}): Transport {
	const transport = connect({...target, ...(proxy !== '' && {proxy})}, {env});
	open.push(transport.close);
	return transport;
}

test.each(['h2', 'http/1.1', 'plain'] as const)('goes through an HTTP proxy to a server that speaks %s', async speaks => {
	const {target, port, close} = await startServer({speaks});
	open.push(close);
	const passed: string[] = [];
	const proxy = await startProxy(passed);
	const {json} = await askJson(line(target, `http://127.0.0.1:${proxy}`), {path: '/x'});
	expect(json).toMatchObject({path: '/x', protocol: speaks === 'h2' ? '2.0' : '1.1'});
	expect(passed).toEqual([`127.0.0.1:${port}`]);
});

test('with user and password, and says what is missing without', async () => {
	const {target, close, port} = await startServer();
	open.push(close);
	const proxy = await startProxy([], 'me:se cret');
	await askJson(line(target, `http://me:se%20cret@127.0.0.1:${proxy}`), {path: '/'});
	await expect(line(target, `http://127.0.0.1:${proxy}`).call({path: '/'})).rejects.toMatchObject({
		reason: 'unreachable',
		sentence: `the proxy 127.0.0.1:${proxy} does not let us through to 127.0.0.1:${port} (407): it wants a user and password in its address`,
	});
});

test('a SOCKS proxy', async () => {
	const {target, port, close} = await startServer();
	open.push(close);
	const passed: string[] = [];
	await askJson(line(target, `socks5://127.0.0.1:${await startSocks(passed)}`), {path: '/'});
	expect(passed).toEqual([`127.0.0.1:${port}`]);
});

test.each(['http', 'socks5'])('a connection through a proxy (%s) outlives the time it may take to connect', async kind => {
	const {target, close, sessions} = await startServer();
	open.push(close);
	const proxy = kind === 'http' ? await startProxy([]) : await startSocks([]);
	const transport = connect({...target, proxy: `${kind}://127.0.0.1:${proxy}`}, {env: {}, connectWithin: 1_000});
	open.push(transport.close);
	await askJson(transport, {path: '/'});
	const [session] = sessions;
	await new Promise(resolve => setTimeout(resolve, 1_200));
	expect(session?.destroyed).toBe(false);
});

test.each([
	['http://127.0.0.1:1', 'refused', 'nothing listens on the proxy 127.0.0.1:1: is it running, and the address right?'],
	['socks5://127.0.0.1:1', 'refused', 'nothing listens on the proxy 127.0.0.1:1: is it running, and the address right?'],
	['ftp://127.0.0.1:1', 'unreachable', 'a proxy of the kind ftp: cannot be used: it must be http, https or socks5'],
	[
		'http://:',
		'unreachable',
		'the proxy "http://:" is not an address like http://proxy:3128: set proxy-url or HTTPS_PROXY right',
	],
])('%s', async (proxy, reason, sentence) => {
	const {target, close} = await startServer();
	open.push(close);
	await expect(line(target, proxy).call({path: '/'})).rejects.toMatchObject({reason, sentence});
});

test('a proxy that never answers is left alone after the time to connect', async () => {
	const {target, close} = await startServer();
	open.push(close);
	const mute = await listen(createTcp(socket => open.push(() => socket.destroy())));
	const transport = connect({...target, proxy: `http://127.0.0.1:${mute}`}, {env: {}, connectWithin: 100});
	open.push(transport.close);
	await expect(transport.call({path: '/'})).rejects.toMatchObject({reason: 'timeout'});
});

test('one whose own TLS cannot be believed', async () => {
	const {cert, key} = await import('../../_helpers/certificates.ts').then(async ({newAuthority, signedBy}) =>
		signedBy(await newAuthority()),
	);
	const proxy = await listen(createSecure({cert, key}));
	const {target, close} = await startServer();
	open.push(close);
	await expect(line(target, `https://127.0.0.1:${proxy}`).call({path: '/'})).rejects.toMatchObject({reason: 'tls'});
});

test.each([
	['https://nuc-1:6443', {HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:1'}, 'http://p:1/'],
	['http://nuc-1:8001', {HTTPS_PROXY: 'http://p:1', http_proxy: 'q:1'}, 'http://q:1/'],
	['https://nuc-1:6443', {https_proxy: 'http://p:1', NO_PROXY: 'other, nuc-1'}, undefined],
	['https://nuc-1.lan:6443', {https_proxy: 'http://p:1', NO_PROXY: 'lan'}, undefined],
	['https://nuc-1.lan:6443', {https_proxy: 'http://p:1', no_proxy: '.lan'}, undefined],
	['https://nuc-1.wlan:6443', {https_proxy: 'http://p:1', no_proxy: 'lan'}, 'http://p:1/'],
	['https://nuc-1:6443', {https_proxy: 'http://p:1', NO_PROXY: 'nuc-1:443'}, 'http://p:1/'],
	['https://nuc-1:6443', {https_proxy: 'http://p:1', NO_PROXY: 'nuc-1:6443'}, undefined],
	['https://10.0.3.7:6443', {https_proxy: 'http://p:1', NO_PROXY: '10.0.0.0/16'}, undefined],
	['https://10.1.3.7:6443', {https_proxy: 'http://p:1', NO_PROXY: '10.0.0.0/16'}, 'http://p:1/'],
	['https://[fd00::7]:6443', {https_proxy: 'http://p:1', NO_PROXY: 'fd00::/8'}, undefined],
	['https://[fd00::7]:6443', {https_proxy: 'http://p:1', NO_PROXY: 'fd00::7'}, undefined],
	['https://127.0.0.1:6443', {https_proxy: 'http://p:1'}, undefined],
	['https://nuc-1:6443', {https_proxy: 'http://p:1', NO_PROXY: '*'}, undefined],
	['https://nuc-1:6443', {https_proxy: ''}, undefined],
])('%s with %j', (server, env, expected) => {
	expect(proxyFor(new URL(server), undefined, env)?.href).toBe(expected);
});
