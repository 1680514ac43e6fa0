import type {KubeObject, ResourceType} from '../model.ts';
import {object} from './object.ts';
import {shelf} from './shelf.ts';
import {day, stamp} from './time.ts';

export const veleroNamespace = 'velero';
const version = 'velero.io/v1';

export type BackupSpec = {includedNamespaces?: string[]; ttl?: string; storageLocation?: string; [field: string]: unknown};

export type ScheduleObject = KubeObject & {
	spec: {schedule: string; template: BackupSpec; paused?: boolean; [field: string]: unknown};
	status?: {phase?: string; lastBackup?: string; lastSkipped?: string};
};

export type BackupStatus = {
	phase?: string;
	startTimestamp?: string;
	completionTimestamp?: string;
	expiration?: string;
	errors?: number;
	warnings?: number;
	failureReason?: string;
	progress?: {totalItems: number; itemsBackedUp: number};
	[field: string]: unknown;
};

export type BackupObject = KubeObject & {spec: BackupSpec; status?: BackupStatus};

export type LocationObject = KubeObject & {
	status?: {phase?: string; lastSyncedTime?: string; lastValidationTime?: string; message?: string};
};

export const schedules = shelf<ScheduleObject>('velero.io', 'schedules');
export const backups = shelf<BackupObject>('velero.io', 'backups');
export const locations = shelf<LocationObject>('velero.io', 'backupstoragelocations');

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
	return object(
		version,
		'Schedule',
		{namespace: veleroNamespace, name: row.name, createdAt, generation: 1, labels: {'backup-tier': row.name}},
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

/** The name a scheduled backup gets: schedule and UTC time. */
export function backupName(schedule: string, at: number): string {
	return `${schedule}-${stamp(at).replaceAll(/[-:TZ]/g, '')}`;
}

/** A backup of a schedule, just created. */
export function backup(from: ScheduleObject, name: string, createdAt: number): BackupObject {
	const {metadata: _, ...spec} = from.spec.template;
	return object(
		version,
		'Backup',
		{
			namespace: veleroNamespace,
			name,
			createdAt,
			generation: 1,
			labels: {
				...from.metadata.labels,
				'velero.io/schedule-name': from.metadata.name,
				'velero.io/storage-location': spec.storageLocation ?? 'default',
			},
			annotations: {'velero.io/source-cluster-k8s-gitversion': 'v1.35.4+k3s1', 'velero.io/resource-timeout': '10m0s'},
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
};

/** How a backup ended. */
export function outcome(row: Outcome): BackupStatus {
	const {phase, startedAt, endedAt, items, keptDays, errors = 0, warnings = 0} = row;
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
	};
}

export type LocationRow = {readonly name: string; readonly bucket: string; readonly url: string; readonly region: string};

export function location(row: LocationRow, createdAt: number, now: number): LocationObject {
	return object(
		version,
		'BackupStorageLocation',
		{namespace: veleroNamespace, name: row.name, createdAt, generation: 1},
		{
			spec: {
				provider: 'aws',
				default: true,
				accessMode: 'ReadWrite',
				objectStorage: {bucket: row.bucket, prefix: 'velero'},
				config: {region: row.region, s3Url: row.url, s3ForcePathStyle: 'true'},
				credential: {name: 'cloud-credentials', key: 'cloud'},
			},
			status: {phase: 'Available', lastSyncedTime: stamp(now), lastValidationTime: stamp(now)},
		},
	);
}

export type RestoreRow = {
	readonly name: string;
	readonly backup: string;
	readonly namespaces: readonly string[];
	readonly mapping?: Readonly<Record<string, string>>;
	readonly startedAt: number;
	readonly minutes: number;
	readonly items: number;
};

/** A restore that went well; with a `mapping` it was a drill. */
export function restore(row: RestoreRow): KubeObject {
	const {name, startedAt, items} = row;
	return object(
		version,
		'Restore',
		{
			namespace: veleroNamespace,
			name,
			createdAt: startedAt,
			generation: 1,
			finalizers: ['restores.velero.io/external-resources-finalizer'],
		},
		{
			spec: {
				backupName: row.backup,
				includedNamespaces: [...row.namespaces],
				excludedResources: ['nodes', 'events', 'backups.velero.io', 'restores.velero.io'],
				...(row.mapping ? {namespaceMapping: {...row.mapping}} : {}),
				itemOperationTimeout: '4h0m0s',
				hooks: {},
			},
			status: {
				phase: 'Completed',
				startTimestamp: stamp(startedAt),
				completionTimestamp: stamp(startedAt + row.minutes * 60_000),
				progress: {totalItems: items, itemsRestored: items},
				hookStatus: {},
			},
		},
	);
}

function crd(plural: string, kind: string, shortName?: string): ResourceType {
	const shared = {group: 'velero.io', versions: ['v1'], namespaced: true, custom: true, singular: kind.toLowerCase()};
	return {...shared, plural, kind, ...(shortName ? {shortNames: [shortName]} : {})};
}

export const veleroResources: readonly ResourceType[] = [
	crd('schedules', 'Schedule'),
	crd('backups', 'Backup'),
	crd('restores', 'Restore'),
	crd('backupstoragelocations', 'BackupStorageLocation', 'bsl'),
	crd('backuprepositories', 'BackupRepository'),
	crd('podvolumebackups', 'PodVolumeBackup'),
	crd('deletebackuprequests', 'DeleteBackupRequest'),
	crd('downloadrequests', 'DownloadRequest'),
];
