import type {Kind} from '../cluster/kind.ts';
import {instant, items, name, text} from '../cluster/raw.ts';
import type {RawName, SafeText, StoredRecord} from '../vocabulary.ts';
import {goDuration} from './go-duration.ts';

/** Where the data of one namespace's volumes goes; it grows without end, and slows down, when nobody maintains it. */
export type RepositoryRecord = StoredRecord & {
	readonly volumeNamespace: SafeText;
	readonly location: RawName;
	readonly phase: SafeText;
	readonly message: SafeText;
	/** Epoch ms, 0 when never. */
	readonly maintainedAt: number;
	/** How often Velero means to, ms; 0 where it does not say. */
	readonly every: number;
	/** What the newest maintenance said where it failed; `''` where it did not. */
	readonly failure: SafeText;
};

export const repositoryKind: Kind<RepositoryRecord> = {
	id: 'velero/backuprepositories',
	group: 'velero.io',
	versions: ['v1'],
	plural: 'backuprepositories',
	kind: 'BackupRepository',
	namespaced: true,
	project: (raw, identity) => {
		const {spec, status} = raw;
		const newest = items(status?.recentMaintenance)
			.toSorted((a, b) => instant(a.startTimestamp) - instant(b.startTimestamp))
			.at(-1);
		return {
			...identity,
			volumeNamespace: text(spec?.volumeNamespace, 63),
			location: name(spec?.backupStorageLocation),
			phase: text(status?.phase, 64),
			message: text(status?.message, 256),
			maintainedAt: instant(status?.lastMaintenanceTime),
			every: goDuration(text(spec?.maintenanceFrequency, 64)) ?? 0,
			failure: name(newest?.result) === 'Failed' ? text(newest?.message, 256) : text(undefined),
		};
	},
};
