import {stillTrue} from '../reuse.ts';
import type {LonghornVolumeRecord} from '../storage/longhorn.ts';
import {keyOf, memoised, own, type RawName, type Reading} from '../vocabulary.ts';
import {isKnown, shownName} from '../words.ts';
import {controllerRunning} from '../workloads/controllers.ts';
import type {CronJobRecord} from './cron-job.ts';
import {type Cycle, cycleOf} from './cycle.ts';
import type {BackupsInput} from './input.ts';
import {type LonghornBackupRecord, type RecurringJobRecord, takesVolume} from './longhorn.ts';
import {longhornRuns} from './longhorn-runs.ts';
import type {Schedule} from './schedule.ts';
import {type BackupTier, keyOfTier, looseTier, scheduleTier} from './tier.ts';
import type {TierParts} from './verdict.ts';

const byJob = memoised((backups: Reading<LonghornBackupRecord>) =>
	Map.groupBy(backups.records.values(), ({namespace, job}) => `${namespace}/${job}`),
);

/** What Longhorn's CronJob of the same name knows of a job: when it ran, and whether somebody suspended it. */
function scheduleOf(
	{cron, retain, ...job}: RecurringJobRecord,
	cronJob: CronJobRecord | undefined,
	cycle: Cycle | undefined,
	target: RawName,
): Schedule {
	const {uid, namespace, name, actionable, createdAt} = job;
	return {
		uid,
		namespace,
		name,
		actionable,
		createdAt,
		cron,
		paused: cronJob?.paused ?? false,
		phase: own(''),
		errors: [],
		lastRunAt: cronJob?.lastRunAt ?? 0,
		keeps: retain * (cycle?.period ?? 0),
		location: target,
		namespaces: [],
		leavesOut: [],
	};
}

const usual = 'default' as RawName;

/** Where the volumes of a job are backed up to. */
function targetOf(job: RecurringJobRecord, volumes: Iterable<LonghornVolumeRecord>): RawName {
	for (const volume of volumes) if (takesVolume(job, volume)) return volume.backupTarget || usual;
	return usual;
}

function locationOf({namespace}: RecurringJobRecord, target: RawName, {targets}: BackupsInput): TierParts['location'] {
	return isKnown(targets.state) ? targets.records.get(keyOf(namespace, target)) : 'unseen';
}

/** The recurring jobs of Longhorn as tiers. */
export function longhornTiers(input: BackupsInput, known: ReadonlyMap<string, BackupTier>, now: number): readonly BackupTier[] {
	const runs = controllerRunning(input.controllers, 'longhorn-manager') !== false;
	const isSeen = isKnown(input.longhornBackups.state);
	return [...input.recurringJobs.records.values()].map(job => {
		const path = `${job.namespace}/${job.name}`;
		const backups = byJob(input.longhornBackups).get(path) ?? [];
		const cronJob = input.cronJobs.records.get(path);
		const cycle = cycleOf(job.cron);
		const place = targetOf(job, input.longhornVolumes.records.values());
		const location = locationOf(job, place, input);
		const target = input.wanted[job.name]?.rpo ?? cycle?.period;
		const from = [job, cronJob, place, location, runs, isSeen, target, ...backups];
		const key = keyOfTier({by: 'longhorn', schedule: job});
		const tell = () =>
			scheduleTier(
				{
					by: 'longhorn',
					shown: shownName(job),
					resource: 'recurringjobs.longhorn.io',
					schedule: scheduleOf(job, cronJob, cycle, place),
					cycle,
					target,
					history: longhornRuns(backups, cycle?.period),
					location,
					proof: undefined,
					runs,
					isSeen,
				},
				from,
				now,
			);
		return stillTrue(known.get(key), from, now) ?? tell();
	});
}

/** Backups of volumes that no recurring job stands behind. While jobs are not known, none can be called gone. */
export function looseLonghorn(input: BackupsInput, known: ReadonlyMap<string, BackupTier>, now: number): readonly BackupTier[] {
	return [...byJob(input.longhornBackups)].flatMap(([path, backups]): readonly BackupTier[] => {
		const [first] = backups;
		if (first === undefined || input.recurringJobs.records.has(path)) return [];
		const {job: schedule, namespace} = first;
		if (schedule !== '' && !isKnown(input.recurringJobs.state)) return [];
		const loose = () => ({schedule, namespace, byHand: own('Longhorn on demand'), runs: longhornRuns(backups, undefined)});
		return [stillTrue(known.get(`loose/${path}`), backups, now) ?? looseTier(loose(), backups, now)];
	});
}
