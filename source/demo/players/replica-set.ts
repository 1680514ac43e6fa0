import type {Stage} from '../model.ts';
import {drawEnding} from '../objects/identity.ts';
import {condition, type PodObject} from '../objects/pod.ts';
import {replicaSets, type WorkloadObject} from '../objects/workload.ts';
import {replicaStatus} from '../objects/workload-status.ts';
import {leave} from './leave.ts';
import {makePod} from './make-pod.ts';
import {isActive, isUp} from './owned.ts';
import {tell} from './tell.ts';

/** Makes the pods a ReplicaSet lacks, without waiting for terminating ones to be gone, and lets go of those it has too many. */
export function replace(stage: Stage, set: WorkloadObject, own: readonly PodObject[], now: number): void {
	const wanted = set.spec?.replicas ?? 1;
	const active = own.filter(isActive);
	const labels = {'pod-template-hash': set.metadata.labels?.['pod-template-hash'] ?? ''};
	let made = active.length;
	let refusal: string | undefined;
	while (made < wanted && refusal === undefined) {
		const pod = makePod(stage, set, `${set.metadata.name}-${drawEnding(stage.random)}`, now, labels);
		if (pod === undefined) break;
		if ('refusal' in pod) refusal = pod.refusal;
		else made += 1;
	}
	for (const pod of leavingFirst(active).slice(0, Math.max(0, active.length - wanted))) leave(stage, pod, now);
	const counted = {wanted, made, updated: made, ready: own.filter(isUp).length};
	tell(stage, replicaSets, set, {
		...replicaStatus('ReplicaSet', counted, set.metadata.generation),
		...(refusal === undefined ? {} : {conditions: [failure(set, refusal, now)]}),
	});
}

/** Those that are not ready go first. */
function leavingFirst(active: readonly PodObject[]): readonly PodObject[] {
	return active.toSorted((one, other) => Number(isUp(one)) - Number(isUp(other)));
}

/** As long as pods are refused, the condition stays as it was when the first one was. */
function failure({status}: WorkloadObject, refusal: string, now: number): unknown {
	const [before] = (status?.conditions ?? []) as unknown[];
	return before ?? condition('ReplicaFailure', 'True', now, 'FailedCreate', refusal);
}
