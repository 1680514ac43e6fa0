import type {KubeObject} from '../../model.ts';
import {shelf} from '../shelf.ts';
import {stamp} from '../time.ts';
import {type BackupSpec, veleroObject} from './velero.ts';

export type ScheduleObject = KubeObject & {
	spec: {schedule: string; template: BackupSpec; paused?: boolean; [field: string]: unknown};
	status?: {phase?: string; lastBackup?: string; lastSkipped?: string; validationErrors?: string[]};
};

export const schedules = shelf<ScheduleObject>('velero.io', 'schedules', ['spec.schedule', 'spec.template']);

export type ScheduleRow = {
	readonly name: string;
	readonly cron: string;
	/** How long its backups are kept. */
	readonly keptDays: number;
	readonly namespaces: readonly string[];
	readonly location: string;
	/** Objects of one backup, volumes in it, and how long it takes. */
	readonly items: number;
	readonly volumes: number;
	readonly minutes: number;
	readonly paused?: boolean;
};

/** A schedule; `lastBackup` is when its newest backup was created. */
export function schedule(row: ScheduleRow, createdAt: number, lastBackup: number): ScheduleObject {
	return veleroObject(
		'Schedule',
		{name: row.name, createdAt, labels: {'backup-tier': row.name}},
		{
			spec: {
				schedule: row.cron,
				skipImmediately: false,
				useOwnerReferencesInBackup: false,
				...(row.paused === undefined ? {} : {paused: row.paused}),
				template: {
					includedNamespaces: [...row.namespaces],
					storageLocation: row.location,
					ttl: `${row.keptDays * 24}h0m0s`,
					snapshotVolumes: false,
					defaultVolumesToFsBackup: true,
					csiSnapshotTimeout: '10m0s',
					itemOperationTimeout: '4h0m0s',
					hooks: {},
					metadata: {},
				},
			},
			status: {phase: 'Enabled', lastBackup: stamp(lastBackup)},
		},
	);
}
