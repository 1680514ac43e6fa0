import {sameList, stillTrue, type Told} from '../reuse.ts';
import type {Settings} from '../settings.ts';
import {settled, stillSettled} from '../settled.ts';
import type {ClaimRecord} from '../storage/kubernetes.ts';
import {momentOf} from '../together.ts';
import {keyOf, memoised, type Reading, type SourceState} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import {type Controllers, controllerRunning, stateUnder} from '../workloads/controllers.ts';
import {uncovered} from './coverage.ts';
import {cycleOf} from './cycle.ts';
import type {SnapshotRecord} from './etcd.ts';
import {type EmbeddedEtcd, etcdTier} from './etcd-tier.ts';
import {type LocationFact, locationFacts} from './location.ts';
import {unmaintained} from './maintenance.ts';
import {type Proof, proofOf} from './proof.ts';
import type {RepositoryRecord} from './repository.ts';
import {type BackupTier, looseTier, scheduleTier} from './tier.ts';
import type {BackupRecord, LocationRecord, RestoreRecord, ScheduleRecord} from './velero.ts';
import type {TierParts} from './verdict.ts';

export type BackupsInput = {
	readonly schedules: Reading<ScheduleRecord>;
	readonly backups: Reading<BackupRecord>;
	readonly locations: Reading<LocationRecord>;
	readonly restores: Reading<RestoreRecord>;
	readonly repositories: Reading<RepositoryRecord>;
	readonly snapshots: Reading<SnapshotRecord>;
	/** What is to be backed up. */
	readonly claims: Reading<ClaimRecord>;
	/** The NFS and NAS servers that hold data, by name or address. */
	readonly servers: ReadonlySet<string>;
	/** Undefined where the nodes show no etcd of k3s. */
	readonly etcd: EmbeddedEtcd | undefined;
	/** What the user wants of tiers, by name. */
	readonly targets: Settings['tiers'];
	/** The pods of Velero, which runs the schedules and writes down what became of them. */
	readonly controllers: Controllers;
	/** Epoch ms on the server's clock. */
	readonly now: number;
};

const sources = ['schedules', 'backups', 'locations', 'restores', 'repositories', 'snapshots', 'claims'] as const;

export type BackupsFacts = Told & {
	/** Of schedules first, then etcd, then what no schedule stands behind. */
	readonly tiers: readonly BackupTier[];
	readonly locations: readonly LocationFact[];
	readonly unmaintained: readonly RepositoryRecord[];
	readonly snapshots: readonly SnapshotRecord[];
	/** Claims that no schedule backs up. */
	readonly uncovered: readonly ClaimRecord[];
	readonly servers: ReadonlySet<string>;
	/** All that Velero writes but restores, which stay true, is stale while it does not run. */
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
		const target = input.targets[schedule.name]?.rpo ?? cycle?.period;
		const from = [schedule, location, proof, runs, isSeen, target, ...backups];
		const inputs = {schedule, cycle, target, backups, location, proof, runs, isSeen};
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

/** The snapshots of etcd, which k3s writes down whether Velero runs or not. */
function tellEtcd(input: BackupsInput, files: readonly SnapshotRecord[], known: Known): readonly BackupTier[] {
	const {etcd, targets, snapshots} = input;
	if (!isKnown(snapshots.state)) return [];
	const now = momentOf(snapshots.state, input.now);
	const target = targets.etcd?.rpo;
	const from = [etcd?.since, etcd?.cron, target, ...files];
	const tier = stillTrue(known.get('etcd'), from, now) ?? etcdTier({etcd, files, target}, from, now);
	return tier === undefined ? [] : [tier];
}

function tellLocations({locations, now}: BackupsInput, tiers: readonly BackupTier[], before: readonly LocationFact[]) {
	return locationFacts(locations.records.values(), tiers, before, momentOf(locations.state, now));
}

function statesOf(input: BackupsInput): BackupsFacts['states'] {
	const under = (state: SourceState) => stateUnder(state, input.controllers, 'velero');
	return {
		schedules: under(input.schedules.state),
		backups: under(input.backups.state),
		locations: under(input.locations.state),
		restores: input.restores.state,
		repositories: under(input.repositories.state),
		snapshots: input.snapshots.state,
		claims: input.claims.state,
	};
}

const listed = <R>(before: readonly R[] | undefined, {records}: Reading<R>): readonly R[] =>
	sameList(before, [...records.values()]);

const sameServers = (before: BackupsFacts['servers'] | undefined, servers: BackupsFacts['servers']) =>
	before !== undefined && before.size === servers.size && [...servers].every(server => before.has(server)) ? before : servers;

/** What is known of the backup tiers. Give it its last answer: what is still true stays the same object. */
export function backupsFacts(input: BackupsInput, previous?: BackupsFacts): BackupsFacts {
	const from = [...sources.map(source => input[source]), input.servers, input.etcd, input.targets, input.controllers];
	const before = stillSettled(previous, from, input.now);
	if (before !== undefined) return before;
	const now = momentOf(input.backups.state, input.now);
	const known: Known = new Map(previous?.tiers.map(tier => [tier.key, tier]));
	const snapshots = listed(previous?.snapshots, input.snapshots);
	const told = [...tellSchedules(input, known, now), ...tellEtcd(input, snapshots, known), ...tellLoose(input, known, now)];
	const tiers = sameList(previous?.tiers, told);
	const locations = tellLocations(input, tiers, previous?.locations ?? []);
	const neglected = unmaintained(input.repositories, input.now);
	const bare = uncovered(input.claims, input.schedules, input.now);
	const turns = [...tiers, ...(input.locations.state.is === 'stale' ? [] : locations), neglected, bare]
		.map(({turnsAt}) => turnsAt)
		.filter(at => at > input.now);
	const changesAt = Math.min(Number.POSITIVE_INFINITY, ...turns);
	return settled(previous, {
		tiers,
		locations: sameList(previous?.locations, locations),
		unmaintained: sameList(previous?.unmaintained, neglected.repositories),
		snapshots,
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
