import type {Stage} from '../model.ts';
import type {PodObject} from '../objects/pod.ts';
import {revisionHash} from '../objects/revision.ts';
import {statefulSets, type WorkloadObject} from '../objects/workload.ts';
import {replicaStatus} from '../objects/workload-status.ts';
import {leave} from './leave.ts';
import {makePod} from './make-pod.ts';
import {isActive, isUp} from './owned.ts';
import {isOutdated, keepRevision} from './revisions.ts';
import {tell} from './tell.ts';

/** Makes the pods a StatefulSet lacks: there are never two of one name. A new template reaches them one after the other, the last first. */
export function refill(stage: Stage, set: WorkloadObject, own: readonly PodObject[], now: number): void {
	const wanted = set.spec?.replicas ?? 1;
	const names = new Set(own.map(({metadata}) => metadata.name));
	keepRevision(stage, set, now);
	for (let at = 0; at < wanted; at += 1) {
		const name = `${set.metadata.name}-${at}`;
		const labels = {
			'controller-revision-hash': revisionHash(set),
			'statefulset.kubernetes.io/pod-name': name,
			'apps.kubernetes.io/pod-index': `${at}`,
		};
		if (!names.has(name)) makePod(stage, set, name, now, labels);
	}
	const outdated = own.filter(pod => isActive(pod) && isOutdated(set, pod));
	const [next] = outdated.toSorted((one, other) => other.metadata.name.localeCompare(one.metadata.name, 'en', {numeric: true}));
	const isSettled = own.length === wanted && own.every(pod => isUp(pod) || pod === next);
	if (next && isSettled) leave(stage, next, now);
	const counted = {wanted, made: wanted, updated: wanted - outdated.length, ready: Math.min(wanted, own.filter(isUp).length)};
	tell(stage, statefulSets, set, replicaStatus('StatefulSet', counted, set.metadata.generation));
}
