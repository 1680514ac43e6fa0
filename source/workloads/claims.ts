import {keyOf, type Reading, type Tally} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import type {PodRecord} from './pod.ts';

/** Keeps the pods that mount claims, by namespace. Finished pods mount nothing any more. */
export const claimTally: Tally<PodRecord, readonly PodRecord[]> = {
	key: ({claims, phase, namespace}) =>
		claims.length === 0 || phase === 'Succeeded' || phase === 'Failed' ? undefined : namespace,
	empty: [],
	add: (pods, pod) => [...pods, pod],
	remove: (pods, pod) => pods.filter(each => each !== pod),
};

/**
 * Keys (`namespace/name`) of the claims that pods name; undefined while pods are not known. The set from before comes back
 * when it holds the same ones.
 */
export function wantedClaims(pods: Reading<readonly PodRecord[]>, before?: ReadonlySet<string>): ReadonlySet<string> | undefined {
	if (!isKnown(pods.state)) return undefined;
	const wanted = new Set<string>();
	for (const mounting of pods.records.values())
		for (const {namespace, claims} of mounting) for (const claim of claims) wanted.add(keyOf(namespace, claim));
	return before !== undefined && before.size === wanted.size && [...wanted].every(claim => before.has(claim)) ? before : wanted;
}
