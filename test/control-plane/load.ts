import {randomUUID} from 'node:crypto';
import {setTimeout as pause} from 'node:timers/promises';
import {items} from '../../source/cluster/raw.ts';
import {connect} from '../conformance/client.ts';
import {makeNode, type NodeTemplate} from './nodes.ts';
import {runningPod} from './running-pod.ts';
import type {ControlPlane} from './start.ts';

/** A world to load: how much of what. */
export type World = {
	readonly nodes: number;
	readonly pods: number;
	/** The pods lie in these many namespaces; default 50. */
	readonly namespaces?: number;
	/** Pods as large as real ones. */
	readonly managedFields?: boolean;
	readonly node?: NodeTemplate;
};

/**
 * Writes a whole cluster straight into etcd, under `/registry`, and resolves when the API server has all of it:
 * 1,000 nodes and 50,000 pods in seconds, where the API server itself would take minutes.
 *
 * Nothing admits, schedules or counts what is loaded, but controllers that run will see it: start the control plane
 * `without` them where they would disturb a measurement. Pods whose owners are missing are taken by the garbage
 * collector of a kube-controller-manager; without one they stay.
 *
 * @returns the names of the nodes.
 */
export async function loadWorld(
	controlPlane: Pick<ControlPlane, 'etcd' | 'server' | 'ca' | 'admin'>,
	world: World,
): Promise<string[]> {
	const nodes = Array.from({length: world.nodes}, (_, index) => `${world.node?.prefix ?? 'node'}-${index}`);
	await controlPlane.etcd.put(pairs(world, nodes));
	await untilCounted(controlPlane, '/api/v1/nodes', world.nodes);
	await untilCounted(controlPlane, '/api/v1/pods', world.pods);
	return nodes;
}

function* pairs(world: World, nodes: readonly string[]): Generator<readonly [string, string]> {
	const namespaces = Array.from({length: world.namespaces ?? 50}, (_, index) => `load-${index}`);
	for (const name of namespaces) yield stored(`namespaces/${name}`, namespace(name));
	for (const name of nodes) {
		yield stored(`minions/${name}`, readyNode(name, world.node));
		yield stored(`leases/kube-node-lease/${name}`, lease(name));
	}
	for (let index = 0; index < world.pods; index += 1) {
		const pod = runningPod({
			index,
			namespace: namespaces[index % namespaces.length] ?? 'default',
			node: nodes[index % nodes.length] ?? '',
			managedFields: world.managedFields ?? false,
		});
		yield stored(`pods/${pod.metadata.namespace}/${pod.metadata.name}`, pod);
	}
}

/** An object as etcd keeps it, under its key. The API server keeps protobuf, and reads JSON just as well. */
export function stored(key: string, object: object): readonly [string, string] {
	return [`/registry/${key}`, JSON.stringify(object)];
}

function namespace(name: string) {
	return {
		kind: 'Namespace',
		apiVersion: 'v1',
		metadata: born(name, {'kubernetes.io/metadata.name': name}),
		spec: {finalizers: ['kubernetes']},
		status: {phase: 'Active'},
	};
}

/** A node as its kubelet keeps it. */
export function readyNode(name: string, template: NodeTemplate = {}) {
	const {metadata, spec, status, ...kind} = makeNode(name, template);
	const at = new Date().toISOString();
	const condition = (type: string, value: string, reason: string) => ({
		type,
		status: value,
		reason,
		message: '',
		lastHeartbeatTime: at,
		lastTransitionTime: at,
	});
	return {
		...kind,
		metadata: {...born(name, metadata.labels), annotations: metadata.annotations},
		spec,
		status: {
			...status,
			phase: 'Running',
			addresses: [
				{type: 'InternalIP', address: '127.0.0.1'},
				{type: 'Hostname', address: name},
			],
			conditions: [
				condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
				condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
				condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
				condition('Ready', 'True', 'KubeletReady'),
			],
		},
	};
}

function lease(name: string) {
	return {
		kind: 'Lease',
		apiVersion: 'coordination.k8s.io/v1',
		metadata: {...born(name), namespace: 'kube-node-lease'},
		spec: {holderIdentity: name, leaseDurationSeconds: 40, renewTime: microTime()},
	};
}

function born(name: string, labels: Readonly<Record<string, string>> = {}) {
	return {name, uid: randomUUID(), creationTimestamp: `${new Date().toISOString().slice(0, 19)}Z`, labels};
}

/** As leases have it: with six digits after the second. */
function microTime(): string {
	return new Date().toISOString().replace('Z', '000Z');
}

async function untilCounted(
	server: Pick<ControlPlane, 'server' | 'ca' | 'admin'>,
	path: string,
	count: number,
	within = 120_000,
): Promise<void> {
	const client = connect(server, 'h2', server.admin);
	const end = Date.now() + within;
	try {
		for (;;) {
			const page = (await client.ask(`${path}?limit=1`)).json();
			const counted = items(page.items).length + Number(page.metadata?.remainingItemCount ?? 0);
			if (counted >= count) return;
			if (Date.now() > end) throw new Error(`${path} has ${counted} of ${count} objects after ${within / 1000} s`);
			await pause(200);
		}
	} finally {
		client.close();
	}
}

/** Renewals under way: how many were made and refused, and the way to end them. */
export type Renewals = {readonly made: () => number; readonly failed: () => number; readonly stop: () => void};

/**
 * Renews the leases of these nodes in turn, `perSecond` times a second, as their kubelets would (a kubelet renews every
 * 10 s: 1,000 nodes make 100 renewals a second). For nodes that kwok does not keep.
 */
export function renewLeases(
	server: Pick<ControlPlane, 'server' | 'ca' | 'admin'>,
	nodes: readonly string[],
	perSecond: number,
): Renewals {
	const client = connect(server, 'h2', server.admin);
	const started = Date.now();
	let begun = 0;
	let made = 0;
	let failed = 0;
	const renew = async (node: string): Promise<void> => {
		const path = `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${node}`;
		const json = {spec: {renewTime: microTime()}};
		try {
			const {status} = await client.ask(path, {method: 'PATCH', type: 'application/merge-patch+json', json});
			if (status === 200) made += 1;
			else failed += 1;
		} catch {
			failed += 1;
		}
	};
	const timer = setInterval(() => {
		// By the clock, not by the tick: a late timer makes up for it.
		const due = Math.floor(((Date.now() - started) / 1000) * perSecond);
		for (; begun < due; begun += 1) void renew(nodes[begun % nodes.length] ?? '');
	}, 50);
	return {
		made: () => made,
		failed: () => failed,
		stop: () => {
			clearInterval(timer);
			client.close();
		},
	};
}
