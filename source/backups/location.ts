import {stillTrue, type Told} from '../reuse.ts';
import type {SafeText} from '../vocabulary.ts';
import {shownName} from '../words.ts';
import type {BackupTier} from './tier.ts';
import type {LocationRecord, ScheduleRecord} from './velero.ts';
import {checkExpires} from './verdict.ts';

/** A place backups go to, and which schedules write there. */
export type LocationFact = Told & {
	readonly key: string;
	readonly shown: SafeText;
	/** Undefined where a schedule names one that does not exist. */
	readonly record: LocationRecord | undefined;
	readonly feeds: readonly ScheduleRecord[];
	/** Nobody has looked at it for longer than anybody should. */
	readonly isUnchecked: boolean;
};

const keyOf = (namespace: string, name: string) => `location/${namespace}/${name}`;

/** Every location there is, then those that are only named. Facts of `before` that are still true stay the same objects. */
export function locationFacts(
	locations: Iterable<LocationRecord>,
	tiers: readonly BackupTier[],
	before: readonly LocationFact[],
	now: number,
): readonly LocationFact[] {
	const known = new Map(before.map(fact => [fact.key, fact]));
	const fed = Map.groupBy(
		tiers.filter(({schedule}) => schedule !== undefined),
		({location, schedule}) => {
			if (typeof location === 'object') return keyOf(location.namespace, location.name);
			return location === undefined && schedule !== undefined ? keyOf(schedule.namespace, schedule.location) : '';
		},
	);
	const schedules = (key: string) => (fed.get(key) ?? []).map(({schedule}) => schedule).filter(each => each !== undefined);
	const tell = (key: string, name: LocationRecord['name'], record: LocationRecord | undefined): LocationFact => {
		const feeds = schedules(key);
		const from = [record, ...feeds];
		const expires = record === undefined ? Number.POSITIVE_INFINITY : checkExpires(record);
		return (
			stillTrue(known.get(key), from, now) ?? {
				key,
				shown: shownName({name}),
				record,
				feeds,
				isUnchecked: now >= expires,
				from,
				asOf: now,
				turnsAt: now >= expires ? Number.POSITIVE_INFINITY : expires,
			}
		);
	};
	const there = [...locations].map(record => tell(keyOf(record.namespace, record.name), record.name, record));
	const isThere = new Set(there.map(({key}) => key));
	const missing = [...fed].flatMap(([key, [first]]) =>
		key === '' || isThere.has(key) || first?.schedule === undefined ? [] : [tell(key, first.schedule.location, undefined)],
	);
	return [...there, ...missing];
}
