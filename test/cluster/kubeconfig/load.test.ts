import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import fc from 'fast-check';
import {dump} from 'js-yaml';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {KubeconfigError} from '../../../source/cluster/kubeconfig/error.ts';
import {listContexts, loadKubeconfig, type Wish} from '../../../source/cluster/kubeconfig/load.ts';
import {testAuthority} from '../server.ts';

let top: string;
let root: string;
let pem: string;
beforeAll(async () => {
	top = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
	pem = (await testAuthority()).cert;
});
beforeEach(() => {
	root = mkdtempSync(join(top, 'root-'));
});
afterAll(() => rmSync(top, {recursive: true}));

function put(path: string, content: unknown): string {
	const file = join(root, path);
	mkdirSync(dirname(file), {recursive: true});
	writeFileSync(file, typeof content === 'string' ? content : dump(content));
	return file;
}

/** Loads with this root as the whole file system and `home` in it as HOME. */
function load(wish: Partial<Wish> = {}) {
	return loadKubeconfig({root, ...wish, env: {HOME: join(root, 'home'), ...wish.env}});
}

async function sentence(loading: Promise<unknown>): Promise<string> {
	const error = await loading.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (error instanceof KubeconfigError) return error.sentence.replaceAll(root, '');
	throw new Error('was expected to be refused', {cause: error});
}

const config = (more: {cluster?: object; user?: object; context?: object} = {}) => ({
	apiVersion: 'v1',
	kind: 'Config',
	'current-context': 'homelab',
	contexts: [{name: 'homelab', context: {cluster: 'lab', user: 'me', ...more.context}}],
	clusters: [{name: 'lab', cluster: {server: 'https://nuc-1:6443', ...more.cluster}}],
	users: [{name: 'me', user: {token: 'secret', ...more.user}}],
});

