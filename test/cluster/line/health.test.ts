import {afterEach, describe, expect, test} from 'vitest';
import {askJson} from '../../../source/cluster/ask.ts';
import type {ClusterTarget} from '../../../source/cluster/kubeconfig/target.ts';
import {connect} from '../../../source/cluster/line/connect.ts';
import type {Transport} from '../../../source/cluster/transport.ts';
import {signedBy} from '../../_helpers/certificates.ts';
import {poison} from '../../_helpers/hostile.ts';
import {type Handler, ok, type ServerWish, startServer, testAuthority, until} from '../server.ts';

const open: Array<() => unknown> = [];
afterEach(async () => {
	for (const close of open.splice(0).reverse()) await close();
});

async function lineTo(wish: ServerWish, more: Partial<ClusterTarget> = {}): Promise<Transport> {
	const server = await startServer(wish);
	open.push(server.close);
	const transport = connect({...server.target, ...more}, {env: {}, probeEvery: 40});
	open.push(transport.close);
	await askJson(transport, {path: '/version'});
	return transport;
}

/** Answers `/readyz` so, and everything else well. */
const answering =
	(status: number, report: () => string): Handler =>
	(asked, answer) => {
		if (asked.url !== '/readyz') return ok(asked, answer);
		answer.writeHead(status, {'content-type': 'text/plain'});
		answer.end(report());
	};

describe.each(['h2', 'http/1.1', 'plain'] as const)('over %s', speaks => {
	test('the probe hears that the server is ready', async () => {
		const transport = await lineTo({speaks, handler: answering(200, () => 'ok')});
		await until(() => transport.line().readyz !== undefined);
		expect(transport.line().readyz).toEqual({ok: true, failing: []});
		expect(transport.line().tail).toMatchObject({p99: expect.any(Number), samples: expect.any(Number)});
	});

	test('and which of its checks fail, once for as long as it says the same', async () => {
		let report = '[+]ping ok\n[-]etcd failed: reason withheld\n[-]etcd-readiness failed: reason withheld\nreadyz check failed\n';
		const transport = await lineTo({speaks, handler: answering(500, () => report)});
		let told = 0;
		await until(() => transport.line().readyz !== undefined);
		transport.onLine(() => {
			told += 1;
		});
		const first = transport.line().readyz;
		expect(first).toEqual({ok: false, failing: ['etcd', 'etcd-readiness']});
		const probes = transport.line().roundTrips.length;
		await until(() => transport.line().roundTrips.length > probes + 2);
		expect(transport.line().readyz).toBe(first);
		expect(told).toBe(0);
		report = `[-]shut${poison}down failed: reason withheld\n`;
		await until(() => told > 0);
		expect(transport.line().readyz?.failing.join()).toMatch(/^shut[ -~]*$/);
	});

	test('whoever cannot wait is told with the first answer', async () => {
		const server = await startServer({speaks, handler: answering(200, () => 'ok')});
		open.push(server.close);
		const transport = connect(server.target, {env: {}, probeEvery: 60_000, probeAfter: 0});
		open.push(transport.close);
		transport.open();
		await until(() => transport.line().readyz?.ok === true);
	});

	test('nobody guesses where it is not told', async () => {
		const transport = await lineTo({speaks, handler: answering(403, () => 'forbidden')});
		await until(() => transport.line().roundTrips.length > 1);
		expect(transport.line().readyz).toBeUndefined();
	});
});

describe('certificates', () => {
	const days = 86_400_000;
	const whole = (at: number) => Math.floor(at / 1000) * 1000;

	test.each(['h2', 'http/1.1'] as const)('the server and we show how long ours are valid, over %s', async speaks => {
		const authority = await testAuthority();
		const [from, until] = [whole(Date.now() - 10 * days), whole(Date.now() + 20 * days)];
		const dates = {from: new Date(from), until: new Date(until)};
		const {cert, key} = await signedBy(authority, {...dates, commonName: 'admin'});
		const user = {certificate: {pem: cert}, key: {pem: key}, impersonate: {}};
		const transport = await lineTo({speaks, certificate: await signedBy(authority, dates)}, {user});
		expect(transport.certificates()).toEqual([
			{what: 'API server', issuedAt: from, expiresAt: until},
			{what: 'own client certificate', issuedAt: from, expiresAt: until},
		]);
		expect(transport.certificates()).toBe(transport.certificates());
	});

	test('none is shown without TLS, nor before there is a connection', async () => {
		expect((await lineTo({speaks: 'plain'})).certificates()).toEqual([]);
		const transport = connect((await startedAndClosed()).target, {env: {}});
		open.push(transport.close);
		expect(transport.certificates()).toEqual([]);
	});
});

async function startedAndClosed() {
	const server = await startServer();
	await server.close();
	return server;
}
