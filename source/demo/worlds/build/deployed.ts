import type {KubeObject} from '../../model.ts';
import {endingOf} from '../../objects/identity.ts';
import type {NodeRow} from '../../objects/machine.ts';
import {bind, type PodObject, pendingPod, run} from '../../objects/pod.ts';
import {templateOf, type WorkloadRow} from '../../objects/pod-template.ts';
import {revisionHash} from '../../objects/revision.ts';
import {day, hour} from '../../objects/time.ts';
import {type WorkloadObject, workload} from '../../objects/workload.ts';
import {history} from './history.ts';

/** Hands out the addresses of each node's pod range in turn. */
type PodAddresses = (node: NodeRow) => string;

function podAddresses(): PodAddresses {
	const next = new Map<string, number>();
	return ({name, podCidr}) => {
		const last = (next.get(name) ?? 9) + 1;
		next.set(name, last);
		return podCidr.replace(/\d+\/\d+$/, `${last}`);
	};
}

export type Deployed = {readonly objects: readonly KubeObject[]; readonly pods: readonly PodObject[]};

/** The workloads of a table with what their controllers made of them: ReplicaSets, and pods that have run for a while. */
export function deployed(rows: readonly WorkloadRow[], nodes: readonly NodeRow[], now: number, random: () => number): Deployed {
	const addresses = podAddresses();
	const oldest = Math.max(...nodes.map(({joined}) => joined));
	const made = rows.map(row => {
		const top = workload(row, now - oldest * day + Math.floor(random() * day));
		const starts = row.on.map(name => {
			const node = nodes.find(each => each.name === name);
			if (!node) throw new Error(`${row.namespace}/${row.name} is to run on ${name}, which is not in the table of nodes.`);
			return {node, startedAt: now - Math.floor(node.booted * day * (0.2 + 0.75 * random()))};
		});
		const {owner, left} = history(top, releases(top, Math.min(...starts.map(({startedAt}) => startedAt)), random));
		const pods = starts.map(({node, startedAt}, at) => runningPod({row, owner, at, node, startedAt, addresses}));
		return {pods, owners: owner === top ? [top, ...left] : [top, ...left, owner]};
	});
	const pods = made.flatMap(each => each.pods);
	return {pods, objects: [...made.flatMap(({owners}) => owners), ...pods]};
}

/** When a workload got its templates, up to three of them: the first with it, the present one before its oldest pod was made. */
function releases({metadata}: WorkloadObject, firstPodAt: number, random: () => number): readonly number[] {
	const createdAt = Date.parse(metadata.creationTimestamp ?? '');
	const count = Math.floor(3 * random());
	const later = Array.from({length: count}, () => createdAt + Math.floor((firstPodAt - hour - createdAt) * random()));
	return [createdAt, ...later.toSorted((one, other) => one - other)];
}

type Start = {
	readonly row: WorkloadRow;
	readonly owner: WorkloadObject;
	readonly at: number;
	readonly node: NodeRow;
	readonly startedAt: number;
	readonly addresses: PodAddresses;
};

function runningPod({row, owner, at, node, startedAt, addresses}: Start): PodObject {
	const {namespace, kind} = row;
	const ending = kind === 'StatefulSet' ? `${at}` : endingOf(5, namespace, row.name, `${at}`);
	const name = `${owner.metadata.name}-${ending}`;
	const pod = pendingPod({
		name,
		namespace,
		template: templateOf(row),
		owner,
		createdAt: startedAt,
		labels: controllerLabels(row, owner, name, at),
	});
	bind(pod, node.name, startedAt + 1000);
	run(pod, startedAt + 9000, row.hostNetwork ? node.address : addresses(node), node.address);
	return pod;
}

/** The labels controllers add to the template's. */
function controllerLabels({kind}: WorkloadRow, owner: WorkloadObject, pod: string, at: number): Record<string, string> {
	if (kind === 'Deployment') return {'pod-template-hash': owner.metadata.labels?.['pod-template-hash'] ?? ''};
	const revision = {'controller-revision-hash': revisionHash(owner)};
	if (kind === 'DaemonSet') return {...revision, 'pod-template-generation': '1'};
	return {...revision, 'statefulset.kubernetes.io/pod-name': pod, 'apps.kubernetes.io/pod-index': `${at}`};
}
