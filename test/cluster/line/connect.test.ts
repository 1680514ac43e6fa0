import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Readable} from 'node:stream';
import {gzipSync} from 'node:zlib';
import {afterEach, describe, expect, test} from 'vitest';
import {askJson} from '../../../source/cluster/ask.ts';
import type {ClusterTarget} from '../../../source/cluster/kubeconfig/target.ts';
import {type ConnectOptions, connect} from '../../../source/cluster/line/connect.ts';
import {type Transport, TransportError} from '../../../source/cluster/transport.ts';
import {newAuthority, signedBy} from '../../_helpers/certificates.ts';
import {type Handler, ok, type ServerWish, startServer, type TestServer, targetOf, testAuthority, until} from '../server.ts';

const open: Array<() => unknown> = [];
afterEach(async () => {
	for (const close of open.splice(0).reverse()) await close();
});

async function server(wish?: ServerWish): Promise<TestServer> {
	const started = await startServer(wish);
	open.push(started.close);
	return started;
}

function line(target: ClusterTarget, options?: Partial<ConnectOptions>): Transport {
	const transport = connect(target, {env: {}, ...options});
	open.push(transport.close);
	return transport;
}

async function failure(asking: Promise<unknown>): Promise<TransportError> {
	const error = await asking.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (error instanceof TransportError) return error;
	throw new Error('was expected to fail with a TransportError', {cause: error});
}

/** Reads a body to its end; resolves with how it ended. */
async function endOf(body: Readable): Promise<Error | undefined> {
	body.resume();
	return await new Promise(resolve => {
		body.once('end', () => resolve(undefined)).once('error', resolve);
	});
}

async function text(body: Readable): Promise<string> {
	return Buffer.concat(await body.toArray()).toString();
}

/** `/watch` sends a line and stays open; everything else is answered. */
const watching: Handler = (asked, answer) => {
	if (!asked.url?.startsWith('/watch')) return ok(asked, answer);
	answer.writeHead(200);
	answer.write('{"type":"BOOKMARK"}\n');
};

const protocols = ['h2', 'http/1.1', 'plain'] as const;

