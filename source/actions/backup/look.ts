import {cronJobKind} from '../../backups/cron-job.ts';
import {snapshotKind} from '../../backups/etcd.ts';
import {type BackupsFacts, backupsFacts} from '../../backups/facts.ts';
import {
	backupTargetKind,
	type LonghornBackupRecord,
	longhornBackupKind,
	type RecurringJobRecord,
	recurringJobKind,
} from '../../backups/longhorn.ts';
import {backupKind, locationKind, scheduleKind} from '../../backups/velero.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {embeddedEtcd} from '../../findings/embedded-etcd.ts';
import {type NodeRecord, nodeKind} from '../../nodes/node.ts';
import {type LonghornVolumeRecord, longhornVolumeKind} from '../../storage/longhorn.ts';
import type {Reading} from '../../vocabulary.ts';
import {jobKind} from '../../workloads/job.ts';
import type {Hands} from '../hands.ts';

/** The tiers as they are now, and what they are made of. */
export type BackupsLook = {
	readonly facts: BackupsFacts;
	readonly jobs: Reading<RecurringJobRecord>;
	readonly backups: Reading<LonghornBackupRecord>;
	readonly volumes: Reading<LonghornVolumeRecord>;
	readonly servers: readonly NodeRecord[];
};

/** What nobody needs for making a backup. */
const unneeded: Reading<never> = {state: {is: 'absent'}, records: new Map<string, never>(), revision: 0};
/** Who runs them is looked at where it matters. */
const unasked = {state: {is: 'loading'}, records: new Map(), revision: 0} as const;

/** Reads the tiers anew. Never rejects: what may not be read is told in the states of the facts. */
export async function lookAtBackups(reader: Reader, {settings, now}: Pick<Hands, 'settings' | 'now'>): Promise<BackupsLook> {
	const [velero, longhorn, cronJobs, jobs, snapshots, nodes] = await Promise.all([
		Promise.all([reader.read(scheduleKind), reader.read(backupKind), reader.read(locationKind)]),
		Promise.all([
			reader.read(recurringJobKind),
			reader.read(longhornBackupKind),
			reader.read(backupTargetKind),
			reader.read(longhornVolumeKind),
		]),
		reader.read(cronJobKind),
		reader.read(jobKind),
		reader.read(snapshotKind),
		reader.read(nodeKind, {labelSelector: 'node-role.kubernetes.io/etcd=true'}),
	]);
	const [schedules, backups, locations] = velero;
	const [recurringJobs, longhornBackups, targets, volumes] = longhorn;
	const servers = [...nodes.records.values()];
	const facts = backupsFacts({
		schedules,
		backups,
		locations,
		restores: unneeded,
		repositories: unneeded,
		snapshots,
		recurringJobs,
		longhornBackups,
		targets,
		backupVolumes: unneeded,
		longhornVolumes: volumes,
		cronJobs,
		jobs,
		claims: unneeded,
		servers: new Set(),
		etcd: embeddedEtcd(servers.map(node => ({node}))),
		wanted: settings.tiers,
		controllers: unasked,
		now: now(),
	});
	return {facts, jobs: recurringJobs, backups: longhornBackups, volumes, servers};
}