describe('where it looks', () => {
	test('~/.kube/config', async () => {
		const file = put('home/.kube/config', config({context: {namespace: 'media'}}));
		expect(await load()).toMatchObject({
			contextName: 'homelab',
			clusterName: 'lab',
			userName: 'me',
			namespace: 'media',
			source: file,
			user: {token: 'secret'},
			kubectlFlags: '--context homelab',
		});
	});

	test('KUBECONFIG before it, and --kubeconfig before that', async () => {
		put('home/.kube/config', config());
		const a = put('a', config({cluster: {server: 'https://a:6443'}}));
		const b = put('it is b', config({cluster: {server: 'https://b:6443'}}));
		expect((await load({env: {KUBECONFIG: a}})).server.host).toBe('a:6443');
		const target = await load({path: b, env: {KUBECONFIG: a}});
		expect(target.server.host).toBe('b:6443');
		expect(target.kubectlFlags).toBe(`--kubeconfig '${b}' --context homelab`);
	});

	test('a list of files: the first that has a name wins it whole; those that are missing are passed over', async () => {
		const a = put('a', {
			'current-context': 'two',
			clusters: [{name: 'lab', cluster: {server: 'https://a'}}],
			contexts: [{name: 'one', context: {cluster: 'lab', user: 'me', namespace: 'first'}}],
		});
		const b = put('b', {
			'current-context': 'one',
			clusters: [{name: 'lab', cluster: {server: 'https://b', 'tls-server-name': 'b'}}],
			contexts: [
				{name: 'one', context: {cluster: 'lab', user: 'me'}},
				{name: 'two', context: {cluster: 'lab', user: 'me'}},
			],
			users: [{name: 'me', user: {token: 'from-b'}}],
		});
		const KUBECONFIG = [join(root, 'gone'), a, b].join(':');
		expect(await load({env: {KUBECONFIG}})).toMatchObject({
			contextName: 'two',
			server: new URL('https://a'),
			tls: {insecure: false},
			user: {token: 'from-b'},
		});
		expect(await load({context: 'one', env: {KUBECONFIG}})).toMatchObject({namespace: 'first'});
		expect(await listContexts({root, env: {KUBECONFIG}})).toEqual([
			{name: 'one', clusterName: 'lab', namespace: 'first', isCurrent: false},
			{name: 'two', clusterName: 'lab', namespace: 'default', isCurrent: true},
		]);
	});

	test('the service account of a pod, also over IPv6', async () => {
		const account = 'var/run/secrets/kubernetes.io/serviceaccount';
		const token = put(`${account}/token`, 'abc');
		put(`${account}/namespace`, 'monitoring\n');
		put(`${account}/ca.crt`, pem);
		const target = await load({env: {KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443'}});
		expect(target).toMatchObject({
			namespace: 'monitoring',
			user: {tokenFile: token},
			tls: {insecure: false, authority: {file: join(root, account, 'ca.crt')}},
			source: 'the service account of this pod',
		});
		expect(target.server.href).toBe('https://[fd00::1]/');
	});

	test("k3s' own file when there is nothing else", async () => {
		const file = put('etc/rancher/k3s/k3s.yaml', config());
		expect(await load()).toMatchObject({source: file, files: [file], kubectlFlags: `--kubeconfig ${file} --context homelab`});
		put('home/.kube/config', config({cluster: {server: 'https://mine'}}));
		expect((await load()).server.host).toBe('mine');
	});

	test('--server: another door to the same cluster, with the same authority and credentials', async () => {
		put('home/.kube/config', config({cluster: {'tls-server-name': 'nuc-1', 'certificate-authority-data': btoa(pem)}}));
		const target = await load({server: 'nuc-2:6443'});
		expect(target).toMatchObject({contextName: 'homelab', user: {token: 'secret'}});
		expect(target.tls).toEqual({insecure: false, authority: {pem}});
		expect(target.server.href).toBe('https://nuc-2:6443/');
	});

	test('--server alone is enough for kubectl proxy; no credentials go over an open line', async () => {
		expect(await load({server: 'http://127.0.0.1:8001'})).toMatchObject({source: '--server', user: {impersonate: {}}});
		put('home/.kube/config', config());
		expect((await load({server: 'http://127.0.0.1:8001'})).user).toEqual({impersonate: {}});
	});

	test('the only context there is needs not be current', async () => {
		put('home/.kube/config', {...config(), 'current-context': ''});
		expect((await load()).contextName).toBe('homelab');
	});
});

describe('what it reads', () => {
	test('certificates as files beside the kubeconfig, or in it', async () => {
		put('home/.kube/pki/me.crt', pem);
		put('home/.kube/pki/me.key', pem);
		put(
			'home/.kube/config',
			config({
				user: {'client-certificate': 'pki/me.crt', 'client-key': './pki/me.key', tokenFile: 'token'},
				cluster: {'certificate-authority-data': btoa(pem), 'proxy-url': 'socks5://jump'},
			}),
		);
		const target = await load();
		expect(target.user).toMatchObject({
			certificate: {file: join(root, 'home/.kube/pki/me.crt')},
			key: {file: join(root, 'home/.kube/pki/me.key')},
			tokenFile: join(root, 'home/.kube/token'),
		});
		expect(target).toMatchObject({tls: {authority: {pem}}, proxy: 'socks5://jump'});
	});

	test('an exec plugin', async () => {
		const exec = {
			apiVersion: 'client.authentication.k8s.io/v1',
			command: './bin/login',
			args: ['--for', 5],
			env: [{name: 'A', value: 'b'}],
			interactiveMode: 'Never',
			provideClusterInfo: true,
			installHint: 'get it\nthere',
		};
		put('home/.kube/config', config({user: {exec}}));
		expect((await load()).user.exec).toEqual({
			apiVersion: 'client.authentication.k8s.io/v1',
			command: join(root, 'home/.kube/bin/login'),
			args: ['--for', '5'],
			env: {A: 'b'},
			interactiveMode: 'Never',
			provideClusterInfo: true,
			installHint: 'get it there',
		});
	});

	test('user and password, and whom to impersonate', async () => {
		put(
			'home/.kube/config',
			config({user: {username: 'u', password: 1234, as: 'admin', 'as-groups': ['a', 'b'], 'as-user-extra': {'x/y': ['z']}}}),
		);
		expect((await load()).user).toMatchObject({
			basic: {username: 'u', password: '1234'},
			impersonate: {'impersonate-user': 'admin', 'impersonate-group': ['a', 'b'], 'impersonate-extra-x%2Fy': ['z']},
		});
	});

	test('without checking the server when told so', async () => {
		put('home/.kube/config', config({cluster: {'insecure-skip-tls-verify': true, 'certificate-authority': '/gone'}}));
		expect((await load()).tls).toEqual({insecure: true});
	});
});

describe('what it refuses, in a sentence', () => {
	test('nothing anywhere', async () => {
		expect(await sentence(load())).toBe(
			'no kubeconfig: KUBECONFIG is not set, there is no /home/.kube/config, this is not a pod, and /etc/rancher/k3s/k3s.yaml is not there; name one with --kubeconfig, or look around with: midwatch demo',
		);
		expect(await sentence(load({path: join(root, 'x')}))).toMatch(/^no kubeconfig: \/x is not there;/);
		expect(await sentence(load({env: {KUBECONFIG: `${root}/x:${root}/y`}}))).toMatch(/^no kubeconfig: \/x, \/y are not there;/);
	});

	test('something that is no file', async () => {
		put('home/.kube/config/oops', '');
		expect(await sentence(load())).toBe('the kubeconfig /home/.kube/config cannot be read: EISDIR');
	});

	test.each([
		['a: b\n c: d', 'the kubeconfig /home/.kube/config is not valid YAML in line 2: bad indentation of a mapping entry'],
		['hello', '/home/.kube/config is not a kubeconfig: it has no clusters, contexts and users'],
		['[1]', '/home/.kube/config is not a kubeconfig: it has no clusters, contexts and users'],
	])('%j', async (content, expected) => {
		put('home/.kube/config', content);
		expect(await sentence(load())).toBe(expected);
	});

	test('a context that is not there names those that are', async () => {
		put('home/.kube/config', config());
		expect(await sentence(load({context: 'prod\u001b[31m'}))).toBe(
			'there is no context "prod" in /home/.kube/config: there are homelab',
		);
		put('home/.kube/config', {...config(), 'current-context': '', contexts: [...config().contexts, {name: 'b', context: {}}]});
		expect(await sentence(load())).toBe(
			'/home/.kube/config has no current context: choose one with --context; there are homelab, b',
		);
	});

	test.each<[string, Parameters<typeof config>[0], string]>([
		[
			'a cluster that is not there',
			{context: {cluster: 'x'}},
			'context "homelab" names the cluster "x", which is not in /home/.kube/config',
		],
		[
			'a user that is not there',
			{context: {user: 'x'}},
			'context "homelab" names the user "x", which is not in /home/.kube/config',
		],
		[
			'a server that is no address',
			{cluster: {server: 'nuc-1'}},
			'the server of cluster "lab" in /home/.kube/config is "nuc-1", which is not an address like https://nuc-1:6443',
		],
		[
			'a missing certificate',
			{user: {'client-certificate': 'me.crt'}},
			'/home/.kube/me.crt, the client-certificate of user me in /home/.kube/config, is not there',
		],
		[
			'rubbish for an authority',
			{cluster: {'certificate-authority-data': 'AAAA'}},
			'certificate-authority-data of cluster lab in /home/.kube/config is not PEM in base64: fetch the kubeconfig anew',
		],
		['a plugin without a command', {user: {exec: {}}}, 'user me in /home/.kube/config has an exec plugin without a command'],
		[
			'a plugin of old',
			{user: {exec: {command: 'aws', apiVersion: 'client.authentication.k8s.io/v1alpha1'}}},
			'the exec plugin aws of user me in /home/.kube/config asks for client.authentication.k8s.io/v1alpha1: set apiVersion to client.authentication.k8s.io/v1 there, or make the entry anew',
		],
	])('%s', async (_, more, expected) => {
		put('home/.kube/config', config(more));
		expect(await sentence(load())).toBe(expected);
	});
});

test('whatever stands in the file, it is read or refused with a sentence', async () => {
	const keys = fc.constantFrom(
		'name',
		'cluster',
		'user',
		'context',
		'server',
		'exec',
		'command',
		'args',
		'env',
		'apiVersion',
		'client-certificate-data',
		'tokenFile',
		'as-groups',
		'extensions',
		'proxy-url',
	);
	const values = fc.constantFrom(
		'homelab',
		'lab',
		'me',
		'https://nuc-1',
		'client.authentication.k8s.io/v1',
		'',
		'http://[',
		true,
		7,
		null,
	);
	const {anything} = fc.letrec(tie => ({
		anything: fc.oneof(
			{depthSize: 'small', withCrossShrink: true},
			values,
			fc.dictionary(keys, tie('anything')),
			fc.array(tie('anything'), {maxLength: 3}),
		),
	}));
	const entry = fc.oneof(
		anything,
		fc.record({name: values, cluster: anything, context: anything, user: anything}, {requiredKeys: ['name']}),
	);
	const list = fc.oneof(anything, fc.array(entry, {maxLength: 3}));
	const file = fc.record({'current-context': values, clusters: list, contexts: list, users: list}, {requiredKeys: []});
	await fc.assert(
		fc.asyncProperty(file, fc.boolean(), async (content, valid) => {
			const base = config();
			put(
				'home/.kube/config',
				JSON.stringify(
					valid
						? {
								...base,
								users: [{name: 'me', user: content.users}],
								clusters: [{name: 'lab', cluster: {server: 'https://x', ...(content.clusters as object)}}],
							}
						: content,
				),
			);
			const loaded = await load().catch((error: unknown) => error);
			expect(loaded instanceof KubeconfigError || (loaded as {server?: unknown}).server instanceof URL).toBe(true);
		}),
		{numRuns: 300},
	);
});
