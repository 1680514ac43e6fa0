import {ago, day, minute} from './objects.ts';

/** Objects as Longhorn really writes them, cut to what the backups pane reads. Ages are milliseconds before `now`. */
const metadata = (name: string, age: number, more: object = {}) => ({
	namespace: 'longhorn-system',
	name,
	uid: `uid-${name}`,
	creationTimestamp: ago(age),
	...more,
});

export const recurringJob = (name: string, cron: string, spec: object = {}) => ({
	apiVersion: 'longhorn.io/v1beta2',
	kind: 'RecurringJob',
	metadata: metadata(name, 100 * day),
	spec: {name, cron, task: 'backup', groups: ['default'], retain: 7, concurrency: 2, labels: {}, ...spec},
	status: {executionCount: 12},
});

/** The CronJob Longhorn makes for a recurring job, of the same name. */
export const jobCronJob = (name: string, cron: string, fields: {spec?: object; status?: object} = {}) => ({
	apiVersion: 'batch/v1',
	kind: 'CronJob',
	metadata: metadata(name, 100 * day),
	spec: {schedule: cron, suspend: false, ...fields.spec},
	status: {lastScheduleTime: ago(2 * 60 * minute), lastSuccessfulTime: ago(110 * minute), ...fields.status},
});

/** The backup of a volume that began `age` ago and took five minutes. */
export const volumeBackup = (name: string, job: string, age: number, status: object = {}) => ({
	apiVersion: 'longhorn.io/v1beta2',
	kind: 'Backup',
	metadata: metadata(name, age, {labels: {'backup-volume': `pvc-${name}`, 'backup-target': 'default'}}),
	spec: {snapshotName: `${job}-${name}`, labels: job === '' ? {} : {RecurringJob: job}, backupMode: 'incremental'},
	status: {
		state: 'Completed',
		progress: 100,
		snapshotCreatedAt: ago(age),
		backupCreatedAt: ago(age - 5 * minute),
		volumeName: `pvc-${name}`,
		backupTargetName: 'default',
		size: '104857600',
		...status,
	},
});

export const errored = {state: 'Error', progress: 0, backupCreatedAt: '', error: 'proxyServer: failed to write: no space left'};
export const inProgress = (progress: number) => ({state: 'InProgress', progress, backupCreatedAt: ''});

export const target = (name: string, url: string, status: object = {}) => ({
	apiVersion: 'longhorn.io/v1beta2',
	kind: 'BackupTarget',
	metadata: metadata(name, 100 * day),
	spec: {backupTargetURL: url, credentialSecret: 'longhorn-s3', pollInterval: '5m0s'},
	status: {available: true, conditions: [{type: 'Unavailable', status: 'False'}], lastSyncedAt: ago(minute), ...status},
});

/** The status of a target that has been away for so long. */
export const unreachable = (age: number) => ({
	available: false,
	conditions: [{type: 'Unavailable', status: 'True', reason: 'Unavailable', message: 'dial tcp 10.0.0.9:2049: i/o timeout'}],
	lastSyncedAt: ago(age),
});

export const backupVolume = (name: string, dataStored: string) => ({
	apiVersion: 'longhorn.io/v1beta2',
	kind: 'BackupVolume',
	metadata: metadata(name, 50 * day),
	spec: {backupTargetName: 'default', volumeName: name},
	status: {dataStored, lastBackupAt: ago(minute)},
});

/** A volume of a claim, in a group of recurring jobs. */
export const volume = (namespace: string, claim: string, group: string) => ({
	apiVersion: 'longhorn.io/v1beta2',
	kind: 'Volume',
	metadata: metadata(`pvc-${claim}`, 50 * day, {labels: {[`recurring-job-group.longhorn.io/${group}`]: 'enabled'}}),
	spec: {numberOfReplicas: 2, backupTargetName: 'default'},
	status: {state: 'attached', robustness: 'healthy', kubernetesStatus: {namespace, pvcName: claim, pvName: `pvc-${claim}`}},
});
