import type {Cluster} from '../cluster/cluster.ts';
import {tallied} from '../cluster/tally.ts';
import type {Reading, Tally} from '../vocabulary.ts';
import {type Controllers, componentTally} from '../workloads/controllers.ts';
import {type NodePods, nodePodsTally} from '../workloads/node-pods.ts';
import {type PodRecord, podKind} from '../workloads/pod.ts';

/** What the slices count pods for; each count is the same object until it changed. */
export type PodCounts = {readonly byNode: () => Reading<NodePods>; readonly byComponent: () => Controllers};

/** A count in the state of what is counted. */
function counting<A>(cluster: Cluster, tally: Tally<PodRecord, A>): () => Reading<A> {
	const source = cluster.source(podKind);
	const {current, revision} = tallied(source, tally);
	let shown: Reading<A> | undefined;
	return () => {
		const {state, limitedTo} = source.reading();
		if (shown?.revision !== revision() || shown.state !== state) {
			shown = {state, records: current(), revision: revision(), ...(limitedTo === undefined ? {} : {limitedTo})};
		}
		return shown;
	};
}

/** Counts the pods of a cluster as they come and go. */
export function countPods(cluster: Cluster): PodCounts {
	return {byNode: counting(cluster, nodePodsTally), byComponent: counting(cluster, componentTally)};
}
