import type {Tally} from '../vocabulary.ts';
import type {Source} from './source.ts';

/** The sums of a tally by key, and how often they have changed. The map is live: compare `revision` or the sums, not it. */
export type Tallied<A> = {
	readonly current: () => ReadonlyMap<string, A>;
	readonly revision: () => number;
};

/** Keeps the sums of a tally over a source, changing only what a record changes. */
export function tallied<R, A>(source: Source<R>, {key, empty, add, remove}: Tally<R, A>): Tallied<A> {
	const sums = new Map<string, A>();
	// How many records stand behind a sum: the last one takes it along.
	const counts = new Map<string, number>();
	let revision = 0;

	const enter = (record: R) => {
		const at = key(record);
		if (at === undefined) return;
		counts.set(at, (counts.get(at) ?? 0) + 1);
		sums.set(at, add(sums.get(at) ?? empty, record));
		revision++;
	};
	const leave = (record: R) => {
		const at = key(record);
		if (at === undefined) return;
		const left = (counts.get(at) ?? 0) - 1;
		if (left > 0) {
			counts.set(at, left);
			sums.set(at, remove(sums.get(at) ?? empty, record));
		} else {
			counts.delete(at);
			sums.delete(at);
		}
		revision++;
	};

	for (const record of source.reading().records.values()) enter(record);
	source.onRecord((before, after) => {
		if (before !== undefined) leave(before);
		if (after !== undefined) enter(after);
	});
	return {current: () => sums, revision: () => revision};
}
