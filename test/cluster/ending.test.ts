import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {type AddressInfo, createServer} from 'node:net';
import {fileURLToPath} from 'node:url';
import {afterEach, expect, test} from 'vitest';
import {startServer} from './server.ts';

const connectModule = fileURLToPath(new URL('../../source/cluster/line/connect.ts', import.meta.url));
const open: Array<() => unknown> = [];
afterEach(async () => {
	for (const close of open.splice(0).reverse()) await close();
});

test.each(['h2', 'plain'] as const)(
	'over %s a program that asked its questions ends by itself, also without closing',
	async speaks => {
		const {target, close, asked} = await startServer({speaks});
		open.push(close);
		const authority = target.tls.authority;
		const program = `
		import {connect} from ${JSON.stringify(connectModule)};
		const transport = connect({...${JSON.stringify({...target, server: undefined})}, tls: ${JSON.stringify({insecure: false, authority})}, server: new URL(${JSON.stringify(target.server.href)})}, {env: {}});
		transport.open();
		const {body} = await transport.call({path: '/hello'});
		for await (const chunk of body) process.stdout.write(chunk);
	`;
		const child = spawn(process.execPath, ['--input-type=module', '--no-warnings', '-e', program], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const said = child.stdout.toArray();
		const [code] = await once(child, 'exit', {signal: AbortSignal.timeout(20_000)});
		expect(code).toBe(0);
		expect(Buffer.concat(await said).toString()).toContain('/hello');
		expect(asked).toContain('GET /hello');
	},
);

test('a connection that is still being opened keeps no program from ending once it is closed', async () => {
	const silent = createServer(socket => socket.on('error', () => {})).listen(0, '127.0.0.1');
	open.push(() => silent.close());
	await once(silent, 'listening');
	const {port} = silent.address() as AddressInfo;
	const program = `
		import {connect} from ${JSON.stringify(connectModule)};
		const target = {server: new URL('https://127.0.0.1:${port}'), tls: {insecure: true}, user: {token: 'a', impersonate: {}}};
		const transport = connect(target, {env: {}, connectWithin: 600_000});
		transport.open();
		setTimeout(transport.close, 300);
	`;
	const child = spawn(process.execPath, ['--input-type=module', '--no-warnings', '-e', program], {stdio: 'inherit'});
	open.push(() => child.kill());
	const [code] = await once(child, 'exit', {signal: AbortSignal.timeout(20_000)});
	expect(code).toBe(0);
});
