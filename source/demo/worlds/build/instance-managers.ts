import {instanceManager, instanceManagerPod} from '../../objects/longhorn/instance-manager.ts';
import type {DiskRow} from '../../objects/longhorn/storage-node.ts';
import type {NodeRow} from '../../objects/machine.ts';
import {bind, type PodObject, run} from '../../objects/pod.ts';
import {day} from '../../objects/time.ts';

/** The pods in which Longhorn runs the engines and replicas of each storage node. */
export function instanceManagerPods(disks: readonly DiskRow[], nodes: readonly NodeRow[], now: number): readonly PodObject[] {
	const storing = new Set(disks.map(({node}) => node));
	return nodes
		.filter(({name}) => storing.has(name))
		.map(node => {
			const startedAt = now - Math.floor(node.booted * 0.99 * day);
			const pod = instanceManagerPod(instanceManager(node.name, startedAt), startedAt);
			bind(pod, node.name, startedAt + 1000);
			run(pod, startedAt + 5000, node.podCidr.replace(/0\/\d+$/, '250'), node.address);
			return pod;
		});
}
