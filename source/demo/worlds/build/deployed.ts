import type {KubeObject} from '../../model.ts';
import {endingOf} from '../../objects/identity.ts';
import type {NodeRow} from '../../objects/machine.ts';
import {bind, type PodObject, pendingPod, run} from '../../objects/pod.ts';
import {templateOf, type WorkloadRow} from '../../objects/pod-template.ts';
import {day} from '../../objects/time.ts';
import {replicaSetOf, type WorkloadObject, workload} from '../../objects/workload.ts';

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
		const owner = row.kind === 'Deployment' ? replicaSetOf(top, Date.parse(top.metadata.creationTimestamp ?? '')) : top;
		const pods = row.on.map((name, at) => {
			const node = nodes.find(each => each.name === name);
			if (!node) throw new Error(`${row.namespace}/${row.name} is to run on ${name}, which is not in the table of nodes.`);
			return runningPod({
				row,
				owner,
				at,
				node,
				startedAt: now - Math.floor(node.booted * day * (0.2 + 0.75 * random())),
				addresses,
			});
		});
		return {pods, owners: owner === top ? [top] : [top, owner]};
	});
	const pods = made.flatMap(each => each.pods);
	return {pods, objects: [...made.flatMap(({owners}) => owners), ...pods]};
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
	const revision = {'controller-revision-hash': endingOf(10, owner.metadata.name)};
	if (kind === 'DaemonSet') return {...revision, 'pod-template-generation': '1'};
	return {...revision, 'statefulset.kubernetes.io/pod-name': pod, 'apps.kubernetes.io/pod-index': `${at}`};
}
