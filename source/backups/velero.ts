import type {Kind, System} from '../cluster/kind.ts';
import {entries, flag, instant, items, name, number, type Raw, text} from '../cluster/raw.ts';
import type {RawName, SafeText, StoredRecord} from '../vocabulary.ts';
import {goDuration} from './go-duration.ts';
import {hostOf} from './host.ts';
import {repositoryKind} from './repository.ts';
import type {Outcome, Run} from './run.ts';
import type {Schedule} from './schedule.ts';

export type ScheduleRecord = Schedule & {
	/** False where it names kinds of objects, and claims are none of them. */
	readonly takesClaims: boolean;
};

export type BackupRecord = StoredRecord &
	Run & {
		/** The schedule that made it; `''` when somebody asked for it by hand. */
		readonly schedule: RawName;
		readonly warnings: number;
		readonly location: RawName;
	};

/** A place backups go to: a storage location of Velero's, a backup target of Longhorn's. */
export type LocationRecord = StoredRecord & {
	/** As kubectl takes it: `backupstoragelocations.velero.io`. */
	readonly resource: string;
	readonly provider: SafeText;
	readonly bucket: SafeText;
	/** The host of its `s3Url`; `''` where the provider has its own. */
	readonly host: SafeText;
	readonly isDefault: boolean;
	readonly readOnly: boolean;
	readonly phase: SafeText;
	readonly message: SafeText;
	/** Epoch ms. Only a location that answers is synced, so `syncedAt` stands still when it went away. */
	readonly validatedAt: number;
	readonly syncedAt: number;
	/** How often Velero looks, ms; 0 when never. */
	readonly checkedEvery: number;
};

export type RestoreRecord = StoredRecord & {
	readonly backup: RawName;
	readonly schedule: RawName;
	readonly phase: SafeText;
	/** Epoch ms, 0 when not yet. */
	readonly startedAt: number;
	readonly completedAt: number;
	readonly warnings: number;
	/** Into other namespaces than the data came from: a drill, not an emergency. */
	readonly isDrill: boolean;
};

const minute = 60_000;
const month = 720 * 60 * minute;
const scheduleLabel = 'velero.io/schedule-name';
const shared = {group: 'velero.io', versions: ['v1'], namespaced: true} as const;

const texts = (raw: Raw | undefined): readonly SafeText[] => items(raw).map(item => text(item, 253));
const isClaims = (resource: SafeText) => /^(\*|pvc|persistentvolumeclaims?(\.v1)?)$/.test(resource);

function takesClaims(template: Raw | undefined): boolean {
	const only = texts(template?.includedResources);
	return (only.length === 0 || only.some(isClaims)) && !texts(template?.excludedResources).some(isClaims);
}

export const scheduleKind: Kind<ScheduleRecord> = {
	...shared,
	id: 'velero/schedules',
	plural: 'schedules',
	kind: 'Schedule',
	project: (raw, identity) => {
		const {spec, status} = raw;
		return {
			...identity,
			cron: text(spec?.schedule, 128),
			paused: flag(spec?.paused),
			phase: text(status?.phase, 64),
			errors: items(status?.validationErrors).map(error => text(error, 256)),
			lastRunAt: Math.max(instant(status?.lastBackup), instant(status?.lastSkipped)),
			// Without a ttl, or with `0s`, the server keeps a backup for its default of 30 days.
			keeps: goDuration(text(spec?.template?.ttl, 64)) || month,
			location: name(spec?.template?.storageLocation),
			namespaces: texts(spec?.template?.includedNamespaces),
			leavesOut: texts(spec?.template?.excludedNamespaces),
			takesClaims: takesClaims(spec?.template),
		};
	},
};

const count = (raw: Raw | undefined): number => number(raw) ?? 0;

const outcomes: Readonly<Record<string, Outcome>> = {
	'': 'waiting',
	New: 'waiting',
	Queued: 'waiting',
	ReadyToStart: 'waiting',
	Completed: 'good',
	PartiallyFailed: 'partial',
	Failed: 'failed',
	FailedValidation: 'failed',
	Deleting: 'leaving',
};

export const backupKind: Kind<BackupRecord> = {
	...shared,
	id: 'velero/backups',
	plural: 'backups',
	kind: 'Backup',
	project: (raw, identity) => {
		const {metadata, spec, status} = raw;
		const phase = text(status?.phase, 64);
		// Phases of tomorrow count as running.
		const outcome = outcomes[phase] ?? 'running';
		const invalid = items(status?.validationErrors).map(error => text(error, 256));
		return {
			...identity,
			schedule: name(metadata?.labels?.[scheduleLabel]),
			phase,
			outcome,
			isPoint: outcome === 'good',
			startedAt: instant(status?.startTimestamp),
			completedAt: instant(status?.completionTimestamp),
			expiresAt: instant(status?.expiration),
			errors: count(status?.errors),
			warnings: count(status?.warnings),
			reason: text(status?.failureReason, 256) || (invalid[0] ?? text(undefined)),
			items: number(status?.progress?.totalItems),
			itemsDone: number(status?.progress?.itemsBackedUp),
			volumes: count(status?.volumeSnapshotsAttempted) + count(status?.csiVolumeSnapshotsAttempted),
			volumesDone: count(status?.volumeSnapshotsCompleted) + count(status?.csiVolumeSnapshotsCompleted),
			location: name(spec?.storageLocation),
		};
	},
};

export const locationKind: Kind<LocationRecord> = {
	...shared,
	id: 'velero/backupstoragelocations',
	plural: 'backupstoragelocations',
	kind: 'BackupStorageLocation',
	project: (raw, identity) => {
		const {spec, status} = raw;
		return {
			...identity,
			resource: 'backupstoragelocations.velero.io',
			provider: text(spec?.provider, 64),
			bucket: text(spec?.objectStorage?.bucket, 128),
			host: hostOf(text(spec?.config?.s3Url, 512)),
			isDefault: flag(spec?.default),
			readOnly: name(spec?.accessMode) === 'ReadOnly',
			phase: text(status?.phase, 64),
			message: text(status?.message, 256),
			validatedAt: instant(status?.lastValidationTime),
			syncedAt: instant(status?.lastSyncedTime),
			checkedEvery: goDuration(text(spec?.validationFrequency, 64)) ?? minute,
		};
	},
};

export const restoreKind: Kind<RestoreRecord> = {
	...shared,
	id: 'velero/restores',
	plural: 'restores',
	kind: 'Restore',
	project: (raw, identity) => {
		const {spec, status} = raw;
		return {
			...identity,
			backup: name(spec?.backupName),
			schedule: name(spec?.scheduleName),
			phase: text(status?.phase, 64),
			startedAt: instant(status?.startTimestamp),
			completedAt: instant(status?.completionTimestamp),
			warnings: count(status?.warnings),
			isDrill: entries(spec?.namespaceMapping).some(([from, to]) => from !== name(to)),
		};
	},
};

/** Velero 1.12 and later. */
export const velero: System = {
	id: 'velero',
	title: 'Velero',
	required: false,
	kinds: [scheduleKind, backupKind, locationKind, restoreKind, repositoryKind],
};
