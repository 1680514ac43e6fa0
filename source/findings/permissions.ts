import type {Cluster} from '../cluster/cluster.ts';
import {type Note, own, type SafeText, say} from '../vocabulary.ts';
import {join} from '../words.ts';
import {systems} from './systems.ts';

const noteOf = (words: SafeText, missing: ReadonlySet<SafeText>): readonly Note[] =>
	missing.size === 0 ? [] : [{health: 'unknown', text: say`${words} ${join([...missing])}`}];

/** The permissions that are missing, by name: what may not be read at all, then what is read in one namespace only. */
export function missingPermissions(cluster: Cluster): readonly Note[] {
	const denied = new Set<SafeText>();
	const limited = new Map<SafeText, Set<SafeText>>();
	for (const kind of systems.flatMap(({kinds}) => kinds)) {
		const {state, limitedTo} = cluster.source(kind).reading();
		if (state.is === 'denied')
			denied.add(
				state.namespace === undefined
					? say`${state.verb} ${state.resource}`
					: say`${state.verb} ${state.resource} in ${state.namespace}`,
			);
		if (limitedTo !== undefined)
			limited.set(limitedTo.namespace, (limited.get(limitedTo.namespace) ?? new Set()).add(limitedTo.missing));
	}
	return [
		...noteOf(own('not permitted:'), denied),
		...[...limited].flatMap(([namespace, missing]) => noteOf(say`only namespace ${namespace} is read, not permitted:`, missing)),
	];
}
