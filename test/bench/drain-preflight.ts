import {setTimeout as pause} from 'node:timers/promises';
import {drainDataOf} from '../../source/actions/drain/data.ts';
import {planDrain} from '../../source/actions/drain/plan.ts';
import {usualDrain} from '../../source/actions/request.ts';
import {items} from '../../source/cluster/raw.ts';
import {connect} from '../conformance/client.ts';
import {handsOn} from '../control-plane/hands.ts';
import {readyNode, stored} from '../control-plane/load.ts';
import {runningPod} from '../control-plane/running-pod.ts';
import type {ControlPlane} from '../control-plane/start.ts';
import {median} from './proc.ts';

const namespace = 'full';
const pods = 110;

/** A node with as many pods as it holds: each of a ReplicaSet, four of which stand under one budget. */
function* fullNode(node: string): Generator<readonly [string, string]> {
	const createdAt = `${new Date().toISOString().slice(0, 19)}Z`;
	const metadata = (name: string) => ({name, namespace, uid: `uid-${name}`, generation: 1, creationTimestamp: createdAt});
	const labelsOf = (index: number) => ({app: `app-${Math.floor(index / 4)}`});
	yield stored(`minions/${node}`, readyNode(node));
	yield stored(`namespaces/${namespace}`, {
		kind: 'Namespace',
		apiVersion: 'v1',
		metadata: {...metadata(namespace), namespace: ''},
	});
	for (let index = 0; index < pods; index += 1) {
		const [name, labels] = [`set-${index}`, labelsOf(index)];
		const pod = runningPod({index: 1_000_000 + index, namespace, node, managedFields: true});
		const owner = {apiVersion: 'apps/v1', kind: 'ReplicaSet', name, uid: `uid-${name}`, controller: true};
		yield stored(`pods/${namespace}/${pod.metadata.name}`, {
			...pod,
			metadata: {...pod.metadata, labels, ownerReferences: [owner]},
		});
		const template = {metadata: {labels}, spec: {containers: [{name: 'main', image: 'example.org/main:1'}]}};
		const spec = {replicas: 1, selector: {matchLabels: labels}, template};
		yield stored(`replicasets/${namespace}/${name}`, {kind: 'ReplicaSet', apiVersion: 'apps/v1', metadata: metadata(name), spec});
		if (index % 4 !== 0) continue;
		const status = {observedGeneration: 1, disruptionsAllowed: 1, currentHealthy: 4, desiredHealthy: 3, expectedPods: 4};
		const budget = {maxUnavailable: 1, selector: {matchLabels: labels}};
		yield stored(`poddisruptionbudgets/${namespace}/${labels.app}`, {
			kind: 'PodDisruptionBudget',
			apiVersion: 'policy/v1',
			metadata: metadata(labels.app),
			spec: budget,
			status,
		});
	}
}

/** Milliseconds to plan the drain of a full node of a large cluster, each time over a connection of its own. */
export async function drainPreflight(control: ControlPlane, runs = 7): Promise<number> {
	await control.etcd.put(fullNode('full-0'));
	await untilSeen(control, 'full-0');
	const taken: number[] = [];
	for (let run = 0; run < runs; run++) {
		const {close, ...hands} = await handsOn(control);
		hands.transport.open();
		const from = performance.now();
		const plan = await planDrain({is: 'drain', nodes: ['full-0'], options: usualDrain}, hands);
		taken.push(performance.now() - from);
		close();
		const found = drainDataOf(plan.data).nodes.flatMap(each => each.pods);
		if (found.length !== pods || found.some(({next}) => next.is !== 'fits')) throw new Error('not all of its pods find a place');
	}
	return median(taken);
}

/** The API server has read what was put behind its back. */
async function untilSeen(control: ControlPlane, node: string): Promise<void> {
	const client = connect(control, 'h2', control.admin);
	try {
		for (let tries = 0; tries < 100; tries++) {
			const list = (await client.ask(`/api/v1/pods?fieldSelector=spec.nodeName%3D${node}`)).json();
			if (items(list.items).length === pods) return;
			await pause(200);
		}
		throw new Error(`the pods on ${node} do not come`);
	} finally {
		client.close();
	}
}
