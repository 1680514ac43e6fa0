import type {KubeObject} from '../../model.ts';
import {shelf} from '../shelf.ts';
import {stamp} from '../time.ts';
import {longhornObject} from './longhorn.ts';

export type SnapshotObject = KubeObject & {
	spec: {volume: string; createSnapshot?: boolean; labels?: Record<string, string>};
	status?: {readyToUse?: boolean; creationTime?: string; error?: string};
};

export type BackupObject = KubeObject & {
	spec: {snapshotName: string; labels?: Record<string, string>; [field: string]: unknown};
	status?: {
		state?: string;
		progress?: number;
		error?: string;
		volumeName?: string;
		snapshotCreatedAt?: string;
		backupCreatedAt?: string;
		[field: string]: unknown;
	};
};

export type TargetObject = KubeObject & {
	spec: {backupTargetURL: string; pollInterval: string; credentialSecret: string};
	status: {available: boolean; conditions: object[]; lastSyncedAt: string};
};

type RecurringJobObject = KubeObject & {
	spec: {
		name: string;
		task: string;
		cron: string;
		groups: string[];
		retain: number;
		concurrency: number;
		[field: string]: unknown;
	};
};

export const snapshots = shelf<SnapshotObject>('longhorn.io', 'snapshots', ['spec.volume']);
export const backups = shelf<BackupObject>('longhorn.io', 'backups', ['spec.snapshotName']);
export const targets = shelf<TargetObject>('longhorn.io', 'backuptargets', ['spec.backupTargetURL', 'status']);

/** A place that answers. */
export function target(name: string, url: string, createdAt: number, now: number): TargetObject {
	return longhornObject(
		'BackupTarget',
		{name, createdAt},
		{
			spec: {backupTargetURL: url, credentialSecret: '', pollInterval: '5m0s'},
			status: {
				available: true,
				conditions: [{type: 'Unavailable', status: 'False', reason: '', message: '', lastTransitionTime: stamp(createdAt)}],
				lastSyncedAt: stamp(now),
			},
		},
	);
}

/** A job that backs up the volumes of its group. */
export function recurringJob(name: string, cron: string, group: string, createdAt: number): RecurringJobObject {
	const spec = {name, task: 'backup', cron, groups: [group], retain: 7, concurrency: 2, labels: {}, parameters: {}};
	return longhornObject('RecurringJob', {name, createdAt}, {spec, status: {executionCount: 0, ownerID: ''}});
}

/** What Longhorn runs it by: a CronJob of the same name. */
export function jobCronJob(job: RecurringJobObject, ranAt: number): KubeObject {
	const {metadata, spec} = job;
	const command = ['longhorn-manager', '-d', 'recurring-job', metadata.name];
	const container = {name: metadata.name, image: 'longhornio/longhorn-manager', command};
	return {
		apiVersion: 'batch/v1',
		kind: 'CronJob',
		metadata: {
			name: metadata.name,
			namespace: metadata.namespace ?? '',
			creationTimestamp: metadata.creationTimestamp ?? stamp(ranAt),
			labels: {'recurring-job.longhorn.io': metadata.name},
		},
		spec: {
			schedule: spec.cron,
			suspend: false,
			concurrencyPolicy: 'Forbid',
			jobTemplate: {
				metadata: {},
				spec: {backoffLimit: 3, template: {spec: {containers: [container], restartPolicy: 'OnFailure'}}},
			},
		},
		status: {lastScheduleTime: stamp(ranAt), lastSuccessfulTime: stamp(ranAt + 60_000)},
	};
}

/** A backup of a volume by a job that went well, `at` its time. */
export function doneBackup(name: string, volume: string, job: string, at: number): BackupObject {
	return longhornObject(
		'Backup',
		{name, createdAt: at, labels: {'backup-volume': volume, 'backup-target': 'default'}},
		{
			spec: {snapshotName: name.replace(/^backup-/, ''), labels: {RecurringJob: job}, backupMode: 'incremental'},
			status: doneStatus({volumeName: volume, snapshotCreatedAt: stamp(at)}, at + 60_000),
		},
	);
}

/** How one ends that went well. */
export function doneStatus(before: BackupObject['status'], at: number): NonNullable<BackupObject['status']> {
	return {
		...before,
		state: 'Completed',
		progress: 100,
		backupCreatedAt: stamp(at),
		backupTargetName: 'default',
		size: '104857600',
		error: '',
	};
}
