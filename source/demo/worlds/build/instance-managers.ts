import {instanceManager, instanceManagerName, longhorn} from '../../objects/longhorn/longhorn.ts';
import type {DiskRow} from '../../objects/longhorn/storage-node.ts';
import type {NodeRow} from '../../objects/machine.ts';
import {bind, type PodObject, pendingPod, run} from '../../objects/pod.ts';
import {templateOf} from '../../objects/pod-template.ts';
import {day} from '../../objects/time.ts';

/** The pods in which Longhorn runs the engines and replicas of a node: no workload stands behind them. */
export function instanceManagerPods(disks: readonly DiskRow[], nodes: readonly NodeRow[], now: number): readonly PodObject[] {
	const storing = new Set(disks.map(({node}) => node));
	return nodes
		.filter(({name}) => storing.has(name))
		.map(node => instanceManagerPod(node, now - Math.floor(node.booted * 0.99 * day)));
}

function instanceManagerPod(node: NodeRow, startedAt: number): PodObject {
	const name = instanceManagerName(node.name);
	const template = templateOf({
		kind: 'DaemonSet',
		namespace: longhorn.namespace,
		name,
		container: 'instance-manager',
		image: `docker.io/longhornio/longhorn-instance-manager:${longhorn.release}`,
		on: [node.name],
		cpu: '500m',
		memory: '512Mi',
		labels: {
			'longhorn.io/component': 'instance-manager',
			'longhorn.io/managed-by': 'longhorn-manager',
			'longhorn.io/node': node.name,
		},
	});
	const pod = pendingPod({
		name,
		namespace: longhorn.namespace,
		template,
		owner: instanceManager(node.name, startedAt),
		createdAt: startedAt,
	});
	bind(pod, node.name, startedAt + 1000);
	run(pod, startedAt + 5000, node.podCidr.replace(/0\/\d+$/, '250'), node.address);
	return pod;
}
