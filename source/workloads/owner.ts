import {keyOf, type RawName, type Reading, type Subject} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import type {JobRecord} from './job.ts';
import type {PodRecord} from './pod.ts';
import type {ReplicaSetRecord} from './replica-set.ts';

/** What a pod is one of, as people call it: the Deployment rather than its ReplicaSet, the CronJob rather than its Job. */
export type Workload = {readonly kind: string; readonly namespace: RawName; readonly name: RawName};

/** What workloads are found by. */
export type Owners = {readonly replicaSets: Reading<ReplicaSetRecord>; readonly jobs: Reading<JobRecord>};

// What a Deployment appends: letters and digits that make no words (k8s.io/apimachinery pkg/util/rand, SafeEncodeString).
const templateHash = /-[bcdfghjklmnpqrstvwxz2456789]{1,10}$/;
// What a CronJob appends: the minute it was due (kubernetes pkg/controller/cronjob/utils.go).
const dueMinute = /-\d{8,}$/;

/** The Deployment's name out of its ReplicaSet's. */
export function withoutHash(name: RawName): RawName {
	return name.replace(templateHash, '') as RawName;
}

function ofReplicaSet({namespace, ownerName}: PodRecord, {replicaSets}: Owners): Workload {
	const set = replicaSets.records.get(keyOf(namespace, ownerName));
	if (set !== undefined && set.ownerName !== '') return {kind: set.ownerKind, namespace, name: set.ownerName};
	const name = withoutHash(ownerName);
	const isAlone = name === ownerName || (set !== undefined && isKnown(replicaSets.state));
	return isAlone ? {kind: 'ReplicaSet', namespace, name: ownerName} : {kind: 'Deployment', namespace, name};
}

function ofJob({namespace, ownerName}: PodRecord, {jobs}: Owners): Workload {
	const job = jobs.records.get(keyOf(namespace, ownerName));
	const guessed = job === undefined ? (ownerName.replace(dueMinute, '') as RawName) : ownerName;
	const name = job !== undefined && job.cronJob !== '' ? job.cronJob : guessed;
	return {kind: name === ownerName ? 'Job' : 'CronJob', namespace, name};
}

/** The workload of a pod; itself where nothing keeps it. What is not read yet is guessed from the names. */
export function workloadOf(pod: PodRecord, owners: Owners): Workload {
	const {namespace, name, ownerKind, ownerName} = pod;
	if (ownerKind === 'ReplicaSet') return ofReplicaSet(pod, owners);
	if (ownerKind === 'Job') return ofJob(pod, owners);
	// A static pod belongs to its node.
	if (ownerName === '' || ownerKind === 'Node') return {kind: 'Pod', namespace, name};
	return {kind: ownerKind, namespace, name: ownerName};
}

const resources: ReadonlyMap<string, string> = new Map([
	['Pod', 'pods'],
	['Deployment', 'deployments.apps'],
	['ReplicaSet', 'replicasets.apps'],
	['StatefulSet', 'statefulsets.apps'],
	['DaemonSet', 'daemonsets.apps'],
	['Job', 'jobs.batch'],
	['CronJob', 'cronjobs.batch'],
]);

/** The object behind a workload; undefined for kinds we do not know by their resource. */
export function subjectOf({kind, namespace, name}: Workload): Subject | undefined {
	const resource = resources.get(kind);
	return resource === undefined ? undefined : {resource, namespace, name};
}
