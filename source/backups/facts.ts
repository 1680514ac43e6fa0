import {sameList, stillTrue, type Told} from '../reuse.ts';
import {settled, stillSettled} from '../settled.ts';
import type {ClaimRecord} from '../storage/kubernetes.ts';
import {momentOf} from '../together.ts';
import {keyOf, memoised, own, type Reading, type SourceState} from '../vocabulary.ts';
import {isKnown, shownName} from '../words.ts';
import {controllerRunning, stateUnder} from '../workloads/controllers.ts';
import {uncovered} from './coverage.ts';
import {cronJobTiers} from './cron-job-tiers.ts';
import {cycleOf} from './cycle.ts';
import type {SnapshotRecord} from './etcd.ts';
import {etcdTier} from './etcd-tier.ts';
import type {BackupsInput} from './input.ts';
import {type LocationFact, locationFacts} from './location.ts';
import type {BackupVolumeRecord} from './longhorn.ts';
import {longhornTiers, looseLonghorn} from './longhorn-tiers.ts';
import {unmaintained} from './maintenance.ts';
import {type Proof, proofOf} from './proof.ts';
import type {RepositoryRecord} from './repository.ts';
import {type BackupTier, keyOfTier, looseTier, scheduleTier} from './tier.ts';
import type {BackupRecord, ScheduleRecord} from './velero.ts';
import type {TierParts} from './verdict.ts';

const sources = [
	'schedules',
	'backups',
	'locations',
	'restores',
	'repositories',
	'snapshots',
	'recurringJobs',
	'longhornBackups',
	'targets',
	'backupVolumes',
	'cronJobs',
	'jobs',
	'claims',
] as const;

export type BackupsFacts = Told & {
	/** Of schedules first, then Longhorn's jobs, CronJobs, etcd, then what no schedule stands behind. */
	readonly tiers: readonly BackupTier[];
	readonly locations: readonly LocationFact[];
	readonly unmaintained: readonly RepositoryRecord[];
	readonly snapshots: readonly SnapshotRecord[];
	/** What the targets of Longhorn hold, one of each volume. */
	readonly backupVolumes: readonly BackupVolumeRecord[];
	/** Claims that no schedule backs up. */
	readonly uncovered: readonly ClaimRecord[];
	readonly servers: ReadonlySet<string>;
	/** All that Velero writes but restores, which stay true, is stale while it does not run; so is what Longhorn writes. */
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
	const isSeen = isKnown(input.backups.state);
	return [...input.schedules.records.values()].map(schedule => {
		const backups = bySchedule(input.backups).get(`${schedule.namespace}/${schedule.name}`) ?? [];
		const location = locationOf(schedule, input);
		const proof: Proof = isKnown(input.restores.state) ? proofOf(schedule, backups, input.restores.records.values()) : 'unseen';
		const cycle = cycleOf(schedule.cron);
		const target = input.wanted[schedule.name]?.rpo ?? cycle?.period;
		const from = [schedule, location, proof, runs, isSeen, target, ...backups];
		const what = {by: 'velero', shown: shownName(schedule), resource: 'schedules.velero.io', schedule} as const;
		const inputs = {...what, cycle, target, history: backups, location, proof, runs, isSeen};
		return stillTrue(known.get(keyOfTier(what)), from, now) ?? scheduleTier(inputs, from, now);
	});
}

/** Backups no schedule stands behind. While schedules are not known, none can be called gone. */
function tellLoose(input: BackupsInput, known: Known, now: number): readonly BackupTier[] {
	const told: BackupTier[] = [];
	for (const [key, backups] of bySchedule(input.backups)) {
		const [first] = backups;
		if (first === undefined || input.schedules.records.has(key)) continue;
		const {schedule, namespace} = first;
		if (schedule !== '' && !isKnown(input.schedules.state)) continue;
		const loose = {schedule, namespace, byHand: own('on demand'), runs: backups};
		told.push(stillTrue(known.get(`loose/${key}`), backups, now) ?? looseTier(loose, backups, now));
	}
	return told;
}

