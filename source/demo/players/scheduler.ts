import type {Stage} from '../model.ts';
import {claims, type PersistentVolumeObject, persistentVolumes} from '../objects/claim.ts';
import {conditionOf, type NodeObject, nodes} from '../objects/node.ts';
import {bind, claimsOf, condition, isFinished, type PodObject, pods} from '../objects/pod.ts';
import {record, recordRarely} from './events.ts';
import {freeOn, obstacles, unschedulable} from './fit.ts';
import type {Player} from './player.ts';

/** The scheduler: gives waiting pods the emptiest node that can take them, or says why there is none. */
export const scheduler: Player = {
	name: 'scheduler',
	every: 2,
	act: (stage, now) => {
		for (const pod of pods.all(stage.store)) {
			if (pod.spec.nodeName || pod.metadata.deletionTimestamp || isFinished(pod)) continue;
			place(stage, pod, now);
		}
	},
};

function place(stage: Stage, pod: PodObject, now: number): void {
	const placed = pods.all(stage.store);
	const volumes = volumesOf(stage, pod);
	const verdicts = nodes.all(stage.store).map(node => {
		const free = freeOn(node, placed);
		return {node, memory: free.memory ?? 0, why: obstacles(pod, node, free, volumes)};
	});
	const [best] = verdicts.filter(({why}) => why.length === 0).toSorted((a, b) => b.memory - a.memory);
	if (best) assign(stage, pod, best.node, now);
	else refuse(stage, pod, unschedulable(verdicts.map(({why}) => why)), now);
}

function volumesOf({store}: Stage, pod: PodObject): PersistentVolumeObject[] {
	return claimsOf(pod).flatMap(name => {
		const claim = claims.get(store, name, pod.metadata.namespace);
		const volume = persistentVolumes.get(store, claim?.spec?.volumeName ?? '');
		return volume ? [volume] : [];
	});
}

function assign(stage: Stage, pod: PodObject, node: NodeObject, now: number): void {
	const {name, namespace} = pod.metadata;
	pods.change(stage.store, pod, draft => bind(draft, node.metadata.name, now));
	const message = `Successfully assigned ${namespace}/${name} to ${node.metadata.name}`;
	record(stage, {about: pod, type: 'Normal', reason: 'Scheduled', message, from: 'default-scheduler', at: now});
}

function refuse(stage: Stage, pod: PodObject, message: string, now: number): void {
	if (conditionOf(pod, 'PodScheduled')?.message !== message) {
		pods.change(stage.store, pod, draft => {
			draft.status = {...draft.status, conditions: [condition('PodScheduled', 'False', now, 'Unschedulable', message)]};
		});
	}
	recordRarely(stage, 300, {
		about: pod,
		type: 'Warning',
		reason: 'FailedScheduling',
		message,
		from: 'default-scheduler',
		at: now,
	});
}
