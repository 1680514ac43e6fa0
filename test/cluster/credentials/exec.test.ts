import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {askJson} from '../../../source/cluster/ask.ts';
import type {ClusterTarget, ExecPlugin} from '../../../source/cluster/kubeconfig/target.ts';
import {type ConnectOptions, connect} from '../../../source/cluster/line/connect.ts';
import {type Transport, TransportError} from '../../../source/cluster/transport.ts';
import {own} from '../../../source/vocabulary.ts';
import {signedBy} from '../../_helpers/certificates.ts';
import {type Handler, ok, startServer, type TestServer, testAuthority, until} from '../server.ts';

const open: Array<() => unknown> = [];
let directory: string;
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'plugin-'));
});
afterEach(async () => {
	for (const close of open.splice(0).reverse()) await close();
	rmSync(directory, {recursive: true});
});

/** A plugin written in shell. It can count its runs in the file `runs`. */
function plugin(script: string, more: Partial<ExecPlugin> = {}): ExecPlugin {
	const command = join(directory, 'kubelogin');
	writeFileSync(command, `#!/bin/sh\ncd ${directory}\necho >> runs\n${script}\n`);
	chmodSync(command, 0o755);
	return {
		command,
		args: [],
		env: {},
		apiVersion: 'client.authentication.k8s.io/v1',
		interactiveMode: 'IfAvailable',
		provideClusterInfo: false,
		installHint: own(''),
		...more,
	};
}

const credential = (status: object, version = 'v1') =>
	JSON.stringify({apiVersion: `client.authentication.k8s.io/${version}`, kind: 'ExecCredential', status});
const prints = (status: object, version?: string) => `cat <<'END'\n${credential(status, version)}\nEND`;
const runs = () => (existsSync(join(directory, 'runs')) ? readFileSync(join(directory, 'runs'), 'utf8').length : 0);

/** Takes the tokens that are accepted now. */
const guarded =
	(accepted: ReadonlySet<string>): Handler =>
	(asked, answer) => {
		if (accepted.has(asked.headers.authorization ?? '')) return ok(asked, answer);
		answer.writeHead(401).end('{}');
	};

async function serve(handler?: Handler, tls?: object): Promise<TestServer> {
	const server = await startServer({...(handler && {handler}), ...(tls && {tls})});
	open.push(server.close);
	return server;
}

function line(target: ClusterTarget, exec: ExecPlugin, options?: Partial<ConnectOptions>): Transport {
	const transport = connect(
		{...target, user: {exec, impersonate: {}}},
		{env: {PATH: process.env.PATH, HOME: directory}, ...options},
	);
	open.push(transport.close);
	return transport;
}

async function sentence(asking: Promise<unknown>): Promise<string> {
	const error = await asking.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (error instanceof TransportError && error.reason === 'credentials') return error.sentence.replaceAll(directory, '');
	throw new Error('was expected to fail for its credentials', {cause: error});
}

test('one run serves all who ask, and lasts until it expires', async () => {
	const {target} = await serve(guarded(new Set(['Bearer one'])));
	const exec = plugin(
		`sleep 0.1\n${prints({token: 'one', expirationTimestamp: new Date(Date.now() + 3_600_000).toISOString()})}`,
	);
	const transport = line(target, exec);
	await Promise.all(Array.from({length: 10}, () => askJson(transport, {path: '/'})));
	await askJson(transport, {path: '/'});
	expect(runs()).toBe(1);
});

test('a credential that ran out is asked for again', async () => {
	const {target} = await serve(guarded(new Set(['Bearer one'])));
	const transport = line(target, plugin(prints({token: 'one', expirationTimestamp: new Date(Date.now() - 1000).toISOString()})));
	await askJson(transport, {path: '/'});
	await askJson(transport, {path: '/'});
	expect(runs()).toBe(2);
});

