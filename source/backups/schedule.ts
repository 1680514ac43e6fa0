import type {RawName, SafeText, StoredRecord} from '../vocabulary.ts';

/** What makes the backups of a tier at its times: a schedule of Velero's, a recurring job of Longhorn's, a CronJob. */
export type Schedule = StoredRecord & {
	/** Five cron fields or a descriptor, as written. */
	readonly cron: SafeText;
	readonly paused: boolean;
	/** `FailedValidation` where it is refused, and why. */
	readonly phase: SafeText;
	readonly errors: readonly SafeText[];
	/** When a run was last created or skipped, epoch ms; 0 when never. Says nothing about success. */
	readonly lastRunAt: number;
	/** How long its backups are kept, ms; 0 where nothing tells. */
	readonly keeps: number;
	/** The name of where they go; `''` means the default one. */
	readonly location: RawName;
	/** What it takes, and what it leaves out of that; empty where it takes all, or does not go by namespaces. */
	readonly namespaces: readonly SafeText[];
	readonly leavesOut: readonly SafeText[];
};
