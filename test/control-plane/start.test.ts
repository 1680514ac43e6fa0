import {setTimeout as pause} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {items} from '../../source/cluster/raw.ts';
import {type Client, connect} from '../conformance/client.ts';
import {create, eventually, pod, read, textOf} from '../conformance/subject.ts';
import {mustRun} from './kubectl.ts';
import {loadWorld, renewLeases} from './load.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

let controlPlane: ControlPlane;
let admin: Client;

beforeAll(async () => {
	controlPlane = await startControlPlane({nodeMonitorGracePeriod: '16s'});
	await controlPlane.addNodes(3, {labels: {tier: 'worker'}});
	await controlPlane.addNodes(1, {prefix: 'gpu', capacity: {'nvidia.com/gpu': '2'}, allocatable: {'nvidia.com/gpu': '1'}});
	admin = connect(controlPlane, 'h2', controlPlane.admin);
});

afterAll(async () => {
	admin.close();
	await controlPlane.stop();
});

const readyStatus = async (node: string) =>
	items((await read(admin, `/api/v1/nodes/${node}`)).status?.conditions).find(({type}) => textOf(type) === 'Ready')?.status;

describe('nodes and pods', () => {
	test('nodes are Ready, with what their template says', async () => {
		expect(await readyStatus('node-0')).toBe('True');
		const gpu = await read(admin, '/api/v1/nodes/gpu-0');
		expect(gpu.status).toMatchObject({capacity: {'nvidia.com/gpu': '2', cpu: '8'}, allocatable: {'nvidia.com/gpu': '1'}});
		expect((await read(admin, '/api/v1/nodes/node-2')).metadata?.labels?.tier).toBe('worker');
	});

	test('a deployment is scheduled and runs', async () => {
		await mustRun(controlPlane.kubectl, ['create', 'deployment', 'web', '--image=example.org/web', '--replicas=3']);
		await mustRun(controlPlane.kubectl, ['rollout', 'status', 'deployment/web', '--timeout=60s']);
		const pods = items((await read(admin, '/api/v1/namespaces/default/pods?labelSelector=app%3Dweb')).items);
		expect(pods.map(each => each.status?.phase)).toEqual(['Running', 'Running', 'Running']);
	});

	test('a status that a test sets stays: nobody puts it right', async () => {
		const set = {status: {conditions: [{type: 'Ready', status: 'False', reason: 'Broken', message: 'by a test'}]}};
		const patched = await admin.ask('/api/v1/nodes/node-1/status', {
			method: 'PATCH',
			type: 'application/strategic-merge-patch+json',
			json: set,
		});
		expect(patched.status).toBe(200);
		await pause(2000);
		expect(await readyStatus('node-1')).toBe('False');
	});

	test('a node without its kwok label falls silent, and is back with it', async () => {
		await mustRun(controlPlane.kubectl, ['label', 'node', 'node-2', 'kwok.x-k8s.io/node-']);
		await eventually(async () => expect(await readyStatus('node-2')).toBe('Unknown'), 60_000);
		expect(await readyStatus('node-0')).toBe('True');
		await mustRun(controlPlane.kubectl, ['label', 'node', 'node-2', 'kwok.x-k8s.io/node=fake']);
		await eventually(async () => expect(await readyStatus('node-2')).toBe('True'), 60_000);
	});

	test('before anybody has counted for a budget an eviction is told to come back in ten seconds', async () => {
		await create(admin, '/api/v1/namespaces/default/pods', pod('waiting', 'node-0', {app: 'waiting'}));
		controlPlane.processes['kube-controller-manager'].freeze();
		await create(admin, '/apis/policy/v1/namespaces/default/poddisruptionbudgets', {
			metadata: {name: 'waiting'},
			spec: {minAvailable: 1, selector: {matchLabels: {app: 'waiting'}}},
		});
		const reply = await admin.ask('/api/v1/namespaces/default/pods/waiting/eviction', {
			method: 'POST',
			json: {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name: 'waiting'}},
		});
		controlPlane.processes['kube-controller-manager'].thaw();
		expect(reply.status).toBe(429);
		expect(reply.headers['retry-after']).toBe('10');
		expect(reply.json().details?.causes).toMatchObject([
			{message: 'The disruption budget waiting is still being processed by the server.'},
		]);
	});
});