/** The snapshots of etcd, which k3s writes down whether Velero runs or not. */
function tellEtcd(input: BackupsInput, files: readonly SnapshotRecord[], known: Known): readonly BackupTier[] {
	const {etcd, wanted, snapshots} = input;
	if (!isKnown(snapshots.state)) return [];
	const now = momentOf(snapshots.state, input.now);
	const target = wanted.etcd?.rpo;
	const from = [etcd?.since, etcd?.cron, target, ...files];
	const tier = stillTrue(known.get('etcd'), from, now) ?? etcdTier({etcd, files, target}, from, now);
	return tier === undefined ? [] : [tier];
}

function tellLocations({locations, targets, now}: BackupsInput, tiers: readonly BackupTier[], before: readonly LocationFact[]) {
	const all = [...locations.records.values(), ...targets.records.values()];
	return locationFacts(all, tiers, before, momentOf(locations.state, now));
}

function statesOf(input: BackupsInput): BackupsFacts['states'] {
	const under = (state: SourceState) => stateUnder(state, input.controllers, 'velero');
	const ofLonghorn = (state: SourceState) => stateUnder(state, input.controllers, 'longhorn-manager');
	return {
		schedules: under(input.schedules.state),
		backups: under(input.backups.state),
		locations: under(input.locations.state),
		restores: input.restores.state,
		repositories: under(input.repositories.state),
		snapshots: input.snapshots.state,
		recurringJobs: input.recurringJobs.state,
		longhornBackups: ofLonghorn(input.longhornBackups.state),
		targets: ofLonghorn(input.targets.state),
		backupVolumes: ofLonghorn(input.backupVolumes.state),
		cronJobs: input.cronJobs.state,
		jobs: input.jobs.state,
		claims: input.claims.state,
	};
}

const listed = <R>(before: readonly R[] | undefined, {records}: Reading<R>): readonly R[] =>
	sameList(before, [...records.values()]);

const sameServers = (before: BackupsFacts['servers'] | undefined, servers: BackupsFacts['servers']) =>
	before !== undefined && before.size === servers.size && [...servers].every(server => before.has(server)) ? before : servers;

/** Volumes change all the time: they matter only where a recurring job takes some of them. */
function fromOf(input: BackupsInput): readonly unknown[] {
	const {servers, etcd, wanted, controllers, recurringJobs, longhornVolumes} = input;
	const volumes = recurringJobs.records.size > 0 ? longhornVolumes : undefined;
	return [...sources.map(source => input[source]), servers, etcd, wanted, controllers, volumes];
}

/** What is known of the backup tiers. Give it its last answer: what is still true stays the same object. */
export function backupsFacts(input: BackupsInput, previous?: BackupsFacts): BackupsFacts {
	const from = fromOf(input);
	const before = stillSettled(previous, from, input.now);
	if (before !== undefined) return before;
	const now = momentOf(input.backups.state, input.now);
	const known: Known = new Map(previous?.tiers.map(tier => [tier.key, tier]));
	const snapshots = listed(previous?.snapshots, input.snapshots);
	const longhornNow = momentOf(input.longhornBackups.state, input.now);
	const told = [
		...tellSchedules(input, known, now),
		...longhornTiers(input, known, longhornNow),
		...cronJobTiers(input, known, momentOf(input.cronJobs.state, input.now)),
		...tellEtcd(input, snapshots, known),
		...tellLoose(input, known, now),
		...looseLonghorn(input, known, longhornNow),
	];
	const tiers = sameList(previous?.tiers, told);
	const locations = tellLocations(input, tiers, previous?.locations ?? []);
	const neglected = unmaintained(input.repositories, input.now);
	const bare = uncovered(input, input.now);
	const turns = [...tiers, ...(input.locations.state.is === 'stale' ? [] : locations), neglected, bare]
		.map(({turnsAt}) => turnsAt)
		.filter(at => at > input.now);
	const changesAt = Math.min(Number.POSITIVE_INFINITY, ...turns);
	return settled(previous, {
		tiers,
		locations: sameList(previous?.locations, locations),
		unmaintained: sameList(previous?.unmaintained, neglected.repositories),
		snapshots,
		backupVolumes: listed(previous?.backupVolumes, input.backupVolumes),
		uncovered: sameList(previous?.uncovered, bare.claims),
		servers: sameServers(previous?.servers, input.servers),
		states: statesOf(input),
		limitedTo: input.backups.limitedTo,
		changesAt,
		from,
		asOf: input.now,
		turnsAt: changesAt,
	});
}
