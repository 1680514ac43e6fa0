import {items, name, type Raw} from '../../cluster/raw.ts';
import type {DrainNode} from './node.ts';

type Taint = DrainNode['taints'][number];

/** What a cordon puts on a node. */
export const cordonKey = 'node.kubernetes.io/unschedulable';
const cordon: Taint = {key: cordonKey, value: '', effect: 'NoSchedule', addedAt: 0};

/** What of a node's taints keeps a pod from it; undefined where it tolerates them all. A cordon counts as the taint that it becomes. */
export function untolerated(pod: Raw, {taints, unschedulable}: DrainNode): Taint | undefined {
	const hard = taints.filter(({effect}) => effect === 'NoSchedule' || effect === 'NoExecute');
	const isMarked = !unschedulable || hard.some(({key}) => key === cordonKey);
	const tolerations = items(pod.spec?.tolerations);
	return (isMarked ? hard : [cordon, ...hard]).find(taint => !tolerations.some(each => tolerates(each, taint)));
}

function tolerates({key, operator, value, effect}: Raw, taint: Taint): boolean {
	if (name(effect) !== '' && name(effect) !== taint.effect) return false;
	if (name(key) !== '' && name(key) !== taint.key) return false;
	const how = name(operator) || 'Equal';
	// Without a key only `Exists` means anything: all taints.
	return how === 'Exists' || (how === 'Equal' && name(key) !== '' && name(value) === taint.value);
}
