import {memoised} from '../../vocabulary.ts';
import {type PersistentVolumeObject, pinnedTo} from '../objects/claim.ts';
import type {NodeObject, Taint} from '../objects/node.ts';
import {isFinished, type PodObject, type PodSpec} from '../objects/pod.ts';
import {sum} from '../objects/quantity.ts';

/** What a pod asks for, by resource name. */
const requestsOf = memoised((pod: PodObject) => sum(pod.spec.containers.map(({resources}) => resources?.requests)));

/** What the pods on a node leave free there, by resource name. */
export function freeOn(node: NodeObject, pods: readonly PodObject[]): Record<string, number> {
	const free = sum([node.status?.allocatable]);
	for (const pod of pods) {
		if (pod.spec.nodeName !== node.metadata.name || isFinished(pod)) continue;
		for (const [name, wanted] of Object.entries(requestsOf(pod))) free[name] = (free[name] ?? 0) - wanted;
	}
	return free;
}

/** Why a pod cannot go to a node, in the scheduler's words; nothing when it can. */
export function obstacles(
	pod: PodObject,
	node: NodeObject,
	free: Record<string, number>,
	volumes: readonly PersistentVolumeObject[],
): readonly string[] {
	const {labels = {}, name} = node.metadata;
	if (node.spec?.unschedulable) return ['node(s) were unschedulable'];
	if ((node.spec?.taints ?? []).some(taint => taint.effect !== 'PreferNoSchedule' && !tolerates(pod.spec, taint))) {
		return ["node(s) had taints that the pod didn't tolerate"];
	}
	const selector = Object.entries(pod.spec.nodeSelector ?? {});
	if (selector.some(([key, value]) => labels[key] !== value)) return ["node(s) didn't match Pod's node affinity/selector"];
	const short = Object.entries(requestsOf(pod)).filter(([resource, wanted]) => wanted > (free[resource] ?? 0));
	if (short.length > 0) return short.map(([resource]) => `Insufficient ${resource}`);
	const pins = volumes.map(pinnedTo).filter(pin => pin !== undefined);
	return pins.some(pin => pin !== name) ? ["node(s) didn't match PersistentVolume's node affinity"] : [];
}

/** True when a pod of this spec may be on a node with this taint. */
export function tolerates({tolerations = []}: PodSpec, taint: Taint): boolean {
	return tolerations.some(
		({key, effect}) => (key === undefined || key === taint.key) && (effect === undefined || effect === taint.effect),
	);
}

/** The message of an unschedulable pod: reasons with how many nodes they rule out, sorted as the scheduler sorts them. */
export function unschedulable(reasons: readonly (readonly string[])[]): string {
	const counts = new Map<string, number>();
	for (const reason of reasons.flat()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
	const said = [...counts].map(([reason, count]) => `${count} ${reason}`).toSorted();
	const all = reasons.length;
	const none = `0/${all} nodes are available`;
	return `${none}: ${said.join(', ')}. preemption: ${none}: ${all} Preemption is not helpful for scheduling.`;
}
