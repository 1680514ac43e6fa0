import {type RawName, type SafeText, say} from '../vocabulary.ts';
import {count, join} from '../words.ts';

/** What became of a run. `waiting` has not begun, `leaving` is being deleted. */
export type Outcome = 'good' | 'partial' | 'failed' | 'running' | 'waiting' | 'leaving';

/** One run of a backup, whatever made it. Times are epoch ms, 0 when not yet or not known. */
export type Run = {
	readonly name: RawName;
	readonly outcome: Outcome;
	/** What became of it in the words of what made it: `PartiallyFailed`. */
	readonly phase: SafeText;
	/** Something to restore from that counts as a recovery point. */
	readonly isPoint: boolean;
	readonly createdAt: number;
	readonly startedAt: number;
	readonly completedAt: number;
	readonly expiresAt: number;
	readonly errors: number;
	readonly reason: SafeText;
	readonly items: number | undefined;
	readonly itemsDone: number | undefined;
	/** Volume snapshots: asked for, and made. */
	readonly volumes: number;
	readonly volumesDone: number;
};

/** When a run began; Velero gives synced backups a new creation time, so that is the last resort. */
export const beganAt = ({startedAt, createdAt}: Run): number => startedAt || createdAt;

/** When a run that is over ended; one that was refused never began. */
export const endedAt = (run: Run): number => run.completedAt || beganAt(run);

/** What went wrong in a run, in the words of the cluster. */
export function troubleOf({reason, errors, volumes, volumesDone}: Run): SafeText {
	const missed = volumes - volumesDone;
	return join([
		reason,
		errors === 0 ? undefined : count(errors, 'error'),
		missed > 0 ? say`${missed} of ${count(volumes, 'volume')} missing` : undefined,
	]);
}
