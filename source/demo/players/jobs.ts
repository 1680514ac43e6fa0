import type {Stage} from '../model.ts';
import {cronJobs, type JobObject, jobs} from '../objects/job.ts';
import {instantOf, stamp} from '../objects/time.ts';
import type {Player} from './player.ts';

/** How long a job runs, in milliseconds. */
const takes = 20_000;

/** Jobs run and end, a little after they were made; one whose command is `false` fails. Their CronJob remembers the last that went well. */
export const jobController: Player = {
	name: 'jobs',
	every: 2,
	act: (stage, now) => {
		for (const job of jobs.all(stage.store)) advance(stage, job, now);
	},
};

const isFailing = ({spec}: JobObject): boolean => spec.template.spec?.containers?.[0]?.command?.[0] === 'false';

function ended(job: JobObject, now: number): NonNullable<JobObject['status']> {
	const {startTime = stamp(now)} = job.status ?? {};
	const condition = (type: string, reason: string, message: string) => [
		{type, status: 'True', reason, message, lastTransitionTime: stamp(now)},
	];
	if (isFailing(job)) {
		const conditions = condition('Failed', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit');
		return {startTime, failed: (job.spec.backoffLimit ?? 6) + 1, conditions};
	}
	const conditions = condition('Complete', 'CompletionsReached', 'Reached expected number of succeeded pods');
	return {startTime, completionTime: stamp(now), succeeded: 1, conditions};
}

function advance(stage: Stage, job: JobObject, now: number): void {
	const {status, spec} = job;
	if (spec.suspend === true || (status?.conditions?.length ?? 0) > 0) return;
	const isBegun = status?.startTime !== undefined;
	if (isBegun && now - instantOf(status.startTime) < takes) return;
	const next = isBegun ? ended(job, now) : {startTime: stamp(now), active: 1, ready: 1};
	jobs.change(stage.store, job, draft => {
		draft.status = next;
	});
	if (next.completionTime !== undefined) remember(stage, job, next.completionTime);
}

function remember({store}: Stage, {metadata}: JobObject, lastSuccessfulTime: string): void {
	const owner = metadata.ownerReferences?.find(({kind}) => kind === 'CronJob');
	const cronJob = owner && cronJobs.get(store, owner.name, metadata.namespace);
	if (cronJob === undefined) return;
	cronJobs.change(store, cronJob, draft => {
		draft.status = {...draft.status, lastSuccessfulTime};
	});
}
