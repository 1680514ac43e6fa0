import type {Kind, System} from '../cluster/kind.ts';
import {entries, flag, instant, items, name, number, type Raw, text} from '../cluster/raw.ts';
import {keyOf, type RawName, type SafeText, type StoredRecord} from '../vocabulary.ts';
import {engineKind, replicaKind} from './replica.ts';

/** A condition that is not as it should be. */
export type Complaint = {readonly since: number; readonly reason: SafeText; readonly message: SafeText};

export type LonghornVolumeRecord = StoredRecord & {
	/** `attached`, `detached`, `attaching` … */
	readonly state: SafeText;
	/** `healthy`, `degraded`, `faulted`; `unknown` is normal while detached. */
	readonly robustness: SafeText;
	readonly replicas: number | undefined;
	/** Bytes: asked for, and really written on one copy. */
	readonly size: number | undefined;
	readonly actualSize: number | undefined;
	readonly node: RawName;
	readonly volume: RawName;
	/** Key of the claim, `''` without one. */
	readonly claim: string;
	/** The workloads that use it, or used it last, by name; and whether a pod names it now. */
	readonly workloads: readonly SafeText[];
	readonly isWanted: boolean;
	/** Epoch ms, 0 when never. */
	readonly degradedAt: number;
	readonly backedUpAt: number;
	readonly diskTags: readonly SafeText[];
	/** A copy that fits nowhere. */
	readonly unscheduled: Complaint | undefined;
	readonly restoring: boolean;
	/** The recurring jobs that run for it, and the groups of such jobs it is in. */
	readonly jobs: readonly RawName[];
	readonly groups: readonly RawName[];
	/** Where its backups go; `''` means the default target. */
	readonly backupTarget: RawName;
};

/** A disk of a Longhorn node; figures in bytes. */
export type LonghornDisk = {
	readonly id: SafeText;
	readonly path: SafeText;
	readonly tags: readonly SafeText[];
	readonly available: number | undefined;
	readonly maximum: number | undefined;
	readonly scheduled: number | undefined;
	readonly reserved: number;
	/** Somebody switched scheduling off, or empties it. */
	readonly closed: boolean;
	readonly notReady: Complaint | undefined;
	readonly notSchedulable: Complaint | undefined;
};

export type LonghornNodeRecord = StoredRecord & {
	readonly tags: readonly SafeText[];
	readonly closed: boolean;
	readonly notReady: Complaint | undefined;
	readonly notSchedulable: Complaint | undefined;
	readonly disks: readonly LonghornDisk[];
};

/** The complaint of a condition that should be True and is not; nothing where it is True or not given. */
function complaint(conditions: Raw | undefined, type: string): Complaint | undefined {
	const condition = items(conditions).find(candidate => text(candidate.type) === type);
	if (condition === undefined || text(condition.status) === 'True') return undefined;
	return {since: instant(condition.lastTransitionTime), reason: text(condition.reason), message: text(condition.message, 256)};
}

const texts = (raw: Raw | undefined): SafeText[] => items(raw).map(item => text(item));

function workloadsOf(raw: Raw | undefined): SafeText[] {
	const named = items(raw).map(workload => text(workload.workloadName ?? workload.podName));
	return [...new Set(named)].filter(title => title !== '');
}

/** What labels with this beginning enable. */
function enabled(labels: Raw | undefined, prefix: string): readonly RawName[] {
	const of = entries(labels).filter(([label, value]) => label.startsWith(prefix) && name(value) === 'enabled');
	return of.map(([label]) => label.slice(prefix.length) as RawName);
}

export const longhornVolumeKind: Kind<LonghornVolumeRecord> = {
	id: 'longhorn/volumes',
	group: 'longhorn.io',
	versions: ['v1beta2'],
	plural: 'volumes',
	kind: 'Volume',
	namespaced: true,
	project: (raw, identity) => {
		const {spec, status} = raw;
		const used = status?.kubernetesStatus;
		const isClaimed = name(used?.pvcName) !== '';
		return {
			...identity,
			state: text(status?.state),
			robustness: text(status?.robustness),
			replicas: number(spec?.numberOfReplicas),
			size: number(spec?.size),
			actualSize: number(status?.actualSize),
			node: name(status?.currentNodeID),
			volume: name(used?.pvName),
			claim: isClaimed ? keyOf(name(used?.namespace), name(used?.pvcName)) : '',
			workloads: workloadsOf(used?.workloadsStatus),
			isWanted: items(used?.workloadsStatus).length > 0 && instant(used?.lastPodRefAt) === 0,
			degradedAt: instant(status?.lastDegradedAt),
			backedUpAt: instant(status?.lastBackupAt),
			diskTags: texts(spec?.diskSelector),
			unscheduled: complaint(status?.conditions, 'Scheduled'),
			restoring: flag(status?.restoreRequired),
			jobs: enabled(raw.metadata?.labels, 'recurring-job.longhorn.io/'),
			groups: enabled(raw.metadata?.labels, 'recurring-job-group.longhorn.io/'),
			backupTarget: name(spec?.backupTargetName),
		};
	},
};

function diskOf(id: string, spec: Raw, status: Raw | undefined): LonghornDisk {
	return {
		id: text(id as unknown as Raw),
		path: text(spec.path),
		tags: texts(spec.tags),
		available: number(status?.storageAvailable),
		maximum: number(status?.storageMaximum),
		scheduled: number(status?.storageScheduled),
		reserved: number(spec.storageReserved) ?? 0,
		closed: (spec.allowScheduling as unknown) === false || flag(spec.evictionRequested),
		notReady: complaint(status?.conditions, 'Ready'),
		notSchedulable: complaint(status?.conditions, 'Schedulable'),
	};
}

export const longhornNodeKind: Kind<LonghornNodeRecord> = {
	id: 'longhorn/nodes',
	group: 'longhorn.io',
	versions: ['v1beta2'],
	plural: 'nodes',
	kind: 'Node',
	namespaced: true,
	project: (raw, identity) => {
		const {spec, status} = raw;
		return {
			...identity,
			tags: texts(spec?.tags),
			closed: (spec?.allowScheduling as unknown) === false || flag(spec?.evictionRequested),
			notReady: complaint(status?.conditions, 'Ready'),
			notSchedulable: complaint(status?.conditions, 'Schedulable'),
			disks: entries(spec?.disks).map(([id, disk]) => diskOf(id, disk, status?.diskStatus?.[id])),
		};
	},
};

/** Longhorn 1.6 and later. */
export const longhorn: System = {
	id: 'longhorn',
	title: 'Longhorn',
	required: false,
	kinds: [longhornVolumeKind, longhornNodeKind, replicaKind, engineKind],
};
