import type {Settings} from '../settings.ts';
import type {ClaimRecord} from '../storage/kubernetes.ts';
import type {LonghornVolumeRecord} from '../storage/longhorn.ts';
import type {Reading} from '../vocabulary.ts';
import type {Controllers} from '../workloads/controllers.ts';
import type {JobRecord} from '../workloads/job.ts';
import type {CronJobRecord} from './cron-job.ts';
import type {SnapshotRecord} from './etcd.ts';
import type {EmbeddedEtcd} from './etcd-tier.ts';
import type {BackupVolumeRecord, LonghornBackupRecord, RecurringJobRecord} from './longhorn.ts';
import type {RepositoryRecord} from './repository.ts';
import type {BackupRecord, LocationRecord, RestoreRecord, ScheduleRecord} from './velero.ts';

export type BackupsInput = {
	readonly schedules: Reading<ScheduleRecord>;
	readonly backups: Reading<BackupRecord>;
	readonly locations: Reading<LocationRecord>;
	readonly restores: Reading<RestoreRecord>;
	readonly repositories: Reading<RepositoryRecord>;
	readonly snapshots: Reading<SnapshotRecord>;
	readonly recurringJobs: Reading<RecurringJobRecord>;
	readonly longhornBackups: Reading<LonghornBackupRecord>;
	readonly targets: Reading<LocationRecord>;
	readonly backupVolumes: Reading<BackupVolumeRecord>;
	readonly longhornVolumes: Reading<LonghornVolumeRecord>;
	readonly cronJobs: Reading<CronJobRecord>;
	readonly jobs: Reading<JobRecord>;
	/** What is to be backed up. */
	readonly claims: Reading<ClaimRecord>;
	/** The NFS and NAS servers that hold data, by name or address. */
	readonly servers: ReadonlySet<string>;
	/** Undefined where the nodes show no etcd of k3s. */
	readonly etcd: EmbeddedEtcd | undefined;
	/** What the user says of tiers, by name. */
	readonly wanted: Settings['tiers'];
	/** The pods of Velero and Longhorn, which run their schedules and write down what became of them. */
	readonly controllers: Controllers;
	/** Epoch ms on the server's clock. */
	readonly now: number;
};
