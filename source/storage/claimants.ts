import {keyOf, memoised, type RawName, type Reading, type Tally} from '../vocabulary.ts';
import {withoutHash} from '../workloads/owner.ts';
import type {PodRecord} from '../workloads/pod.ts';

/** The pods that mount claims and do not run as they should, by `namespace/name`. */
export type Claimants = Reading<readonly PodRecord[]>;

/** Keeps the pods that mount claims and do not run as they should: few, where there are tens of thousands of others. */
export const claimantTally: Tally<PodRecord, readonly PodRecord[]> = {
	key: ({namespace, name, claims, trouble}) =>
		trouble === undefined || claims.length === 0 ? undefined : keyOf(namespace, name),
	empty: [],
	add: (_, pod) => [pod],
	remove: () => [],
};

/** The claims a pod mounts, as `namespace/name`. */
export const claimsOfPod = memoised(({namespace, claims}: PodRecord): readonly string[] =>
	claims.map(claim => keyOf(namespace, claim)),
);

/** The pods that wait for each claim. */
export const byClaim = memoised((claimants: Claimants): ReadonlyMap<string, readonly PodRecord[]> => {
	const found = new Map<string, PodRecord[]>();
	for (const pod of [...claimants.records.values()].flat())
		for (const claim of claimsOfPod(pod)) found.set(claim, [...(found.get(claim) ?? []), pod]);
	return found;
});

/** The workload a pod is of, as people call it: the Deployment rather than its ReplicaSet. */
export function workloadOf({namespace, name, ownerKind, ownerName}: PodRecord): {
	readonly namespace: RawName;
	readonly name: RawName;
} {
	return {namespace, name: ownerKind === 'ReplicaSet' ? withoutHash(ownerName) : ownerName || name};
}
