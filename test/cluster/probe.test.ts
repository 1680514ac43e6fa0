import {createServer} from 'node:net';
import {expect, test} from 'vitest';
import {probe} from '../../source/cluster/probe.ts';

test('what answers, what refuses and what is not there are told apart, all at once', async () => {
	const said: unknown[] = [];
	const server = createServer(socket => socket.on('data', bytes => said.push(bytes)).on('error', () => {}));
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const startedAt = performance.now();
	const found = await probe(
		[
			{host: '127.0.0.1', port},
			{host: '127.0.0.77', port},
			{host: 'no-such-host.invalid', port},
		],
		1000,
	);
	expect(found.map(({is}) => is)).toEqual(['answers', 'refuses', expect.stringMatching(/^(unreachable|silent)$/)]);
	expect(performance.now() - startedAt).toBeLessThan(1500);
	expect(said).toEqual([]);
	server.close();
});

test('nobody waits longer than was said', async () => {
	const [found] = await probe([{host: '127.0.0.1', port: 1}], 0);
	expect(['silent', 'refuses']).toContain(found?.is);
});
