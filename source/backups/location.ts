import {stillTrue, type Told} from '../reuse.ts';
import type {RawName, SafeText} from '../vocabulary.ts';
import {shownName} from '../words.ts';
import type {Schedule} from './schedule.ts';
import type {BackupTier} from './tier.ts';
import type {LocationRecord} from './velero.ts';
import {checkExpires} from './verdict.ts';

/** A place backups go to, and which schedules write there. */
export type LocationFact = Told & {
	readonly key: string;
	readonly shown: SafeText;
	/** Undefined where a schedule names one that does not exist. */
	readonly record: LocationRecord | undefined;
	readonly feeds: readonly Schedule[];
	/** Nobody has looked at it for longer than anybody should. */
	readonly isUnchecked: boolean;
};

const keyOf = (namespace: string, name: string) => `location/${namespace}/${name}`;

/** Which schedules write to which location, by its key. */
function feeding(tiers: readonly BackupTier[]): ReadonlyMap<string, readonly Schedule[]> {
	const fed = new Map<string, readonly Schedule[]>();
	for (const {schedule, location} of tiers) {
		if (schedule === undefined || location === 'unseen') continue;
		const name = location?.name ?? schedule.location;
		const key = keyOf(schedule.namespace, name);
		fed.set(key, [...(fed.get(key) ?? []), schedule]);
	}
	return fed;
}

type Place = Pick<LocationFact, 'key' | 'record'> & {readonly name: RawName};

function locationFact(
	{key, name, record}: Place,
	feeds: LocationFact['feeds'],
	from: readonly unknown[],
	now: number,
): LocationFact {
	const expires = record === undefined ? Number.POSITIVE_INFINITY : checkExpires(record);
	const isUnchecked = now >= expires;
	const turnsAt = isUnchecked ? Number.POSITIVE_INFINITY : expires;
	return {key, shown: shownName({name}), record, feeds, isUnchecked, from, asOf: now, turnsAt};
}

/** Every location there is, then those that are only named. Facts of `before` that are still true stay the same objects. */
export function locationFacts(
	locations: Iterable<LocationRecord>,
	tiers: readonly BackupTier[],
	before: readonly LocationFact[],
	now: number,
): readonly LocationFact[] {
	const known = new Map(before.map(fact => [fact.key, fact]));
	const fed = feeding(tiers);
	const there = [...locations].map((record): Place => ({key: keyOf(record.namespace, record.name), name: record.name, record}));
	const isThere = new Set(there.map(({key}) => key));
	const missing = [...fed].flatMap(([key, [first]]): Place[] =>
		first === undefined || isThere.has(key) ? [] : [{key, name: first.location, record: undefined}],
	);
	return [...there, ...missing].map(place => {
		const feeds = fed.get(place.key) ?? [];
		const from = [place.record, ...feeds];
		return stillTrue(known.get(place.key), from, now) ?? locationFact(place, feeds, from, now);
	});
}
