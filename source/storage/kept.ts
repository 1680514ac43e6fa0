import {sameList} from '../reuse.ts';
import type {Reading} from '../vocabulary.ts';
import type {NodeStanding} from './standing.ts';

const same = (a: readonly unknown[], b: readonly unknown[]) => a.length === b.length && a.every((one, at) => one === b[at]);

/** What a list was last made from. */
const origins = new WeakMap<readonly unknown[], readonly unknown[]>();

/** The list from before where nothing it is made from has changed, or where it would hold the same; else a new one. */
export function keptList<F>(
	before: readonly F[] | undefined,
	from: readonly unknown[],
	make: (before: readonly F[]) => readonly F[],
): readonly F[] {
	if (before !== undefined && same(origins.get(before) ?? [], from)) return before;
	const list = sameList(before, make(before ?? []));
	origins.set(list, from);
	return list;
}

/** Puts records into groups; a group stays the same list for as long as none of its members changes. */
export function keptGroups<R>(key: (record: R) => string): (reading: Reading<R>) => ReadonlyMap<string, readonly R[]> {
	// The records of a source are one live map: what was made of its last revision is known by it.
	const last = new WeakMap<object, {readonly revision: number; readonly groups: ReadonlyMap<string, readonly R[]>}>();
	return ({records, revision}) => {
		const before = last.get(records);
		if (before?.revision === revision) return before.groups;
		const groups = new Map<string, readonly R[]>(Map.groupBy(records.values(), key));
		for (const [name, group] of groups) groups.set(name, sameList(before?.groups.get(name), group));
		last.set(records, {revision, groups});
		return groups;
	};
}

const isSame = (a: NodeStanding | undefined, b: NodeStanding) =>
	a !== undefined && a.word === b.word && a.since === b.since && a.rootDir === b.rootDir;

/** The standings from before where all nodes do as they did: whatever else of them changed is nothing to storage. */
export function keptStandings(
	before: ReadonlyMap<string, NodeStanding> | undefined,
	nodes: ReadonlyMap<string, NodeStanding>,
): ReadonlyMap<string, NodeStanding> {
	if (before === nodes || before?.size !== nodes.size) return nodes;
	for (const [name, standing] of nodes) if (!isSame(before.get(name), standing)) return nodes;
	return before;
}
