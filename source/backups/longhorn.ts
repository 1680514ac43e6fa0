import type {Kind, System} from '../cluster/kind.ts';
import {flag, instant, items, name, number, type Raw, text} from '../cluster/raw.ts';
import {safeText} from '../cluster/safe-text.ts';
import type {LonghornVolumeRecord} from '../storage/longhorn.ts';
import {own, type RawName, type SafeText, type StoredRecord} from '../vocabulary.ts';
import {goDuration} from './go-duration.ts';
import {hostOf} from './host.ts';
import type {Outcome, Run} from './run.ts';
import type {LocationRecord} from './velero.ts';

/** A recurring job of Longhorn's that makes backups; those that make snapshots only are left out. */
export type RecurringJobRecord = StoredRecord & {
	/** Five cron fields, as written. */
	readonly cron: SafeText;
	/** It runs for volumes in these groups, beside those that name it. */
	readonly groups: readonly RawName[];
	/** How many backups of a volume it keeps, and of how many volumes it makes them at once. */
	readonly retain: number;
	readonly concurrency: number;
};

/** The backup of one volume. */
export type LonghornBackupRecord = StoredRecord &
	Run & {
		/** The recurring job that made it; `''` where somebody asked for it by hand. */
		readonly job: RawName;
		/** What was asked for together has this in common; `''` where the job itself made it. */
		readonly batch: RawName;
		readonly volume: RawName;
		readonly target: RawName;
	};

/** What a target holds of one volume. */
export type BackupVolumeRecord = StoredRecord & {
	readonly target: RawName;
	/** Bytes stored there. */
	readonly stored: number | undefined;
};

const shared = {group: 'longhorn.io', versions: ['v1beta2'], namespaced: true} as const;

/** Labels in `spec.labels` of a backup: the job it belongs to is Longhorn's own, what was asked for together is ours. */
export const jobLabel = 'RecurringJob';
export const batchLabel = 'midwatch';

export const recurringJobKind: Kind<RecurringJobRecord> = {
	...shared,
	id: 'longhorn/recurringjobs',
	plural: 'recurringjobs',
	kind: 'RecurringJob',
	project: ({spec}, identity) =>
		/^backup(-force-create)?$/.test(name(spec?.task))
			? {
					...identity,
					cron: text(spec?.cron, 128),
					groups: items(spec?.groups).map(name),
					retain: number(spec?.retain) ?? 0,
					concurrency: Math.max(1, number(spec?.concurrency) ?? 1),
				}
			: undefined,
};

/** Whether a job runs for a volume: it is named there, or one of its groups is. */
export const takesVolume = ({name, groups}: RecurringJobRecord, volume: Pick<LonghornVolumeRecord, 'jobs' | 'groups'>): boolean =>
	volume.jobs.includes(name) || volume.groups.some(group => groups.includes(group));

const outcomes: Readonly<Record<string, Outcome>> = {
	'': 'waiting',
	New: 'waiting',
	Pending: 'waiting',
	Completed: 'good',
	Error: 'failed',
	// Longhorn lost sight of it, and calls that an end.
	Unknown: 'failed',
	Deleting: 'leaving',
};

function timesOf(status: Raw | undefined, outcome: Outcome) {
	const endedAt = instant(status?.backupCreatedAt);
	return {
		startedAt: instant(status?.snapshotCreatedAt),
		// One that failed is not in the target, so that nothing there tells when.
		completedAt: outcome === 'failed' ? endedAt || instant(status?.lastSyncedAt) : endedAt,
	};
}

export const longhornBackupKind: Kind<LonghornBackupRecord> = {
	...shared,
	id: 'longhorn/backups',
	plural: 'backups',
	kind: 'Backup',
	project: (raw, identity) => {
		const {metadata, spec, status} = raw;
		const phase = text(status?.state, 64);
		// States of tomorrow count as running.
		const outcome = outcomes[phase] ?? 'running';
		const progress = number(status?.progress);
		const labels = spec?.labels ?? status?.labels;
		return {
			...identity,
			job: name(labels?.[jobLabel]),
			batch: name(labels?.[batchLabel]),
			volume: name(status?.volumeName) || name(metadata?.labels?.['backup-volume']),
			target: name(status?.backupTargetName) || name(metadata?.labels?.['backup-target']),
			phase,
			outcome,
			isPoint: outcome === 'good',
			...timesOf(status, outcome),
			expiresAt: 0,
			errors: 0,
			reason: text(status?.error, 256),
			items: 1,
			itemsDone: outcome === 'good' ? 1 : (progress ?? 0) / 100,
			volumes: 1,
			volumesDone: outcome === 'good' ? 1 : 0,
		};
	},
};

export const backupVolumeKind: Kind<BackupVolumeRecord> = {
	...shared,
	id: 'longhorn/backupvolumes',
	plural: 'backupvolumes',
	kind: 'BackupVolume',
	project: ({spec, status}, identity) => ({
		...identity,
		target: name(spec?.backupTargetName),
		stored: number(status?.dataStored),
	}),
};

/** `s3://bucket@region/path`, `nfs://server:/share`, `cifs://server/share`, `azblob://container@endpoint/path`. */
function placeIn(url: SafeText): Pick<LocationRecord, 'provider' | 'bucket' | 'host'> {
	const [, provider = '', rest = ''] = /^([a-z0-9]+):\/\/(.*)$/i.exec(url) ?? [];
	const isBucket = provider === 's3' || provider === 'azblob' || provider === 'gcs';
	const bucket = isBucket ? (rest.split(/[@/]/)[0] ?? '') : rest.replace(/\?.*$/, '');
	return {provider: safeText(provider, 64), bucket: safeText(bucket, 128), host: isBucket ? own('') : hostOf(safeText(rest))};
}

/** A target without an address is one that nobody has set up. */
export const backupTargetKind: Kind<LocationRecord> = {
	...shared,
	id: 'longhorn/backuptargets',
	plural: 'backuptargets',
	kind: 'BackupTarget',
	project: ({spec, status}, identity) => {
		const url = text(spec?.backupTargetURL, 512);
		const unavailable = items(status?.conditions).find(({type}) => name(type) === 'Unavailable');
		const isUp = flag(status?.available);
		return url === ''
			? undefined
			: {
					...identity,
					...placeIn(url),
					resource: 'backuptargets.longhorn.io',
					isDefault: identity.name === 'default',
					readOnly: false,
					phase: own(isUp ? 'Available' : status === undefined ? '' : 'Unavailable'),
					message: isUp ? own('') : text(unavailable?.message, 256),
					// It is looked at to be synced: one that is away is not, so the two are not told apart.
					validatedAt: 0,
					syncedAt: instant(status?.lastSyncedAt),
					checkedEvery: goDuration(text(spec?.pollInterval, 64)) ?? 0,
				};
	},
};

/** Longhorn 1.6 and later; several targets from 1.8 on. */
export const longhornBackups: System = {
	id: 'longhorn-backups',
	title: 'Longhorn backups',
	required: false,
	kinds: [recurringJobKind, longhornBackupKind, backupTargetKind, backupVolumeKind],
};
