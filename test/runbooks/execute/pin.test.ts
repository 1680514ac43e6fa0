import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {dump} from 'js-yaml';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {KubeconfigError} from '../../../source/cluster/kubeconfig/error.ts';
import {loadKubeconfig} from '../../../source/cluster/kubeconfig/load.ts';
import {secretsOf} from '../../../source/cluster/kubeconfig/secrets.ts';
import {removePinned} from '../../../source/files/pinned-files.ts';
import {pinContext} from '../../../source/runbooks/execute/pin.ts';

let home: string;
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'midwatch-pin-'));
});
afterEach(() => rm(home, {recursive: true, force: true}));

const config = (server = 'https://nuc-1:6443') => ({
	apiVersion: 'v1',
	kind: 'Config',
	'current-context': 'prod',
	contexts: [
		{name: 'prod', context: {cluster: 'prod', user: 'admin'}},
		{name: 'homelab', context: {cluster: 'homelab', user: 'me', namespace: 'media'}},
	],
	clusters: [
		{name: 'prod', cluster: {server: 'https://prod:6443'}},
		{name: 'homelab', cluster: {server, 'insecure-skip-tls-verify': true, extensions: [{name: 'x', extension: {a: 1}}]}},
	],
	users: [
		{name: 'admin', user: {token: 'token-of-prod'}},
		{
			name: 'me',
			user: {
				token: 'token-of-homelab',
				exec: {
					apiVersion: 'client.authentication.k8s.io/v1',
					command: './login',
					interactiveMode: 'Never',
					env: [{name: 'LOGIN_TOKEN', value: 'given-to-login'}],
				},
			},
		},
	],
});

const put = async (name: string, content: object): Promise<string> => {
	const file = join(home, name);
	await writeFile(file, dump(content));
	return file;
};
const load = async (content = config()) =>
	loadKubeconfig({path: await put('config', content), context: 'homelab', env: {HOME: home}});
const pin = async () => pinContext(await load(), join(home, 'run'), {HOME: home});

test('commands get a kubeconfig with nothing but the one context, for their owner only', async () => {
	const {write, context, note} = await pin();
	const files = await write();
	const text = await readFile(files.kubeconfig, 'utf8');
	expect(JSON.parse(text)).toMatchObject({
		'current-context': 'homelab',
		contexts: [{name: 'homelab', context: {cluster: 'homelab', user: 'me', namespace: 'media'}}],
		clusters: [{cluster: {server: 'https://nuc-1:6443', extensions: [{name: 'x', extension: {a: 1}}]}}],
		users: [{user: {exec: {command: join(home, 'login')}}}],
	});
	expect(text).not.toContain('prod');
	expect((await stat(files.kubeconfig)).mode & 0o777).toBe(0o600);
	expect(context).toBe('homelab');
	expect(note).toBe('talosctl is given no context: the talosconfig has none called homelab.');
	await removePinned(join(home, 'run'));
	await expect(stat(files.kubeconfig)).rejects.toThrow('ENOENT');
});

test('it leads where midwatch itself goes', async () => {
	const files = await (await pin()).write();
	const target = await loadKubeconfig({path: files.kubeconfig, env: {}});
	expect({...target, source: '', files: [], kubectlFlags: ''}).toEqual({
		...(await load()),
		source: '',
		files: [],
		kubectlFlags: '',
	});
});

test('a context that leads elsewhere by now is refused', async () => {
	const target = await load();
	await put('config', config('https://elsewhere:6443'));
	const error = await pinContext(target, join(home, 'run'), {HOME: home}).catch((reason: unknown) => reason);
	expect(error).toBeInstanceOf(KubeconfigError);
	expect((error as KubeconfigError).sentence).toMatch(
		/^the context homelab led to https:\/\/nuc-1:6443\/ when this began, and does no more/,
	);
});

test('talosctl is given the context of the same name, and no other', async () => {
	const talosconfig = await put('talosconfig', {
		context: 'prod',
		contexts: {prod: {ca: 'prod'}, homelab: {endpoints: ['10.0.0.10']}},
	});
	const {write, note} = await pinContext(await load(), join(home, 'run'), {HOME: home, TALOSCONFIG: talosconfig});
	expect(JSON.parse(await readFile((await write()).talosconfig, 'utf8'))).toEqual({
		context: 'homelab',
		contexts: {homelab: {endpoints: ['10.0.0.10']}},
	});
	expect(note).toBeUndefined();
});

test('the secrets of a kubeconfig are known', async () => {
	expect(secretsOf(await load()).toSorted()).toEqual(['given-to-login', 'token-of-homelab']);
});

test('kubectl takes it', async () => {
	const kubectl = await promisify(execFile)('kubectl', ['version', '--client']).then(
		() => true,
		() => false,
	);
	if (!kubectl) return;
	const files = await (await pin()).write();
	const {stdout} = await promisify(execFile)('kubectl', ['config', 'get-contexts', '-o', 'name'], {
		env: {...process.env, KUBECONFIG: files.kubeconfig},
	});
	expect(stdout).toBe('homelab\n');
});
