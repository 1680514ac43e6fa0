import {safeText} from '../cluster/safe-text.ts';
import {stillTrue} from '../reuse.ts';
import {memoised, own, type RawName, type Reading} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import type {JobRecord} from '../workloads/job.ts';
import type {CronJobRecord} from './cron-job.ts';
import {cycleOf} from './cycle.ts';
import type {BackupsInput} from './input.ts';
import {endedAt, type Outcome, type Run} from './run.ts';
import {type BackupTier, keyOfTier, scheduleTier} from './tier.ts';

const byCronJob = memoised((jobs: Reading<JobRecord>) =>
	Map.groupBy(
		jobs.records.values().filter(({cronJob}) => cronJob !== ''),
		({namespace, cronJob}) => `${namespace}/${cronJob}`,
	),
);

const blank = {
	expiresAt: 0,
	errors: 0,
	reason: own(''),
	items: undefined,
	itemsDone: undefined,
	volumes: 0,
	volumesDone: 0,
};

const phases = {good: own('Complete'), failed: own('Failed'), running: own('running'), waiting: own('waiting')} as const;

function runOf({name, createdAt, startedAt, completedAt, failed}: JobRecord): Run {
	const ended = completedAt > 0 ? 'good' : undefined;
	const outcome: Outcome & keyof typeof phases =
		failed !== undefined ? 'failed' : (ended ?? (startedAt > 0 ? 'running' : 'waiting'));
	return {
		...blank,
		name,
		outcome,
		phase: phases[outcome],
		isPoint: outcome === 'good',
		createdAt,
		startedAt,
		completedAt: failed?.at ?? completedAt,
		reason: failed === undefined ? blank.reason : failed.message || failed.reason,
	};
}

/** Its jobs may be gone already, while the CronJob still knows when one went well last. */
function rememberedRun({name, succeededAt, lastRunAt}: CronJobRecord): Run {
	const startedAt = lastRunAt > 0 && lastRunAt <= succeededAt ? lastRunAt : succeededAt;
	return {
		...blank,
		name,
		outcome: 'good',
		phase: phases.good,
		isPoint: true,
		createdAt: startedAt,
		startedAt,
		completedAt: succeededAt,
	};
}

/** The jobs of a CronJob as runs of a backup. */
export function cronJobRuns(cronJob: CronJobRecord, jobs: readonly JobRecord[]): readonly Run[] {
	const runs = jobs.map(runOf);
	const isThere = runs.some(run => run.isPoint && endedAt(run) >= cronJob.succeededAt);
	return cronJob.succeededAt === 0 || isThere ? runs : [...runs, rememberedRun(cronJob)];
}

/** What stands for a CronJob that is declared as a tier and is not there. */
const missing = (path: string): CronJobRecord => {
	const [namespace = '', name = ''] = path.split('/');
	return {
		uid: '',
		namespace: namespace as RawName,
		name: name as RawName,
		actionable: false,
		createdAt: 0,
		cron: own(''),
		paused: false,
		phase: own('FailedValidation'),
		errors: [safeText(`there is no CronJob ${path}`, 320)],
		lastRunAt: 0,
		keeps: 0,
		location: '' as RawName,
		namespaces: [],
		leavesOut: [],
		succeededAt: 0,
	};
};

/** The CronJobs that the user declares as tiers. While they are not read, none is said to be missing. */
export function cronJobTiers(input: BackupsInput, known: ReadonlyMap<string, BackupTier>, now: number): readonly BackupTier[] {
	const {cronJobs, jobs, wanted} = input;
	if (!isKnown(cronJobs.state)) return [];
	return Object.entries(wanted).flatMap(([tier, {cronJob: path, rpo}]): readonly BackupTier[] => {
		if (path === undefined) return [];
		const record = cronJobs.records.get(path);
		const own = record === undefined ? [] : (byCronJob(jobs).get(path) ?? []);
		const schedule = record ?? missing(path);
		const isSeen = isKnown(jobs.state);
		const cycle = cycleOf(schedule.cron);
		const target = record === undefined ? undefined : (rpo ?? cycle?.period);
		const from = [record, path, tier, isSeen, target, ...own];
		const tell = () =>
			scheduleTier(
				{
					by: 'cronjob',
					shown: safeText(tier, 253),
					resource: 'cronjobs.batch',
					schedule,
					cycle,
					target,
					history: record === undefined ? [] : cronJobRuns(record, own),
					location: 'unseen',
					proof: undefined,
					runs: true,
					isSeen,
				},
				from,
				now,
			);
		return [stillTrue(known.get(keyOfTier({by: 'cronjob', schedule})), from, now) ?? tell()];
	});
}
