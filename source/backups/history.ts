import type {BackupRecord} from './velero.ts';

/** What became of a run. `waiting` has not begun, `leaving` is being deleted. */
export type Outcome = 'good' | 'partial' | 'failed' | 'running' | 'waiting' | 'leaving';

const outcomes: Readonly<Record<string, Outcome>> = {
	'': 'waiting',
	New: 'waiting',
	Queued: 'waiting',
	ReadyToStart: 'waiting',
	Completed: 'good',
	PartiallyFailed: 'partial',
	Failed: 'failed',
	FailedValidation: 'failed',
	Deleting: 'leaving',
};

/** The outcome a phase stands for; phases of tomorrow count as running. */
export const outcomeOf = ({phase}: BackupRecord): Outcome => outcomes[phase] ?? 'running';

/** When a run began; Velero gives synced backups a new creation time, so that is the last resort. */
export const beganAt = ({startedAt, createdAt}: BackupRecord): number => startedAt || createdAt;

/** The runs of one tier, and what they come to. */
export type History = {
	/** Newest first. */
	readonly runs: readonly BackupRecord[];
	/** The newest completed run: the recovery point is its start. */
	readonly point: BackupRecord | undefined;
	/** The newest run that has ended. */
	readonly last: BackupRecord | undefined;
	/** A run under way or waiting, the oldest: while it is there, no other begins. */
	readonly current: BackupRecord | undefined;
	/** How many of the newest ended runs failed in a row. */
	readonly failures: number;
	/** 95th percentile of the run times of the last ten completed runs, ms; 0 without any. */
	readonly takes: number;
};

function percentile(durations: readonly number[]): number {
	const sorted = durations.toSorted((a, b) => a - b);
	return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}

const hasEnded = (run: BackupRecord) => ['good', 'partial', 'failed'].includes(outcomeOf(run));
const isOpen = (run: BackupRecord) => ['running', 'waiting'].includes(outcomeOf(run));

/** Sums up the runs of a tier, given in any order. */
export function historyOf(backups: readonly BackupRecord[]): History {
	const runs = backups.toSorted((a, b) => beganAt(b) - beganAt(a));
	const ended = runs.filter(hasEnded);
	const good = runs.filter(run => outcomeOf(run) === 'good');
	const firstOther = ended.findIndex(run => outcomeOf(run) !== 'failed');
	const times = good.filter(({startedAt, completedAt}) => startedAt > 0 && completedAt >= startedAt);
	return {
		runs,
		point: good[0],
		last: ended[0],
		current: runs.findLast(isOpen),
		failures: firstOther === -1 ? ended.length : firstOther,
		takes: percentile(times.slice(0, 10).map(({startedAt, completedAt}) => completedAt - startedAt)),
	};
}

/** How many completed runs are still there to restore from at `now` (epoch ms). */
export function keptOf({runs}: History, now: number): number {
	return runs.filter(run => outcomeOf(run) === 'good' && (run.expiresAt === 0 || run.expiresAt > now)).length;
}
