import type {Stage} from '../../model.ts';
import {type StorageNodeObject, storageNodes} from '../../objects/longhorn/storage-node.ts';
import {stamp} from '../../objects/time.ts';

const doubted = ['Ready', 'Schedulable'];

/** A storage node follows its Kubernetes node: while that is not ready, neither it nor its disks can be used. */
export function judgeNode({store}: Stage, node: StorageNodeObject, up: boolean, now: number): void {
	const said = node.status.conditions.find(({type}) => type === 'Ready')?.status;
	if (said === (up ? 'True' : 'False')) return;
	const verdict = {
		status: up ? ('True' as const) : ('False' as const),
		lastTransitionTime: stamp(now),
		message: up ? '' : `Kubernetes node ${node.metadata.name} not ready`,
	};
	storageNodes.change(store, node, draft => {
		const disks = Object.values(draft.status.diskStatus);
		for (const condition of draft.status.conditions) {
			if (doubted.includes(condition.type)) Object.assign(condition, verdict, {reason: up ? '' : 'KubernetesNodeNotReady'});
		}
		for (const condition of disks.flatMap(({conditions}) => conditions))
			Object.assign(condition, verdict, {reason: up ? '' : 'NodeNotReady'});
	});
}
