import type {Reading, Tally} from '../../source/vocabulary.ts';

/** A tally over all records of a reading, as the live pipeline would have it by now. */
export function tallied<R, A>(tally: Tally<R, A>, {state, records, revision}: Reading<R>): Reading<A> {
	const sums = new Map<string, A>();
	for (const record of records.values()) {
		const key = tally.key(record);
		if (key !== undefined) sums.set(key, tally.add(sums.get(key) ?? tally.empty, record));
	}
	return {state, records: sums, revision};
}
