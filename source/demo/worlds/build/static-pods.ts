import type {KubeObject} from '../../model.ts';
import {digestOf} from '../../objects/identity.ts';
import type {NodeRow} from '../../objects/machine.ts';
import type {NodeObject} from '../../objects/node.ts';
import {bind, type PodObject, pendingPod, run} from '../../objects/pod.ts';
import {templateOf} from '../../objects/pod-template.ts';
import {day} from '../../objects/time.ts';

/** The mirror pods of the control plane's static pods, one of each per control-plane node. */
export function staticPods(
	components: ReadonlyArray<readonly [name: string, image: string]>,
	rows: readonly NodeRow[],
	nodes: readonly NodeObject[],
	now: number,
): readonly KubeObject[] {
	return rows
		.filter(({controlPlane}) => controlPlane)
		.flatMap(row => {
			const node = nodes.find(({metadata}) => metadata.name === row.name);
			return node ? components.map(([name, image]) => staticPod(name, image, row, node, now)) : [];
		});
}

function staticPod(component: string, image: string, row: NodeRow, node: NodeObject, now: number): PodObject {
	const startedAt = now - Math.floor(row.booted * 0.99 * day);
	const name = `${component}-${row.name}`;
	const labels = {tier: 'control-plane', 'k8s-app': component};
	const shape = {
		namespace: 'kube-system',
		image,
		on: [row.name],
		cpu: '200m',
		memory: '512Mi',
		labels,
		hostNetwork: true,
		tolerateAll: true,
	};
	const template = templateOf({kind: 'DaemonSet', name: component, priorityClass: 'system-cluster-critical', ...shape});
	delete template.spec.serviceAccountName;
	delete template.spec.serviceAccount;
	const hash = digestOf(component, row.name).slice(0, 32);
	template.metadata.annotations = {
		'kubernetes.io/config.hash': hash,
		'kubernetes.io/config.mirror': hash,
		'kubernetes.io/config.source': 'file',
		'talos.dev/config-version': '1',
	};
	const pod = pendingPod({name, namespace: 'kube-system', template, owner: node, createdAt: startedAt});
	pod.spec.enableServiceLinks = true;
	delete pod.metadata.generateName;
	bind(pod, row.name, startedAt);
	run(pod, startedAt + 4000, row.address, row.address);
	return pod;
}
