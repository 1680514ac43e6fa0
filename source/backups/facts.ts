import {sameList, stillTrue, type Told} from '../reuse.ts';
import {settled, stillSettled} from '../settled.ts';
import {momentOf} from '../together.ts';
import {keyOf, memoised, type Reading, type SourceState} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import {type Controllers, controllerRunning, stateUnder} from '../workloads/controllers.ts';
import {cycleOf} from './cycle.ts';
import {proofOf} from './proof.ts';
import {type BackupTier, looseTier, scheduleTier} from './tier.ts';
import type {BackupRecord, LocationRecord, RestoreRecord, ScheduleRecord} from './velero.ts';
import type {TierParts} from './verdict.ts';

export type BackupsInput = {
	readonly schedules: Reading<ScheduleRecord>;
	readonly backups: Reading<BackupRecord>;
	readonly locations: Reading<LocationRecord>;
	readonly restores: Reading<RestoreRecord>;
	/** The pods of Velero, which runs the schedules and writes down what became of them. */
	readonly controllers: Controllers;
	/** Epoch ms on the server's clock. */
	readonly now: number;
};

const sources = ['schedules', 'backups', 'locations', 'restores'] as const;

export type BackupsFacts = Told & {
	readonly tiers: readonly BackupTier[];
	/** Locations that are away and feed no schedule. */
	readonly unusedAway: readonly LocationRecord[];
	/** Those of schedules and backups are stale while Velero does not run. */
	readonly states: Readonly<Record<(typeof sources)[number], SourceState>>;
	readonly limitedTo: Reading<BackupRecord>['limitedTo'];
	/** The earliest moment at which something here changes without an event, epoch ms. */
	readonly changesAt: number;
};

const bySchedule = memoised((backups: Reading<BackupRecord>) =>
	Map.groupBy(backups.records.values(), ({namespace, schedule}) => `${namespace}/${schedule}`),
);

/** The location a schedule writes to: the one it names, else the default one of its namespace. */
function locationOf({namespace, location}: ScheduleRecord, {locations}: BackupsInput): TierParts['location'] {
	if (!isKnown(locations.state)) return 'unseen';
	if (location !== '') return locations.records.get(keyOf(namespace, location));
	const here = [...locations.records.values()].filter(candidate => candidate.namespace === namespace);
	// Without a marked default the server's own flag decides, which cannot be seen; `default` is what it says unless told otherwise.
	return here.find(({isDefault}) => isDefault) ?? here.find(({name}) => name === 'default') ?? 'unseen';
}

type Known = ReadonlyMap<string, BackupTier>;

function tellSchedules(input: BackupsInput, known: Known, now: number): readonly BackupTier[] {
	const runs = controllerRunning(input.controllers, 'velero') !== false;
	return [...input.schedules.records.values()].map(schedule => {
		const backups = bySchedule(input.backups).get(`${schedule.namespace}/${schedule.name}`) ?? [];
		const location = locationOf(schedule, input);
		const proof = proofOf(schedule, backups, input.restores.records.values());
		const from = [schedule, location, proof, runs, ...backups];
		const inputs = {schedule, cycle: cycleOf(schedule.cron), backups, location, proof, runs};
		return stillTrue(known.get(`schedule/${schedule.namespace}/${schedule.name}`), from, now) ?? scheduleTier(inputs, from, now);
	});
}

/** Backups no schedule stands behind. While schedules are not known, none can be called gone. */
function tellLoose(input: BackupsInput, known: Known, now: number): readonly BackupTier[] {
	const told: BackupTier[] = [];
	for (const [key, backups] of bySchedule(input.backups)) {
		const schedule = backups[0]?.schedule;
		if (schedule === undefined || input.schedules.records.has(key)) continue;
		if (schedule !== '' && !isKnown(input.schedules.state)) continue;
		told.push(stillTrue(known.get(`loose/${key}`), backups, now) ?? looseTier(schedule, backups, backups, now));
	}
	return told;
}

function unusedAway({locations}: BackupsInput, tiers: readonly BackupTier[]): readonly LocationRecord[] {
	const used = new Set(tiers.map(({location}) => location));
	return [...locations.records.values()].filter(location => location.phase === 'Unavailable' && !used.has(location));
}

function statesOf(input: BackupsInput): BackupsFacts['states'] {
	const under = (state: SourceState) => stateUnder(state, input.controllers, 'velero');
	return {
		schedules: under(input.schedules.state),
		backups: under(input.backups.state),
		locations: input.locations.state,
		restores: input.restores.state,
	};
}

/** What is known of the backup tiers. Give it its last answer: what is still true stays the same object. */
export function backupsFacts(input: BackupsInput, previous?: BackupsFacts): BackupsFacts {
	const from = [...sources.map(source => input[source]), input.controllers];
	const before = stillSettled(previous, from, input.now);
	if (before !== undefined) return before;
	const now = momentOf(input.backups.state, input.now);
	const known: Known = new Map(previous?.tiers.map(tier => [tier.key, tier]));
	const tiers = sameList(previous?.tiers, [...tellSchedules(input, known, now), ...tellLoose(input, known, now)]);
	const changesAt = tiers.reduce((at, {turnsAt}) => (turnsAt > input.now ? Math.min(at, turnsAt) : at), Number.POSITIVE_INFINITY);
	return settled(previous, {
		tiers,
		unusedAway: sameList(previous?.unusedAway, unusedAway(input, tiers)),
		states: statesOf(input),
		limitedTo: input.backups.limitedTo,
		changesAt,
		from,
		asOf: input.now,
		turnsAt: changesAt,
	});
}
