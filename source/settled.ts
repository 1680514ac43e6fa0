import {sameState} from './cluster/freshness.ts';
import {stillTrue, type Told} from './reuse.ts';
import type {SourceState} from './vocabulary.ts';

type Facts = Told & {readonly states: Readonly<Record<string, SourceState>>};

/** What facts were last made from, where that is newer than they are because it said the same. */
const remade = new WeakMap<Facts, readonly unknown[]>();

/** A slice's facts from before, when nothing was read since that they were not made from, and their time has not come. */
export function stillSettled<F extends Facts>(before: F | undefined, from: readonly unknown[], now: number): F | undefined {
	if (before === undefined) return undefined;
	const told: Told = {...before, from: remade.get(before) ?? before.from};
	return stillTrue(told, from, now) === undefined ? undefined : before;
}

function sameStates(a: Facts['states'], b: Facts['states']): boolean {
	return Object.entries(b).every(([name, state]) => {
		const before = a[name];
		return before !== undefined && sameState(before, state);
	});
}

/** The facts from before where the new ones say the same, so that nobody is told of a change that is none. */
export function settled<F extends Facts>(before: F | undefined, after: F): F {
	if (before === undefined || !sameStates(before.states, after.states)) return after;
	const fields = Object.keys(after) as ReadonlyArray<keyof F>;
	const aside = new Set<keyof F>(['from', 'asOf', 'states']);
	if (!fields.every(field => aside.has(field) || Object.is(before[field], after[field]))) return after;
	remade.set(before, after.from);
	return before;
}
