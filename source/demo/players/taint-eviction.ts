import {nodes, type Taint} from '../objects/node.ts';
import {condition, type PodObject, pods} from '../objects/pod.ts';
import {instantOf, stamp} from '../objects/time.ts';
import {record} from './events.ts';
import type {Player} from './player.ts';

/** Marks pods for deletion that tolerate a NoExecute taint no longer (five minutes by default). */
export const taintEviction: Player = {
	name: 'taint eviction controller',
	every: 5,
	act: (stage, now) => {
		for (const node of nodes.all(stage.store)) {
			const taints = (node.spec?.taints ?? []).filter(({effect}) => effect === 'NoExecute');
			if (taints.length === 0) continue;
			const leaving = pods
				.all(stage.store)
				.filter(pod => pod.spec.nodeName === node.metadata.name && !pod.metadata.deletionTimestamp)
				.filter(pod => taints.some(taint => now - instantOf(taint.timeAdded) >= toleratedMs(pod, taint)));
			for (const pod of leaving) {
				pods.change(stage.store, pod, draft => terminate(draft, now));
				const message = `Marking for deletion Pod ${pod.metadata.namespace}/${pod.metadata.name}`;
				record(stage, {
					about: pod,
					type: 'Normal',
					reason: 'TaintManagerEviction',
					message,
					from: 'taint-eviction-controller',
					at: now,
				});
			}
		}
	},
};

/** How long a pod stays under a taint: 0 when it does not tolerate it, for ever without a limit. */
function toleratedMs(pod: PodObject, taint: Taint): number {
	const matching = (pod.spec.tolerations ?? []).filter(
		({key, effect}) => (key === undefined || key === taint.key) && (effect === undefined || effect === taint.effect),
	);
	if (matching.length === 0) return 0;
	return Math.min(...matching.map(({tolerationSeconds}) => (tolerationSeconds ?? Number.POSITIVE_INFINITY) * 1000));
}

/** What a graceful delete leaves on a pod until its kubelet has done its part. */
function terminate(pod: PodObject, now: number): void {
	pod.metadata.deletionTimestamp = stamp(now + 30_000);
	pod.metadata.deletionGracePeriodSeconds = 30;
	const target = condition(
		'DisruptionTarget',
		'True',
		now,
		'DeletionByTaintManager',
		'Taint manager: deleting due to NoExecute taint',
	);
	pod.status = {...pod.status, conditions: [...(pod.status?.conditions ?? []), target]};
}