test('the plugin learns what it may and about which cluster', async () => {
	const {target} = await serve();
	const script = `printf %s "$KUBERNETES_EXEC_INFO" > info; echo "$FROM_FILE $*" > rest; ${prints({token: 'one'}, 'v1beta1')}`;
	const exec = plugin(script, {
		apiVersion: 'client.authentication.k8s.io/v1beta1',
		provideClusterInfo: true,
		args: ['a b', 'c'],
		env: {FROM_FILE: 'yes'},
	});
	await askJson(line({...target, execConfig: {audience: 'x'} as never, tls: {...target.tls, serverName: 'localhost'}}, exec), {
		path: '/',
	});
	expect(JSON.parse(readFileSync(join(directory, 'info'), 'utf8'))).toEqual({
		apiVersion: 'client.authentication.k8s.io/v1beta1',
		kind: 'ExecCredential',
		spec: {
			interactive: false,
			cluster: {
				server: target.server.origin,
				'tls-server-name': 'localhost',
				'certificate-authority-data': Buffer.from((await testAuthority()).cert).toString('base64'),
				config: {audience: 'x'},
			},
		},
	});
	expect(readFileSync(join(directory, 'rest'), 'utf8')).toBe('yes a b c\n');
});

test('a refused token is renewed once, and then not again for a while', async () => {
	const accepted = new Set(['Bearer 2']);
	const {target, asked} = await serve(guarded(accepted));
	const exec = plugin(`n=$(wc -l < runs); echo '${credential({token: 'N'})}' | sed "s/N/$((n))/"`);
	const transport = line(target, exec);
	await askJson(transport, {path: '/'});
	expect([runs(), asked.length]).toEqual([2, 2]);
	accepted.clear();
	expect(await sentence(transport.call({path: '/'}))).toMatch(
		/^127\.0\.0\.1:\d+ does not accept the credentials of user tester in \S+: log in again$/,
	);
	expect(await sentence(transport.call({path: '/'}))).toMatch(/does not accept/);
	expect(runs()).toBe(2);
});

test.each(['h2', 'http/1.1'] as const)(
	'certificates work too, and a renewed one moves to a new connection (%s)',
	async speaks => {
		let finish = () => {};
		const handler: Handler = (asked, answer) => {
			if (asked.url !== '/list') return ok(asked, answer);
			answer.write('first ');
			finish = () => answer.end('last');
		};
		const {target, sockets, close} = await startServer({speaks, handler, tls: {requestCert: true, rejectUnauthorized: true}});
		open.push(close);
		const authority = await testAuthority();
		for (const name of ['1', '2']) {
			const {cert, key} = await signedBy(authority, {commonName: name});
			const expirationTimestamp = new Date(Date.now() + (name === '1' ? -1 : 1) * 3_600_000).toISOString();
			writeFileSync(join(directory, name), credential({clientCertificateData: cert, clientKeyData: key, expirationTimestamp}));
		}
		const transport = line(target, plugin('cat $(wc -l < runs)'));
		const {body} = await transport.call({path: '/list'});
		const [first] = sockets;
		await askJson(transport, {path: '/'});
		finish();
		expect(Buffer.concat(await body.toArray()).toString()).toBe('first last');
		await until(() => sockets.size === 1 && first !== undefined && !sockets.has(first));
		expect(transport.line().is).toBe('up');
	},
);

test('a token that the server stops taking is renewed although nobody asks', async () => {
	const accepted = new Set(['Bearer 1']);
	const {target} = await serve(guarded(accepted));
	const exec = plugin(`n=$(wc -l < runs); echo '${credential({token: 'N'})}' | sed "s/N/$((n))/"`);
	const transport = line(target, exec, {probeEvery: 20});
	await askJson(transport, {path: '/'});
	accepted.clear();
	accepted.add('Bearer 2');
	const probes = transport.line().roundTrips.length;
	await until(() => runs() === 2 && transport.line().roundTrips.length > probes + 1);
	await askJson(transport, {path: '/'});
	expect(runs()).toBe(2);
});

test('nobody is asked without a terminal', async () => {
	const {target} = await serve();
	const login = 'credentials need a login: run kubectl --context test get nodes';
	expect(await sentence(line(target, plugin('', {interactiveMode: 'Always'})).call({path: '/'}))).toBe(login);
	expect(runs()).toBe(0);
	// One that wants to ask all the same finds neither input nor a terminal.
	const exec = plugin('if read answer < /dev/tty; then echo asked >&2; else echo "no terminal: $(cat | wc -c)" >&2; fi; exit 3');
	expect(await sentence(line(target, exec).call({path: '/'}))).toMatch(/^kubelogin failed: .*(\/dev\/tty|no terminal: 0)/);
});

