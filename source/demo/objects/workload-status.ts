/** What Deployments, ReplicaSets and StatefulSets say of their pods. */
export function replicaStatus(kind: string, wanted: number, ready: number, generation = 1): Record<string, unknown> {
	const counted = {observedGeneration: generation, replicas: wanted, readyReplicas: ready, availableReplicas: ready};
	if (kind === 'ReplicaSet') return {...counted, fullyLabeledReplicas: wanted};
	if (kind === 'StatefulSet') return {...counted, currentReplicas: wanted, updatedReplicas: wanted};
	return {...counted, updatedReplicas: wanted, ...(ready < wanted ? {unavailableReplicas: wanted - ready} : {})};
}

/** What a DaemonSet says of its pods. */
export function daemonStatus(wanted: number, ready: number, generation = 1): Record<string, unknown> {
	return {
		observedGeneration: generation,
		currentNumberScheduled: wanted,
		desiredNumberScheduled: wanted,
		numberMisscheduled: 0,
		numberReady: ready,
		numberAvailable: ready,
		updatedNumberScheduled: wanted,
		...(ready < wanted ? {numberUnavailable: wanted - ready} : {}),
	};
}
