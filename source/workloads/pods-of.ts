import {keyOf, type Reading, type Subject} from '../vocabulary.ts';
import {type Owners, subjectOf, workloadOf} from './owner.ts';
import type {PodRecord} from './pod.ts';

const worst = ({trouble}: PodRecord): number => (trouble === undefined ? 2 : trouble.is === 'unschedulable' ? 1 : 0);

/** Negative where `a` is worse off than `b`: what fails first, then what is not ready, what restarts most, what is newest. */
function compareWoe(a: PodRecord, b: PodRecord): number {
	return worst(a) - worst(b) || Number(a.ready) - Number(b.ready) || b.restarts - a.restarts || b.createdAt - a.createdAt;
}

/**
 * The pods of a subject, the worst off first: the pod itself, or those that a workload keeps; none of anything else. It looks
 * at every pod, so it is for when somebody asks.
 */
export function podsOf(subject: Subject, {records}: Reading<PodRecord>, owners: Owners): readonly PodRecord[] {
	const {resource, namespace, name} = subject;
	if (resource === 'pods') {
		const pod = records.get(keyOf(namespace, name));
		return pod === undefined ? [] : [pod];
	}
	const isIts = (pod: PodRecord) => {
		if (pod.namespace !== namespace) return false;
		const kept = subjectOf(workloadOf(pod, owners));
		return kept?.resource === resource && kept.name === name;
	};
	return [...records.values()].filter(isIts).sort(compareWoe);
}
