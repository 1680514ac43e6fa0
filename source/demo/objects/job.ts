import type {KubeObject} from '../model.ts';
import {shelf} from './shelf.ts';

type Condition = {type: string; status: string; reason: string; message: string; lastTransitionTime: string};

export type JobObject = KubeObject & {
	spec: {
		template: {spec?: {containers?: ReadonlyArray<{command?: readonly string[]}>}};
		backoffLimit?: number;
		suspend?: boolean;
	};
	status?: {
		startTime?: string;
		completionTime?: string;
		active?: number;
		ready?: number;
		succeeded?: number;
		failed?: number;
		conditions?: Condition[];
	};
};

export type CronJobObject = KubeObject & {
	spec: {schedule: string; suspend?: boolean; jobTemplate: object};
	status?: {lastScheduleTime?: string; lastSuccessfulTime?: string; active?: object[]};
};

export const jobs = shelf<JobObject>('batch', 'jobs', ['spec.template']);
export const cronJobs = shelf<CronJobObject>('batch', 'cronjobs', ['spec.jobTemplate']);