describe.each(protocols)('over %s', speaks => {
	test('asks, and gets an answer', async () => {
		const {target} = await server({speaks});
		const transport = line(target, {version: '1.2.3'});
		const {json} = await askJson(transport, {path: '/version?x=1'});
		expect(json).toMatchObject({path: '/version?x=1', protocol: speaks === 'h2' ? '2.0' : '1.1'});
		expect(json.agent).toMatch(/^midwatch\/1\.2\.3 \(\w+\/\w+\) kubernetes$/);
		expect(transport.line()).toMatchObject({is: 'up', protocol: speaks === 'h2' ? 'h2' : 'http/1.1'});
		expect(Date.now() - transport.line().heardAt).toBeLessThan(10_000);
	});

	test('twenty callers share one attempt to connect', async () => {
		const {target, asked, sessions} = await server({speaks});
		const transport = line(target);
		await Promise.all(Array.from({length: 20}, (_, at) => askJson(transport, {path: `/${at}`})));
		expect(asked).toHaveLength(20);
		if (speaks === 'h2') expect(sessions.size).toBe(1);
	});

	test('sends a body and prefixes the path of the server', async () => {
		const {target} = await server({
			speaks,
			handler: (asked, answer) => {
				const chunks: Buffer[] = [];
				asked
					.on('data', chunk => chunks.push(chunk))
					.on('end', () =>
						answer.end(
							JSON.stringify({
								path: asked.url,
								sent: Buffer.concat(chunks).toString(),
								type: asked.headers['content-type'],
								method: asked.method,
							}),
						),
					);
			},
		});
		const {json} = await askJson(line({...target, server: new URL('/k8s/clusters/c-1/', target.server)}), {
			method: 'PATCH',
			path: '/api?x',
			body: 'né',
			headers: {'content-type': 'application/merge-patch+json'},
		});
		expect(json).toEqual({path: '/k8s/clusters/c-1/api?x', sent: 'né', type: 'application/merge-patch+json', method: 'PATCH'});
	});

	test('decodes gzip while it streams', async () => {
		const long = 'pod '.repeat(1 << 20);
		const {target} = await server({
			speaks,
			handler: (_, answer) => {
				answer.writeHead(200, {'content-encoding': 'gzip'});
				answer.end(gzipSync(long));
			},
		});
		const {headers, body} = await line(target).call({path: '/', headers: {'accept-encoding': 'gzip'}});
		expect(headers['content-encoding']).toBeUndefined();
		expect(await text(body)).toBe(long);
	});

	test.each(['rst', 'fin'] as const)(
		'a connection that is cut (%s) breaks what is under way, and comes back by itself',
		async how => {
			const {target, cut} = await server({speaks, handler: watching});
			const transport = line(target, {retryWithin: 50});
			const changes: string[] = [];
			transport.onLine(() => changes.push(transport.line().is));
			const {body} = await transport.call({path: '/watch'});
			await once(body, 'data');
			cut(how);
			expect(await endOf(body)).toMatchObject({
				reason: 'reset',
				sentence: expect.stringMatching(/^(the connection to 127\.0\.0\.1:\d+ was cut|127\.0\.0\.1:\d+ closed the connection)$/),
			});
			await askJson(transport, {path: '/'});
			await until(() => transport.line().is === 'up');
			if (speaks === 'h2') expect(changes).toEqual(['up', 'down', 'up']);
		},
	);

	test('a gzip stream that is cut is an error, not a short list', async () => {
		const {target, cut} = await server({
			speaks,
			handler: (_, answer) => {
				answer.writeHead(200, {'content-encoding': 'gzip'});
				answer.write(gzipSync('x'.repeat(100_000)).subarray(0, 50));
			},
		});
		const {body} = await line(target).call({path: '/'});
		cut('fin');
		expect(await endOf(body)).toBeInstanceOf(TransportError);
	});

	test('a server that falls silent is noticed although the connection stands, and is back when it speaks again', async () => {
		const {target, hush} = await server({speaks, handler: watching});
		const transport = line(target, {probeEvery: 40, probeWithin: 400, connectWithin: 1_000, retryWithin: 50});
		const {body} = await transport.call({path: '/watch'});
		await once(body, 'data');
		await until(() => transport.line().roundTrips.length >= 3);
		expect(transport.line().is).toBe('up');
		hush(true);
		expect(await endOf(body)).toMatchObject({
			reason: 'timeout',
			sentence: expect.stringMatching(/has said nothing for 0 s, though the connection stands$/),
		});
		hush(false);
		await until(() => transport.line().is === 'up');
		await askJson(transport, {path: '/'});
	});

	test('a request can be given up before its answer and after', async () => {
		const {target} = await server({speaks, handler: (asked, answer) => asked.url !== '/never' && watching(asked, answer)});
		const transport = line(target);
		const early = new AbortController();
		const asking = failure(transport.call({path: '/never', signal: early.signal}));
		setTimeout(() => early.abort(), 20);
		expect(await asking).toMatchObject({reason: 'aborted'});
		const late = new AbortController();
		const {body} = await transport.call({path: '/watch', signal: late.signal});
		late.abort();
		expect(await endOf(body)).toMatchObject({reason: 'aborted'});
		expect(await failure(transport.call({path: '/', signal: AbortSignal.abort()}))).toMatchObject({reason: 'aborted'});
		expect(transport.line().is).toBe('up');
	});

	test('headers that do not come in time are a timeout; the others go on', async () => {
		const {target} = await server({speaks, handler: (asked, answer) => asked.url !== '/never' && watching(asked, answer)});
		const transport = line(target);
		const {body} = await transport.call({path: '/watch', headersWithin: 5_000});
		const error = await failure(transport.call({path: '/never', headersWithin: 30}));
		expect(error).toMatchObject({
			reason: 'timeout',
			sentence: expect.stringMatching(/ did not answer a request within 0\.03 s$/),
		});
		expect(body.destroyed).toBe(false);
		await askJson(transport, {path: '/'});
	});

	test('tells how far the clock of the server is ahead', async () => {
		const {target} = await server({
			speaks,
			handler: (_, answer) => {
				answer.setHeader('date', new Date(Date.now() + 3_600_000).toUTCString());
				answer.end('{}');
			},
		});
		const transport = line(target);
		let told = 0;
		transport.onLine(() => told++);
		for (let at = 0; at < 5; at++) await askJson(transport, {path: '/'});
		expect(Math.abs(transport.line().skew - 3_600_000)).toBeLessThan(2_000);
		expect(told).toBe(2);
	});

	test('comes back when the server starts again on its port', async () => {
		const first = await server({speaks});
		const transport = line(first.target, {retryWithin: 50});
		await askJson(transport, {path: '/'});
		await first.close();
		expect(await failure(askJson(transport, {path: '/'}))).toMatchObject({reason: expect.stringMatching(/refused|reset/)});
		await until(() => transport.line().is === 'down' && transport.line().why?.startsWith('nothing listens on') === true);
		await server({speaks, port: first.port});
		await until(() => transport.line().is === 'up');
	});

	test('after closing nothing is asked any more', async () => {
		const {target, sockets} = await server({speaks, handler: watching});
		const transport = line(target);
		const {body} = await transport.call({path: '/watch'});
		transport.close();
		expect(await endOf(body)).toMatchObject({reason: 'aborted'});
		expect(await failure(transport.call({path: '/'}))).toMatchObject({reason: 'aborted'});
		await until(() => sockets.size === 0);
	});
});

