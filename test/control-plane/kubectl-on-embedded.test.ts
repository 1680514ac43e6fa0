import {type ChildProcess, spawn} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {worlds} from '../../source/demo/catalog.ts';
import {startEmbedded} from '../../source/demo/embedded.ts';
import type {EmbeddedCluster, World} from '../../source/demo/model.ts';
import {buildControlPlane} from './build.ts';
import {type Kubectl, makeKubectl, mustRun} from './kubectl.ts';

let cluster: EmbeddedCluster;
let program: string;
let kubeconfig: string;
let home: string;
let kubectl: Kubectl;

const run = (...args: string[]) => mustRun(kubectl, args);

beforeAll(async () => {
	const [world] = worlds;
	cluster = await startEmbedded({world: world as World});
	cluster.stage.logs.set('ai/ollama-0/ollama', ['one', 'two', 'three']);
	kubeconfig = await cluster.writeKubeconfig();
	home = await mkdtemp(join(tmpdir(), 'midwatch-kubectl-'));
	program = join(await buildControlPlane(), 'kubectl');
	kubectl = makeKubectl(program, kubeconfig, home);
});

afterAll(async () => {
	await cluster.close();
	await rm(home, {recursive: true, force: true});
});

/** Runs kubectl until it has printed a line that fits, and ends it; returns the lines. */
async function readUntil(
	fits: (line: string) => boolean,
	args: readonly string[],
	when: () => void = () => {},
): Promise<string[]> {
	const child = spawn(program, ['--kubeconfig', kubeconfig, ...args], {env: {PATH: process.env.PATH, HOME: home}});
	const lines: string[] = [];
	const late = setTimeout(() => child.kill(), 30_000);
	for await (const line of createInterface({input: child.stdout})) {
		if (lines.push(line) === 1) when();
		if (fits(line)) break;
	}
	clearTimeout(late);
	child.kill();
	return lines;
}

describe('reading', () => {
	test('get nodes, as a table, wide, by name and as JSON', async () => {
		const table = await run('get', 'nodes');
		expect(table).toMatch(/^NAME +STATUS +ROLES +AGE +VERSION\n/);
		expect(table).toMatch(/^nuc-1 +Ready +control-plane,etcd +\d+d +v1\.\d+/m);
		expect(await run('get', 'nodes', '-o', 'wide')).toMatch(/INTERNAL-IP +EXTERNAL-IP +OS-IMAGE/);
		expect((await run('get', 'nodes', '-o', 'name')).split('\n')).toContain('node/gpu-1');
		expect(JSON.parse(await run('get', 'node', 'gpu-1', '-o', 'json'))).toMatchObject({kind: 'Node', apiVersion: 'v1'});
	});

	test('get by label, by field, in chunks and of all namespaces', async () => {
		const etcd = await run('get', 'nodes', '-l', 'node-role.kubernetes.io/etcd', '-o', 'name');
		expect(etcd.trim().split('\n')).toHaveLength(3);
		const there = await run('get', 'pods', '-A', '--field-selector', 'spec.nodeName=gpu-1', '--chunk-size', '3');
		expect(there).toMatch(/ollama-0/);
		expect(there).not.toMatch(/cilium-operator/);
	});

	test('get -w tells what changes', async () => {
		const cordon = () => {
			const where = {group: '', plural: 'nodes', namespace: '', name: 'pi4-2'};
			cluster.stage.store.change(where, node => {
				node.spec = {unschedulable: true};
			});
		};
		const lines = await readUntil(line => /pi4-2 +Ready,SchedulingDisabled/.test(line), ['get', 'nodes', '-w'], cordon);
		expect(lines.at(-1)).toMatch(/pi4-2 +Ready,SchedulingDisabled/);
	});

	test('custom resources have their definitions and their columns', async () => {
		expect(await run('get', 'crd', '-o', 'name')).toMatch(/volumes\.longhorn\.io/);
		expect(await run('get', 'volumes.longhorn.io', '-A')).toMatch(/^NAMESPACE +NAME/);
	});

	test('describe a node, a pod and a namespace', async () => {
		const node = await run('describe', 'node', 'nuc-1');
		expect(node).toMatch(/^Name: +nuc-1/);
		expect(node).toMatch(/HolderIdentity: +nuc-1/);
		expect(node).toMatch(/Non-terminated Pods: +\(\d+ in total\)/);
		expect(await run('describe', 'pod', '-n', 'ai', 'ollama-0')).toMatch(/Controlled By: +StatefulSet\/ollama/);
		expect(await run('describe', 'ns', 'ai')).toMatch(/Status: +Active/);
	});

	test('logs, their end, and as they come', async () => {
		expect(await run('logs', '-n', 'ai', 'ollama-0')).toBe('one\ntwo\nthree\n');
		expect(await run('logs', '-n', 'ai', 'ollama-0', '--tail', '1')).toBe('three\n');
		const say = () => cluster.stage.logs.get('ai/ollama-0/ollama')?.push('four');
		const lines = await readUntil(line => line === 'four', ['logs', '-f', '-n', 'ai', 'ollama-0'], say);
		expect(lines).toEqual(['one', 'two', 'three', 'four']);
	});

	test('top nodes and pods', async () => {
		expect(await run('top', 'nodes')).toMatch(/^gpu-1 +\d+m +\d+% +\d+Mi +\d+%/m);
		expect(await run('top', 'pods', '-A')).toMatch(/ollama-0 +\d+m +\d+Mi/);
	});

	test('api-resources, api-versions and version', async () => {
		expect(await run('api-resources')).toMatch(/^pods +po +v1 +true +Pod$/m);
		expect(await run('api-versions')).toMatch(/^longhorn\.io\/v1beta2$/m);
		expect(await run('version')).toMatch(/Server Version: v1\.\d+/);
	});

	test('may I?', async () => {
		expect(await run('auth', 'can-i', 'list', 'pods')).toBe('yes\n');
		expect(await run('auth', 'can-i', 'create', 'pods/eviction')).toMatch(/^yes/);
		expect(await run('auth', 'can-i', '--list')).toMatch(/^\*\.\* +\[\] +\[\] +\[\*\]$/m);
		expect(await run('auth', 'whoami')).toMatch(/Username +admin/);
	});
});

