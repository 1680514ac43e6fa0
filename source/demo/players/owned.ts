import type {KubeObject} from '../model.ts';
import {conditionOf} from '../objects/node.ts';
import {isFinished, type PodObject} from '../objects/pod.ts';

/** The uid of what made an object and looks after it. */
export function controllerOf(object: KubeObject): string | undefined {
	return object.metadata.ownerReferences?.find(({controller}) => controller)?.uid;
}

/** It counts among its owner's pods: it has not ended, and nobody has asked it to. */
export function isActive(pod: PodObject): boolean {
	return !pod.metadata.deletionTimestamp && !isFinished(pod);
}

/** True while it counts and is ready. */
export function isUp(pod: PodObject): boolean {
	return isActive(pod) && conditionOf(pod, 'Ready')?.status === 'True';
}

/** The workload a pod belongs to: the Deployment behind its ReplicaSet, else its owner; its own name where it has none. */
export function workloadOf({metadata}: PodObject): string {
	const owner = metadata.ownerReferences?.find(({controller}) => controller);
	return owner?.kind === 'ReplicaSet' ? owner.name.replace(/-[^-]+$/, '') : (owner?.name ?? metadata.name);
}