describe('GOAWAY', () => {
	test('new calls go to a new connection, what is under way is finished on the old one, and listeners are told', async () => {
		let finish = () => {};
		const {target, sessions} = await server({
			handler: (asked, answer) => {
				if (asked.url !== '/list') return ok(asked, answer);
				answer.writeHead(200);
				answer.write('first ');
				finish = () => answer.end('last');
			},
		});
		const transport = line(target);
		let drained = 0;
		const states: string[] = [];
		transport.onDrain(() => drained++);
		transport.onLine(() => states.push(transport.line().is));
		const {body} = await transport.call({path: '/list'});
		const [old] = sessions;
		old?.goaway();
		await until(() => drained === 1);
		await askJson(transport, {path: '/'});
		expect(sessions.size).toBe(2);
		finish();
		expect(await text(body)).toBe('first last');
		await until(() => sessions.size === 1);
		expect(sessions.has(old as never)).toBe(false);
		expect(states).toEqual(['up']);
	});
});

describe('a failure to connect is a sentence', () => {
	test.each([
		[
			'refused',
			'https://127.0.0.1:1',
			'refused',
			'nothing listens on 127.0.0.1:1: is the API server running, and the address right?',
		],
		[
			'no such name',
			'https://nuc-1.invalid:6443',
			'unreachable',
			'the name in nuc-1.invalid:6443 cannot be resolved: check DNS, or give an address with --server',
		],
	])('%s', async (_, url, reason, sentence) => {
		const transport = line(targetOf(new URL(url), undefined));
		expect(await failure(transport.call({path: '/'}))).toMatchObject({reason, sentence});
		expect(transport.line()).toMatchObject({is: 'down', why: sentence});
	});

	test('no answer to the handshake', async () => {
		const {createServer} = await import('node:net');
		const mute = createServer().listen(0, '127.0.0.1');
		await once(mute, 'listening');
		open.push(() => mute.close());
		const {port} = mute.address() as {port: number};
		const transport = line(targetOf(new URL(`https://127.0.0.1:${port}`), undefined), {connectWithin: 100});
		expect(await failure(transport.call({path: '/'}))).toMatchObject({
			reason: 'timeout',
			sentence: `127.0.0.1:${port} does not answer within 0.1 s: is the machine up, and no firewall between?`,
		});
	});

	test('TLS where there is none, and none where there is TLS', async () => {
		const plain = await server({speaks: 'plain'});
		const error = await failure(line(targetOf(new URL(`https://127.0.0.1:${plain.port}`), undefined)).call({path: '/'}));
		expect(error).toMatchObject({
			reason: 'tls',
			sentence: `127.0.0.1:${plain.port} does not speak TLS: should the server be http:// and not https://?`,
		});
		const secure = await server();
		const other = await failure(line(targetOf(new URL(`http://127.0.0.1:${secure.port}`), undefined)).call({path: '/'}));
		expect(other).toMatchObject({reason: 'reset'});
	});

	const days = 86_400_000;
	const cases: ReadonlyArray<readonly [string, () => Promise<ServerWish>, RegExp]> = [
		[
			'another authority',
			async () => ({certificate: await signedBy(await newAuthority('k3s-server-ca@1'))}),
			/^the certificate of \S+ is signed by "k3s-server-ca@1", not by the authority in \/home\/tester\/\.kube\/config: is it the right cluster, or was it set up anew\? Fetch its kubeconfig again$/,
		],
		[
			'expired',
			async () => ({
				certificate: await signedBy(await testAuthority(), {
					from: new Date(Date.now() - 9 * days),
					until: new Date(Date.now() - 3.5 * days),
				}),
			}),
			/^the certificate of \S+ expired 3 d ago \(20\d\d-\d\d-\d\d\): renew it on the server, or set this machine's clock right$/,
		],
		[
			'not yet valid',
			async () => ({
				certificate: await signedBy(await testAuthority(), {
					from: new Date(Date.now() + 2 * days),
					until: new Date(Date.now() + 9 * days),
				}),
			}),
			/^the certificate of \S+ is not valid before 20\d\d-\d\d-\d\d: set this machine's clock right$/,
		],
		[
			'another name',
			async () => ({certificate: await signedBy(await testAuthority(), {names: ['nuc-1', '10.0.0.1']})}),
			/^the certificate of \S+ is for nuc-1, 10\.0\.0\.1, not for 127\.0\.0\.1: use one of those with --server, or set tls-server-name$/,
		],
	];
	test.each(cases)('certificate: %s', async (_, wish, sentence) => {
		const {target} = await server(await wish());
		const error = await failure(line(target).call({path: '/'}));
		expect(error.reason).toBe('tls');
		expect(error.sentence).toMatch(sentence);
	});

	test('tls-server-name is what the certificate is held against', async () => {
		const {target} = await server({certificate: await signedBy(await testAuthority(), {names: ['nuc-1']})});
		await askJson(line({...target, tls: {...target.tls, serverName: 'nuc-1'}}), {path: '/'});
	});

	test('insecure-skip-tls-verify believes anybody', async () => {
		const {target} = await server({certificate: await signedBy(await newAuthority())});
		await askJson(line({...target, tls: {insecure: true}}), {path: '/'});
	});
});

