/** How many pods there are: in all, of the present template, ready. */
export type PodCount = {readonly wanted: number; readonly made: number; readonly updated: number; readonly ready: number};

/** All of them made and ready. */
export function settledAt(wanted: number): PodCount {
	return {wanted, made: wanted, updated: wanted, ready: wanted};
}

/** What Deployments, ReplicaSets and StatefulSets say of their pods. */
export function replicaStatus(kind: string, {wanted, made, updated, ready}: PodCount, generation = 1): Record<string, unknown> {
	const counted = {observedGeneration: generation, replicas: made, readyReplicas: ready, availableReplicas: ready};
	if (kind === 'ReplicaSet') return {...counted, fullyLabeledReplicas: made};
	if (kind === 'StatefulSet') return {...counted, currentReplicas: updated, updatedReplicas: updated};
	const short = Math.max(0, wanted - ready);
	return {...counted, updatedReplicas: updated, ...(short > 0 ? {unavailableReplicas: short} : {})};
}

/** What a DaemonSet says of its pods. */
export function daemonStatus({wanted, made, updated, ready}: PodCount, generation = 1): Record<string, unknown> {
	return {
		observedGeneration: generation,
		currentNumberScheduled: made,
		desiredNumberScheduled: wanted,
		numberMisscheduled: 0,
		numberReady: ready,
		numberAvailable: ready,
		updatedNumberScheduled: updated,
		...(ready < wanted ? {numberUnavailable: wanted - ready} : {}),
	};
}
