import {cronJobKind} from '../../source/backups/cron-job.ts';
import {snapshotKind} from '../../source/backups/etcd.ts';
import type {EmbeddedEtcd} from '../../source/backups/etcd-tier.ts';
import {type BackupsFacts, backupsFacts} from '../../source/backups/facts.ts';
import type {BackupsInput} from '../../source/backups/input.ts';
import {backupTargetKind, backupVolumeKind, longhornBackupKind, recurringJobKind} from '../../source/backups/longhorn.ts';
import {repositoryKind} from '../../source/backups/repository.ts';
import {backupKind, locationKind, restoreKind, scheduleKind} from '../../source/backups/velero.ts';
import {defaults, type Settings} from '../../source/settings.ts';
import {claimKind} from '../../source/storage/kubernetes.ts';
import {longhornVolumeKind} from '../../source/storage/longhorn.ts';
import type {SourceState} from '../../source/vocabulary.ts';
import {jobKind} from '../../source/workloads/job.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {reading} from '../_helpers/reading.ts';
import {ago, location, minute, now} from './objects.ts';

export type Objects = {
	readonly schedules?: readonly object[];
	readonly backups?: readonly object[];
	/** One that is available, unless told otherwise. */
	readonly locations?: readonly object[];
	readonly restores?: readonly object[];
	readonly repositories?: readonly object[];
	/** Not a cluster of k3s unless there are some, or told otherwise. */
	readonly snapshots?: readonly object[];
	/** Not a cluster with Longhorn unless there are some. */
	readonly recurringJobs?: readonly object[];
	readonly longhornBackups?: readonly object[];
	readonly backupTargets?: readonly object[];
	readonly backupVolumes?: readonly object[];
	readonly longhornVolumes?: readonly object[];
	readonly cronJobs?: readonly object[];
	readonly jobs?: readonly object[];
	readonly claims?: readonly object[];
	readonly servers?: readonly string[];
	readonly etcd?: EmbeddedEtcd;
	readonly targets?: Settings['tiers'];
	readonly states?: Partial<BackupsFacts['states']>;
	readonly veleroReady?: boolean;
	readonly longhornReady?: boolean;
	readonly now?: number;
};

const velero = (isReady: boolean) => podThat({namespace: 'velero', name: 'velero-x', labels: {component: 'velero'}}, isReady);
const manager = (isReady: boolean) =>
	podThat({namespace: 'longhorn-system', name: 'longhorn-manager-x', labels: {app: 'longhorn-manager'}}, isReady);

const podThat = (metadata: object, isReady: boolean) => ({
	metadata,
	spec: {nodeName: 'nuc-1'},
	status: {
		phase: 'Running',
		conditions: [{type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: ago(7 * minute)}],
	},
});

const longhornState = ({recurringJobs, longhornBackups}: Objects): SourceState =>
	recurringJobs === undefined && longhornBackups === undefined ? {is: 'absent'} : {is: 'live'};

const snapshotState = ({snapshots, etcd}: Objects): SourceState =>
	snapshots === undefined && etcd === undefined ? {is: 'absent'} : {is: 'live'};

/** The input of the backups slice out of raw objects, through the real projections. */
export function input(objects: Objects): BackupsInput {
	const {states = {}, veleroReady = true, longhornReady = true} = objects;
	const podsOf = (pod: object) => [...reading(podKind, [pod]).records.values()];
	const pods = podsOf(velero(veleroReady));
	const managers = podsOf(manager(longhornReady));
	return {
		schedules: reading(scheduleKind, objects.schedules ?? [], states.schedules),
		backups: reading(backupKind, objects.backups ?? [], states.backups),
		locations: reading(locationKind, objects.locations ?? [location('default')], states.locations),
		restores: reading(restoreKind, objects.restores ?? [], states.restores),
		repositories: reading(repositoryKind, objects.repositories ?? [], states.repositories),
		snapshots: reading(snapshotKind, objects.snapshots ?? [], states.snapshots ?? snapshotState(objects)),
		claims: reading(claimKind, objects.claims ?? [], states.claims),
		servers: new Set(objects.servers),
		etcd: objects.etcd,
		recurringJobs: reading(recurringJobKind, objects.recurringJobs ?? [], states.recurringJobs ?? longhornState(objects)),
		longhornBackups: reading(longhornBackupKind, objects.longhornBackups ?? [], states.longhornBackups ?? longhornState(objects)),
		targets: reading(backupTargetKind, objects.backupTargets ?? [], states.targets ?? longhornState(objects)),
		backupVolumes: reading(backupVolumeKind, objects.backupVolumes ?? [], states.backupVolumes ?? longhornState(objects)),
		longhornVolumes: reading(longhornVolumeKind, objects.longhornVolumes ?? [], longhornState(objects)),
		cronJobs: reading(cronJobKind, objects.cronJobs ?? [], states.cronJobs),
		jobs: reading(jobKind, objects.jobs ?? [], states.jobs),
		wanted: objects.targets ?? defaults.tiers,
		controllers: {
			state: {is: 'live'},
			records: new Map([
				['velero', pods],
				['longhorn-manager', managers],
			]),
			revision: 1,
		},
		now: objects.now ?? now,
	};
}

export const told = (objects: Objects, previous?: BackupsFacts): BackupsFacts => backupsFacts(input(objects), previous);
