import type {KubeObject} from '../../model.ts';
import {shelf} from '../shelf.ts';
import {day, stamp} from '../time.ts';
import type {ScheduleObject} from './schedule.ts';
import {type BackupSpec, veleroObject} from './velero.ts';

export type BackupStatus = {
	phase?: string;
	startTimestamp?: string;
	completionTimestamp?: string;
	expiration?: string;
	errors?: number;
	warnings?: number;
	failureReason?: string;
	validationErrors?: string[];
	progress?: {totalItems: number; itemsBackedUp: number};
	[field: string]: unknown;
};

export type BackupObject = KubeObject & {spec: BackupSpec; status?: BackupStatus};

export const backups = shelf<BackupObject>('velero.io', 'backups', ['spec']);

/** The name a scheduled backup gets: schedule and UTC time. */
export function backupName(schedule: string, at: number): string {
	return `${schedule}-${stamp(at).replaceAll(/[-:TZ]/g, '')}`;
}

/** A backup of a schedule, just created. */
export function backup(from: ScheduleObject, name: string, createdAt: number): BackupObject {
	const {metadata: _, ...spec} = from.spec.template;
	return veleroObject(
		'Backup',
		{
			name,
			createdAt,
			labels: {
				...from.metadata.labels,
				'velero.io/schedule-name': from.metadata.name,
				'velero.io/storage-location': spec.storageLocation ?? 'default',
			},
		},
		{spec: structuredClone(spec), status: {phase: 'New'}},
	);
}

export type Outcome = {
	readonly phase: 'Completed' | 'PartiallyFailed' | 'Failed';
	readonly startedAt: number;
	readonly endedAt: number;
	readonly items: number;
	readonly keptDays: number;
	readonly errors?: number;
	readonly warnings?: number;
	/** Volumes whose snapshots were asked for, and made. */
	readonly volumes?: {readonly asked: number; readonly made: number};
};

/** How a backup ended. */
export function outcome(row: Outcome): BackupStatus {
	const {phase, startedAt, endedAt, items, keptDays, errors = 0, warnings = 0, volumes} = row;
	return {
		version: 1,
		formatVersion: '1.1.0',
		phase,
		startTimestamp: stamp(startedAt),
		completionTimestamp: stamp(endedAt),
		expiration: stamp(startedAt + keptDays * day),
		progress: {totalItems: items, itemsBackedUp: items - errors},
		hookStatus: {},
		...(errors === 0 ? {} : {errors}),
		...(warnings === 0 ? {} : {warnings}),
		...(volumes && {csiVolumeSnapshotsAttempted: volumes.asked, csiVolumeSnapshotsCompleted: volumes.made}),
	};
}

/** The status of a backup that was not even begun: its location cannot be reached. */
export function invalidAt(location: string): BackupStatus {
	const why = `backup can't be created because BackupStorageLocation ${location} is in Unavailable status.`;
	return {version: 1, formatVersion: '1.1.0', phase: 'FailedValidation', validationErrors: [why]};
}

/** The status of a backup whose location went away while it ran: nothing of it is there. */
export function failedAt(location: string, before: BackupStatus, now: number): BackupStatus {
	const failureReason = `error putting object to BackupStorageLocation ${location}: connection refused`;
	return {...before, phase: 'Failed', completionTimestamp: stamp(now), errors: 1, failureReason};
}
