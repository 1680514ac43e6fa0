import type {Kind, System} from '../cluster/kind.ts';
import {entries, flag, instant, name, quantity, text} from '../cluster/raw.ts';
import type {RawName, SafeText, StoredRecord} from '../vocabulary.ts';
import {hostOf} from './host.ts';

/** One file of an etcd snapshot: on the disk of the server that took it, or in a bucket. An uploaded snapshot has both. */
export type SnapshotRecord = StoredRecord & {
	/** What the files of one snapshot have in common. */
	readonly snapshot: RawName;
	/** The server whose disk it is on; `s3` for one in a bucket. */
	readonly node: RawName;
	readonly isUploaded: boolean;
	/** `''` for one that is on a disk. */
	readonly bucket: SafeText;
	readonly host: SafeText;
	/** Bytes. */
	readonly size: number | undefined;
	/** Epoch ms. */
	readonly takenAt: number;
	readonly isReady: boolean;
	/** Why it is not. */
	readonly error: SafeText;
};

export const snapshotKind: Kind<SnapshotRecord> = {
	id: 'k3s/etcdsnapshotfiles',
	group: 'k3s.cattle.io',
	versions: ['v1'],
	plural: 'etcdsnapshotfiles',
	kind: 'ETCDSnapshotFile',
	namespaced: false,
	project: (raw, identity) => {
		const {spec, status} = raw;
		return {
			...identity,
			snapshot: name(spec?.snapshotName),
			node: name(spec?.nodeName),
			isUploaded: entries(spec?.s3).length > 0,
			bucket: text(spec?.s3?.bucket, 128),
			host: hostOf(text(spec?.s3?.endpoint, 512)),
			size: quantity(status?.size),
			takenAt: instant(status?.creationTime) || instant(status?.error?.time) || identity.createdAt,
			isReady: flag(status?.readyToUse),
			error: text(status?.error?.message, 256),
		};
	},
};

/** What k3s writes down of the snapshots of its embedded etcd; k3s 1.28.4 and later. */
export const etcdSnapshots: System = {
	id: 'etcd-snapshots',
	title: 'k3s etcd snapshots',
	required: false,
	kinds: [snapshotKind],
};
