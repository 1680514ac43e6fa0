import type {Kind, System} from '../cluster/kind.ts';
import {flag, instant, name, text} from '../cluster/raw.ts';
import {own, say} from '../vocabulary.ts';
import type {Schedule} from './schedule.ts';

export type CronJobRecord = Schedule & {
	/** When a job of it last completed, epoch ms; 0 when never. */
	readonly succeededAt: number;
};

export const cronJobKind: Kind<CronJobRecord> = {
	id: 'cronjobs',
	group: 'batch',
	versions: ['v1'],
	plural: 'cronjobs',
	kind: 'CronJob',
	namespaced: true,
	project: ({spec, status}, identity) => {
		const [cron, zone] = [text(spec?.schedule, 128), text(spec?.timeZone, 64)];
		return {
			...identity,
			cron: zone === '' ? cron : say`TZ=${zone} ${cron}`,
			paused: flag(spec?.suspend),
			phase: own(''),
			errors: [],
			lastRunAt: instant(status?.lastScheduleTime),
			keeps: 0,
			location: name(undefined),
			namespaces: [],
			leavesOut: [],
			succeededAt: instant(status?.lastSuccessfulTime),
		};
	},
};

/** What makes backups at its times, where a user says so; and what Longhorn runs its recurring jobs by. */
export const cronJobs: System = {id: 'cron-jobs', title: 'CronJobs', required: false, kinds: [cronJobKind]};