describe('credentials', () => {
	/** Lets in whoever carries this. */
	const guarded =
		(accepted: () => string): Handler =>
		(asked, answer) => {
			if (asked.headers.authorization === accepted()) return ok(asked, answer);
			asked.resume();
			answer.writeHead(401);
			answer.end('{}');
		};

	test('a token, a user with a password, and whom to impersonate', async () => {
		const seen: unknown[] = [];
		const {target} = await server({
			handler: (asked, answer) => {
				seen.push([asked.headers.authorization, asked.headers['impersonate-user'], asked.headers['impersonate-group']]);
				answer.end('{}');
			},
		});
		await askJson(
			line({...target, user: {token: 'abc', impersonate: {'impersonate-user': 'x', 'impersonate-group': ['a', 'b']}}}),
			{path: '/'},
		);
		await askJson(line({...target, user: {basic: {username: 'u', password: 'p'}, impersonate: {}}}), {path: '/'});
		expect(seen).toEqual([
			['Bearer abc', 'x', 'a, b'],
			['Basic dTpw', undefined, undefined],
		]);
	});

	test('a token file is read again when the server refuses what was in it', async () => {
		const tokenFile = join(tmpdir(), `token-${process.pid}`);
		writeFileSync(tokenFile, 'one\n');
		let accepted = 'Bearer one';
		const {target, asked} = await server({handler: guarded(() => accepted)});
		const transport = line({...target, user: {tokenFile, impersonate: {}}});
		await askJson(transport, {path: '/a'});
		writeFileSync(tokenFile, 'two\n');
		accepted = 'Bearer two';
		await askJson(transport, {path: '/b'});
		expect(asked).toEqual(['GET /a', 'GET /b', 'GET /b']);
	});

	test('refused for good', async () => {
		const {target} = await server({handler: guarded(() => 'none')});
		const transport = line({...target, user: {token: 'old', impersonate: {}}});
		const error = await failure(transport.call({path: '/api'}));
		expect(error).toMatchObject({
			reason: 'credentials',
			sentence: expect.stringMatching(
				/^127\.0\.0\.1:\d+ does not accept the credentials of user tester in \/home\/tester\/\.kube\/config: fetch the kubeconfig again$/,
			),
		});
		expect(transport.line()).toMatchObject({is: 'down', why: error.sentence});
		expect(await failure(line(target).call({path: '/api'}))).toMatchObject({
			sentence: expect.stringMatching(/wants credentials, and the kubeconfig has none for user tester/),
		});
		expect((await transport.call({path: '/api/v1/namespaces/a/services/b:80/proxy/'})).status).toBe(401);
	});

	test('refused by an aggregated API or a kubelet alone: that is its answer, and the line stays up', async () => {
		const {target, asked} = await server({
			handler: (request, answer) => {
				if (!/metrics|log/.test(request.url ?? '')) return ok(request, answer);
				request.resume();
				answer.writeHead(401);
				answer.end('{}');
			},
		});
		const transport = line({...target, user: {token: 'good', impersonate: {}}});
		expect((await transport.call({path: '/apis/metrics.k8s.io/v1beta1/nodes'})).status).toBe(401);
		expect((await transport.call({path: '/api/v1/namespaces/a/pods/b/log?tailLines=1'})).status).toBe(401);
		expect(asked.filter(each => each !== 'GET /readyz')).toHaveLength(2);
		expect(transport.line().is).toBe('up');
	});

	test('refused by a server that closes the connection with each 401, as kube-apiserver does: down, and no storm', async () => {
		let accepted = 'Bearer other';
		const {target, sessions} = await server({
			handler: (asked, answer) => {
				const lets = asked.headers.authorization === accepted;
				guarded(() => accepted)(asked, answer);
				if (!lets) for (const session of sessions) session.goaway();
			},
		});
		const transport = line({...target, user: {token: 'old', impersonate: {}}}, {probeEvery: 200, retryWithin: 200});
		await failure(transport.call({path: '/api'}));
		const states: string[] = [];
		let opened = 0;
		transport.onLine(() => states.push(transport.line().is));
		transport.onDrain(() => opened++);
		await new Promise(resolve => setTimeout(resolve, 1500));
		expect(states.filter(is => is === 'up')).toEqual([]);
		expect(opened).toBe(0);
		expect(transport.line().is).toBe('down');
		accepted = 'Bearer old';
		await until(() => transport.line().is === 'up');
	});

	test('a client certificate that ran out', async () => {
		const authority = await testAuthority();
		const {cert, key} = await signedBy(authority, {
			from: new Date(Date.now() - 9e8),
			until: new Date(Date.now() - 5e8),
			commonName: 'admin',
		});
		const user = {certificate: {pem: cert}, key: {pem: key}, impersonate: {}};
		const lenient = await server({tls: {requestCert: true, rejectUnauthorized: false}, handler: guarded(() => 'none')});
		expect((await failure(line({...lenient.target, user}).call({path: '/'}))).sentence).toMatch(
			/^our client certificate expired 5 d ago \([\d-]+\): fetch the kubeconfig again \(user tester in \/home\/tester\/\.kube\/config\)$/,
		);
		const strict = await server({tls: {requestCert: true, rejectUnauthorized: true}});
		expect(await failure(line({...strict.target, user}).call({path: '/'}))).toMatchObject({
			reason: 'credentials',
			sentence: expect.stringMatching(/expired 5 d ago/),
		});
		expect(await failure(line(strict.target).call({path: '/'}))).toMatchObject({
			reason: 'credentials',
			sentence: expect.stringMatching(/wants a client certificate, and the kubeconfig has none for this user$/),
		});
	});

	test('a client certificate that does', async () => {
		const authority = await testAuthority();
		const {cert, key} = await signedBy(authority, {commonName: 'admin'});
		const {target} = await server({tls: {requestCert: true, rejectUnauthorized: true}});
		await askJson(line({...target, user: {certificate: {pem: cert}, key: {pem: key}, impersonate: {}}}), {path: '/'});
		const other = await signedBy(authority);
		expect(
			await failure(
				line({...target, user: {certificate: {pem: cert}, key: {pem: other.key}, impersonate: {}}}).call({path: '/'}),
			),
		).toMatchObject({
			reason: 'credentials',
			sentence: "the user's client certificate and key do not belong together: fetch the kubeconfig anew",
		});
	});
});