describe('users', () => {
	const rules = [{apiGroups: [''], resources: ['pods'], verbs: ['list']}];
	const statusFor = async (credentials: {certificate: string; key: string}, path: string) => {
		const client = connect(controlPlane, 'h2', credentials);
		try {
			return (await client.ask(path)).status;
		} finally {
			client.close();
		}
	};

	test('a limited user may do what the rules say, until they are revoked and when they are granted again', async () => {
		const user = await controlPlane.limitedKubeconfig({namespace: 'team', rules});
		const pods = '/api/v1/namespaces/team/pods';
		const eventuallyAnswers = (status: number, path = pods) =>
			eventually(async () => expect(await statusFor(user, path)).toBe(status));
		await eventuallyAnswers(200);
		expect(await statusFor(user, '/api/v1/pods')).toBe(403);
		await user.revoke();
		await eventuallyAnswers(403);
		await user.grant([...rules, {apiGroups: [''], resources: ['configmaps'], verbs: ['list']}]);
		await eventuallyAnswers(200);
		await eventuallyAnswers(200, '/api/v1/namespaces/team/configmaps');
		const {stdout} = await controlPlane.kubectl(['auth', 'can-i', 'list', 'pods'], {kubeconfig: user.kubeconfig});
		expect(stdout.trim()).toBe('yes');
	});

	test('a certificate is good until it expires', async () => {
		const short = await controlPlane.issueUser({user: 'short', groups: ['system:masters'], validFor: 3});
		expect(await statusFor(short, '/api/v1/nodes')).toBe(200);
		await eventually(async () => expect(await statusFor(short, '/api/v1/nodes')).toBe(401));
		const expired = await controlPlane.issueUser({user: 'expired', groups: ['system:masters'], validFor: -60});
		expect(await statusFor(expired, '/api/v1/nodes')).toBe(401);
	});
});

describe('what can happen to it', () => {
	test('a frozen API server holds the line and says nothing; thawed, it answers', async () => {
		const server = controlPlane.processes['kube-apiserver'];
		server.freeze();
		const answer = admin.ask('/version');
		const first = await Promise.race([answer.then(() => 'answered'), pause(1000, 'silent')]);
		server.thaw();
		expect(first).toBe('silent');
		expect((await answer).status).toBe(200);
	});

	test('a killed API server refuses; restarted, it has everything it had', async () => {
		const server = controlPlane.processes['kube-apiserver'];
		await server.kill();
		expect(server.pid()).toBeUndefined();
		await expect(admin.ask('/version')).rejects.toThrow();
		await server.start();
		expect(items((await read(admin, '/api/v1/nodes')).items)).toHaveLength(4);
	});

	test('custom resources are served once they are applied', async () => {
		await controlPlane.applyCrds();
		const paths = [
			'/apis/longhorn.io/v1beta2/volumes',
			'/apis/cilium.io/v2/ciliumbgpnodeconfigs',
			'/apis/velero.io/v1/schedules',
			'/apis/k3s.cattle.io/v1/etcdsnapshotfiles',
			'/apis/metallb.io/v1beta1/ipaddresspools',
			'/apis/cert-manager.io/v1/certificates',
		];
		for (const path of paths) await eventually(async () => expect((await admin.ask(path)).status, path).toBe(200));
		const volume = {
			apiVersion: 'longhorn.io/v1beta2',
			kind: 'Volume',
			metadata: {name: 'pvc-1', namespace: 'default'},
			spec: {size: '1', numberOfReplicas: 2},
		};
		await create(admin, '/apis/longhorn.io/v1beta2/namespaces/default/volumes', volume);
		const degraded = await admin.ask('/apis/longhorn.io/v1beta2/namespaces/default/volumes/pvc-1/status', {
			method: 'PATCH',
			type: 'application/merge-patch+json',
			json: {status: {robustness: 'degraded', state: 'attached'}},
		});
		expect(degraded.json().status?.robustness).toBe('degraded');
	});

	test('a world is loaded past the API server, and its leases are renewed', async () => {
		const nodes = await loadWorld(controlPlane, {
			nodes: 20,
			pods: 1000,
			namespaces: 5,
			managedFields: true,
			node: {prefix: 'loaded', labels: {'kwok.x-k8s.io/node': 'not'}},
		});
		expect(nodes).toHaveLength(20);
		expect(await readyStatus('loaded-19')).toBe('True');
		const listed = items((await read(admin, '/api/v1/namespaces/load-0/pods')).items);
		expect(listed).toHaveLength(200);
		expect(listed[0]).toMatchObject({
			spec: {nodeName: 'loaded-0'},
			status: {phase: 'Running'},
			metadata: {managedFields: [{manager: 'kube-controller-manager'}, {manager: 'kubelet'}]},
		});
		const renewals = renewLeases(controlPlane, nodes, 50);
		await eventually(async () => expect(renewals.made()).toBeGreaterThan(100));
		renewals.stop();
		expect(renewals.failed()).toBe(0);
	});
});
