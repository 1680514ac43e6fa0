import {createServer} from 'node:net';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startEmbedded} from '../../source/demo/embedded.ts';
import type {EmbeddedCluster} from '../../source/demo/model.ts';
import {tinyWorld} from '../demo/tiny-world.ts';
import {type Home, kubeconfig, newHome} from './program.ts';

let home: Home;
let cluster: EmbeddedCluster;
beforeAll(async () => {
	home = await newHome();
	cluster = await startEmbedded({world: tinyWorld});
});
afterAll(async () => {
	await cluster.close();
	await home[Symbol.asyncDispose]();
});

const plugin = (exec: object) =>
	kubeconfig('https://127.0.0.1:1', {exec: {apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', ...exec}});

describe('what cannot be used gets one sentence on stderr, its exit code, and no stack', () => {
	test.each<[string, (home: Home) => Promise<readonly string[]>, number, RegExp]>([
		[
			'no kubeconfig says where it looked',
			async () => [],
			3,
			/^no kubeconfig: KUBECONFIG is not set, there is no .*\.kube\/config.*midwatch demo$/,
		],
		[
			'a file that is not there',
			async () => ['snapshot', '--kubeconfig', '/nowhere/config'],
			3,
			/\/nowhere\/config is not there/,
		],
		[
			'broken YAML says which line',
			async ({put}) => ['snapshot', '--kubeconfig', await put('broken', 'a: [b\n')],
			3,
			/broken is not valid YAML in line \d+/,
		],
		[
			'a context that is not there names those that are',
			async ({put}) => [
				'snapshot',
				'--kubeconfig',
				await put('one', kubeconfig('https://127.0.0.1:1', {})),
				'--context',
				'there',
			],
			3,
			/there is no context "there" in .*: there are here/,
		],
		['an unknown flag', async () => ['--frobnicate'], 2, /^Unknown flag --frobnicate; midwatch --help tells what there is\.$/],
		['an unknown theme', async () => ['--theme', 'pink'], 2, /^--theme is one of dark, light, not "pink"/],
		['an unknown command', async () => ['frobnicate'], 2, /^There is no command "frobnicate"; midwatch --help lists them\.$/],
		[
			'an unknown scenario names those that are',
			async () => ['demo', '--scenario', 'flood'],
			2,
			/^There is no scenario "flood"; there are calm, node-lost/,
		],
		[
			'an unknown world names those that are',
			async () => ['demo', '--world', 'mars'],
			2,
			/^There is no world "mars"; there are homelab/,
		],
		[
			'a port that is none',
			async () => ['demo', '--serve', '--port', '70000'],
			2,
			/^--port is a whole number up to 65535, not 70000\.$/,
		],
		['a speed that is none', async () => ['demo', '--speed', '0'], 2, /^--speed goes from 0\.1 to 1000, not 0\.$/],
	])('%s', async (_name, argsFor, code, sentence) => {
		const ended = await home.run(...(await argsFor(home)));
		expect(ended.stderr.trimEnd()).toMatch(sentence);
		expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
		expect(ended).toMatchObject({code, stdout: ''});
	});

	test('a port that is taken', async () => {
		const server = createServer();
		const port = await new Promise<number>(resolve => {
			server.listen(0, '127.0.0.1', () => resolve((server.address() as {port: number}).port));
		});
		const ended = await home.run('demo', '--serve', '--port', String(port));
		server.close();
		expect(ended).toMatchObject({
			code: 2,
			stderr: `Port ${port} cannot be had (EADDRINUSE); choose another with --port, or none.\n`,
		});
	});
});

test('a patience longer than a timer can count is patience, not haste', async () => {
	const config = await home.put(
		'seen',
		kubeconfig(cluster.server, {token: cluster.token}, {'certificate-authority-data': btoa(cluster.ca)}),
	);
	const {stderr, stdout} = await home.run('snapshot', '--kubeconfig', config, '--timeout', '3000000');
	expect(stderr).toBe('');
	expect(stdout).not.toContain('no answer within');
});

describe('a cluster that cannot be seen is told in the snapshot, once, with exit 3', () => {
	test.each<[string, () => string, RegExp]>([
		['nothing listens there', () => kubeconfig('https://127.0.0.1:1', {token: 'x'}), /nothing listens on 127\.0\.0\.1:1/],
		[
			'a certificate of another authority',
			() => kubeconfig(cluster.server, {token: cluster.token}),
			/certificate.*(authority|signed)/i,
		],
		[
			'credentials the server does not take',
			() => kubeconfig(cluster.server, {token: 'wrong'}, authority()),
			/does not accept the credentials/,
		],
		[
			'an exec plugin that is not there',
			() => plugin({command: 'no-such-plugin', installHint: 'get it\u001b[31m from\nthe shop'}),
			/no-such-plugin is not there: get it from the shop/,
		],
		[
			'an exec plugin that fails',
			() => plugin({command: 'sh', args: ['-c', 'echo token is dead >&2; exit 3']}),
			/sh failed: token is dead/,
		],
		[
			'an exec plugin that wants a terminal',
			() => plugin({command: 'sh', args: ['-c', 'read answer'], interactiveMode: 'Always'}),
			/credentials need a login: run /,
		],
	])('%s', async (_name, content, sentence) => {
		const file = await home.put('cluster.yaml', content());
		const {code, stdout, stderr} = await home.run('snapshot', '--kubeconfig', file, '--timeout', '3');
		expect(stdout).toMatch(sentence);
		expect(stdout.match(new RegExp(sentence.source, 'gi'))).toHaveLength(1);
		expect(stdout).not.toMatch(/\n\s+at /);
		expect({code, stderr}).toEqual({code: 3, stderr: ''});
	});

	const authority = () => ({'certificate-authority-data': Buffer.from(cluster.ca).toString('base64')});
});