describe('changing', () => {
	test('drain --dry-run=server goes through, and says what stands against it', async () => {
		const flags = ['--dry-run=server', '--ignore-daemonsets', '--delete-emptydir-data', '--force', '--timeout=3s'];
		const free = await run('drain', 'pi4-1', ...flags);
		expect(free).toMatch(/node\/pi4-1 cordoned \(server dry run\)/);
		expect(free).toMatch(/node\/pi4-1 drained \(server dry run\)/);
		const blocked = await kubectl(['drain', 'nuc-1', ...flags]);
		expect(blocked.code).not.toBe(0);
		expect(blocked.stderr).toMatch(/Cannot evict pod as it would violate the pod's disruption budget/);
		expect(await run('get', 'node', 'nuc-1')).not.toMatch(/SchedulingDisabled/);
	});

	test('cordon and uncordon', async () => {
		expect(await run('cordon', 'pi4-1')).toBe('node/pi4-1 cordoned\n');
		expect(await run('get', 'node', 'pi4-1')).toMatch(/Ready,SchedulingDisabled/);
		expect(await run('uncordon', 'pi4-1')).toBe('node/pi4-1 uncordoned\n');
		expect(await run('get', 'node', 'pi4-1')).not.toMatch(/SchedulingDisabled/);
	});

	test('label, annotate, taint and patch', async () => {
		await run('label', 'node', 'pi4-1', 'a=b');
		await run('annotate', 'node', 'pi4-1', 'example.org/c=d');
		await run('taint', 'node', 'pi4-1', 'e=f:NoSchedule');
		await run('patch', 'node', 'pi4-1', '-p', '{"metadata":{"labels":{"g":"h"}}}');
		const node = JSON.parse(await run('get', 'node', 'pi4-1', '-o', 'json')) as {metadata: object; spec: object};
		expect(node.metadata).toMatchObject({labels: {a: 'b', g: 'h'}, annotations: {'example.org/c': 'd'}});
		expect(node.spec).toMatchObject({taints: [{key: 'e', value: 'f', effect: 'NoSchedule'}]});
		await run('taint', 'node', 'pi4-1', 'e-');
		expect(JSON.parse(await run('get', 'node', 'pi4-1', '-o', 'json'))).not.toHaveProperty('spec.taints');
	});

	test('apply, client-side and server-side, and delete', async () => {
		const object = (a: string) => JSON.stringify({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'applied'}, data: {a}});
		const apply = (a: string, ...flags: string[]) => mustRun(kubectl, ['apply', ...flags, '-f', '-'], object(a));
		expect(await apply('1')).toBe('configmap/applied created\n');
		expect(await apply('1')).toBe('configmap/applied unchanged\n');
		expect(await apply('2')).toBe('configmap/applied configured\n');
		expect(await apply('3', '--server-side', '--force-conflicts')).toBe('configmap/applied serverside-applied\n');
		expect(await run('get', 'cm', 'applied', '-o', 'jsonpath={.data.a}')).toBe('3');
		expect(await run('delete', 'cm', 'applied')).toMatch(/^configmap "applied" deleted/);
	});

	test('a namespace comes and goes with what is in it', async () => {
		await run('create', 'ns', 'brief');
		await run('create', 'cm', 'inside', '-n', 'brief', '--from-literal=a=b');
		await run('delete', 'ns', 'brief');
		expect((await kubectl(['get', 'cm', '-n', 'brief', 'inside'])).stderr).toMatch(/NotFound/);
	});

	test('scale, and a pod that is deleted goes', async () => {
		expect(await run('scale', 'deploy/coredns', '-n', 'kube-system', '--replicas=3')).toMatch(/scaled/);
		expect(await run('get', 'deploy', '-n', 'kube-system', 'coredns', '-o', 'jsonpath={.spec.replicas}')).toBe('3');
		expect(await run('delete', 'pod', '-n', 'ai', 'ollama-0')).toMatch(/^pod "ollama-0" deleted/);
	});
});

describe('through kubectl proxy', () => {
	let proxy: ChildProcess;
	let address: string;

	beforeAll(async () => {
		proxy = spawn(program, ['--kubeconfig', kubeconfig, 'proxy', '--port=0'], {env: {PATH: process.env.PATH, HOME: home}});
		for await (const line of createInterface({input: proxy.stdout as NodeJS.ReadableStream})) {
			address = `http://${/127\.0\.0\.1:\d+/.exec(line)?.[0]}`;
			break;
		}
	});

	afterAll(() => {
		proxy.kill();
	});

	test('HTTP/1.1 lists and watches', async () => {
		const list = (await (await fetch(`${address}/api/v1/nodes`)).json()) as {
			items: unknown[];
			metadata: {resourceVersion: string};
		};
		expect(list.items).toHaveLength(8);
		const stop = new AbortController();
		const watch = await fetch(`${address}/api/v1/nodes?watch=1&timeoutSeconds=20`, {signal: stop.signal});
		const first = await watch.body?.getReader().read();
		expect(Buffer.from(first?.value ?? []).toString()).toMatch(/^\{"type":"ADDED"/);
		stop.abort();
	});
});
