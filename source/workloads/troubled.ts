import {keyOf, type Tally} from '../vocabulary.ts';
import type {PodRecord} from './pod-record.ts';

/** So many restarts may be a loop, also while the container runs just now. */
export const manyRestarts = 5;

const isOver = ({phase}: PodRecord) => phase === 'Succeeded' || phase === 'Failed';
const hangs = ({deletingAt, ready}: PodRecord) => deletingAt > 0 && !ready;
const restartsMuch = ({restarts, ended}: PodRecord) => restarts >= manyRestarts && ended !== undefined;

/** Pods in trouble that the same thing keeps. The set is live; the object around it is another one after every change. */
export type Troubled = {readonly pods: ReadonlySet<PodRecord>};

const nobody: Troubled = {pods: new Set()};
// A copy for every pod of a job of thousands would take minutes.
const changed = ({pods}: Troubled): Set<PodRecord> => (pods === nobody.pods ? new Set() : (pods as Set<PodRecord>));

/**
 * The pods that do not run, hang in their deletion or were restarted often, by what keeps them (`media/ReplicaSet/jellyfin-7d4b9`):
 * few of many, so that whoever reads them need not look at all.
 */
export const troubledTally: Tally<PodRecord, Troubled> = {
	key: pod => {
		if (isOver(pod) || (pod.trouble === undefined && !hangs(pod) && !restartsMuch(pod))) return undefined;
		const {namespace, name, ownerKind, ownerName} = pod;
		return ownerName === '' ? keyOf(namespace, `Pod/${name}`) : keyOf(namespace, `${ownerKind}/${ownerName}`);
	},
	empty: nobody,
	add: (sum, pod) => ({pods: changed(sum).add(pod)}),
	remove: (sum, pod) => {
		const pods = changed(sum);
		pods.delete(pod);
		return {pods};
	},
};