test.each([
	[
		'is missing',
		{command: '/nowhere/kubelogin', installHint: own('brew install it')},
		'the credential plugin /nowhere/kubelogin is not there: brew install it',
	],
	[
		'is missing, without a hint',
		{command: 'no-such-login'},
		'the credential plugin no-such-login is not there: install it, or put it on PATH',
	],
] as const)('a plugin that %s', async (_, more, expected) => {
	const {target} = await serve();
	expect(await sentence(line(target, {...plugin(''), ...more}).call({path: '/'}))).toBe(expected);
});

test.each([
	[
		'fails',
		`printf '\\n\\033[31merror: token expired\\033[0m\\nusage: …\\n' >&2; exit 1`,
		'kubelogin failed: error: token expired; run kubectl --context test get nodes',
	],
	['fails without a word', 'exit 7', 'kubelogin failed: it ended with 7; run kubectl --context test get nodes'],
	['prints no JSON', 'echo hello', 'kubelogin did not print JSON: run kubectl --context test get nodes'],
	[
		'prints something else',
		`echo '{"apiVersion":"v1","kind":"Pod"}'`,
		'kubelogin printed v1 where client.authentication.k8s.io/v1 was asked for: set apiVersion in /home/tester/.kube/config to what it speaks',
	],
	[
		'prints nothing of use',
		prints({}),
		'kubelogin printed neither a token nor a certificate with its key: run kubectl --context test get nodes',
	],
	['prints null', 'echo null', 'kubelogin did not print JSON: run kubectl --context test get nodes'],
])('a plugin that %s', async (_, script, expected) => {
	const {target} = await serve();
	expect(await sentence(line(target, plugin(script)).call({path: '/'}))).toBe(expected);
});

test('a failure is not repeated at once', async () => {
	const {target} = await serve();
	const transport = line(target, plugin('exit 1'), {retryWithin: 10});
	await sentence(transport.call({path: '/'}));
	await sentence(transport.call({path: '/'}));
	await new Promise(resolve => setTimeout(resolve, 100));
	expect(runs()).toBe(1);
});

test('comes back by itself once the plugin works', async () => {
	const {target} = await serve();
	const transport = line(target, plugin(`test -e ready || exit 1; ${prints({token: 'one'})}`), {
		retryWithin: 10,
		restAfter: {failure: 20, renewal: 20},
	});
	await sentence(transport.call({path: '/'}));
	expect(transport.line().is).toBe('down');
	writeFileSync(join(directory, 'ready'), '');
	await until(() => transport.line().is === 'up');
});

test('one that takes long is said, and may not take for ever', async () => {
	const {target} = await serve();
	const transport = line(target, plugin('sleep 60'), {pluginWithin: 2_400});
	const said: unknown[] = [];
	transport.onLine(() => said.push(transport.line().why));
	expect(await sentence(transport.call({path: '/'}))).toBe(
		'kubelogin took longer than 2 s: run kubectl --context test get nodes',
	);
	expect(said[0]).toMatch(/^waiting for kubelogin, [12] s$/);
	expect(transport.line()).toMatchObject({is: 'down', why: expect.stringMatching(/^kubelogin took longer/)});
});

test('closing stops it and all it started', async () => {
	const {target} = await serve();
	const transport = line(target, plugin('sleep 60 & echo $! > child; echo $$ > self; wait'));
	transport.call({path: '/'}).catch(() => {});
	await until(() => existsSync(join(directory, 'self')) && readFileSync(join(directory, 'self'), 'utf8').endsWith('\n'));
	transport.close();
	const gone = (file: string) => {
		try {
			const state = readFileSync(`/proc/${readFileSync(join(directory, file), 'utf8').trim()}/stat`, 'utf8').split(' ')[2];
			return state === 'Z';
		} catch {
			return true;
		}
	};
	await until(() => gone('self') && gone('child'));
});
