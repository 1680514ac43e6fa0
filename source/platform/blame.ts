import {nameOf} from '../diagnosis.ts';
import type {RawName, Reading, Subject} from '../vocabulary.ts';
import {shownName, shownPath} from '../words.ts';
import {type Owners, subjectOf, withoutHash, workloadOf as workloadBy} from '../workloads/owner.ts';
import type {PodRecord} from '../workloads/pod.ts';
import type {Answering} from './answering.ts';

const unread: Reading<never> = {state: {is: 'loading'}, records: new Map<string, never>(), revision: 0};
// The pods looked at here belong to few, well-known workloads, whose names tell enough.
const byName: Owners = {replicaSets: unread, jobs: unread};

/** What made a pod, as somebody would ask for it: its Deployment, not its ReplicaSet; itself where nothing did. */
export function subjectOfPod(pod: PodRecord): Subject {
	return subjectOf(workloadBy(pod, byName)) ?? {resource: 'pods', namespace: pod.namespace, name: pod.name};
}

const aboutNode = (node: RawName): string => nameOf('node-not-ready', shownName({name: node}));

/** Names of the findings that would explain why these pods are missing: their nodes, where all of them are on lost ones. */
export function nodeFindings(missing: readonly PodRecord[], lost: ReadonlySet<string>): readonly string[] {
	return missing.every(({node}) => lost.has(node)) ? [...new Set(missing.map(({node}) => aboutNode(node)))] : [];
}

const ordinal = /-\d+$/;
// Five letters and digits that make no words (k8s.io/apimachinery pkg/util/rand).
const suffix = /-[bcdfghjklmnpqrstvwxz2456789]{5}$/;

/** What may have made a pod of this name: a StatefulSet, a DaemonSet, a Deployment. */
function makersOf(pod: RawName): readonly RawName[] {
	if (ordinal.test(pod)) return [pod.replace(ordinal, '') as RawName];
	const owner = pod.replace(suffix, '') as RawName;
	return [withoutHash(owner), owner];
}

/** What would be said of whatever is called so, if that is why it does not answer. */
const aboutMaker = (namespace: RawName, name: RawName): readonly string[] => {
	const workload = shownPath({namespace, name});
	return [nameOf('pods-failing', workload), nameOf('pods-unschedulable', workload), nameOf('controller-down', shownName({name}))];
};

/**
 * Names of the findings that would explain why nothing answers for a service. All that is known of its pods are their names;
 * without a pod, what makes none is mostly called as the service is.
 */
export function serviceFindings({namespace, name, unready}: Answering, lost: ReadonlySet<string>): readonly string[] {
	const here = unready.filter(({node}) => !lost.has(node));
	const isLost = unready.length > 0 && here.length === 0;
	const makers = [...here.flatMap(({pod}) => makersOf(pod)), name];
	const names = isLost ? unready.map(({node}) => aboutNode(node)) : makers.flatMap(maker => aboutMaker(namespace, maker));
	return [...new Set(names)];
}
