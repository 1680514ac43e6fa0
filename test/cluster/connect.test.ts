import {afterEach, describe, expect, test} from 'vitest';
import {askJson} from '../../source/cluster/ask.ts';
import {type ConnectOptions, connect} from '../../source/cluster/connect.ts';
import type {ClusterTarget} from '../../source/cluster/kubeconfig/target.ts';
import type {Transport} from '../../source/cluster/transport.ts';
import {type ServerWish, startServer, type TestServer} from './server.ts';

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

describe.each(['h2', 'http/1.1', 'plain'] as const)('over %s', speaks => {
	test('asks, and gets an answer', async () => {
		const {target} = await server({speaks});
		const transport = line(target, {version: '1.2.3'});
		const {json} = await askJson(transport, {path: '/version?x=1'});
		expect(json).toMatchObject({path: '/version?x=1', protocol: speaks === 'h2' ? '2.0' : '1.1'});
		expect(json.agent).toMatch(/^midwatch\/1\.2\.3 \(\w+\/\w+\) kubernetes$/);
		expect(transport.line()).toMatchObject({is: 'up', protocol: speaks === 'h2' ? 'h2' : 'http/1.1'});
	});
});
