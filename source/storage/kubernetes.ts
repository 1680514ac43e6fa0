import type {Kind, System} from '../cluster/kind.ts';
import {entries, flag, instant, items, name, quantity, type Raw, text} from '../cluster/raw.ts';
import {keyOf, own, type RawName, type SafeText, type StoredRecord} from '../vocabulary.ts';

/** A StorageClass: where new volumes go and how often they are kept. */
export type StorageClassRecord = StoredRecord & {
	readonly provisioner: SafeText;
	readonly isDefault: boolean;
	readonly waitsForConsumer: boolean;
	readonly reclaim: SafeText;
	/** Longhorn's `numberOfReplicas`. */
	readonly replicas: number | undefined;
	/** Longhorn's disk and node tags, and the server of NFS and NAS classes. */
	readonly diskTags: readonly SafeText[];
	readonly nodeTags: readonly SafeText[];
	readonly server: SafeText;
};

/** What went wrong at a time (epoch ms), in the words of the cluster. */
export type Trouble = {readonly at: number; readonly text: SafeText};

export type PersistentVolumeRecord = StoredRecord & {
	readonly className: RawName;
	/** Key of the claim that holds it, `''` when none does. */
	readonly claim: string;
	readonly phase: SafeText;
	readonly message: SafeText;
	/** Last change of the phase, epoch ms; 0 before Kubernetes 1.28. */
	readonly since: number;
	readonly capacity: number | undefined;
	/** True unless some access mode lets several nodes write or read it. */
	readonly oneNodeAtATime: boolean;
	/** CSI driver, or the kind of in-tree volume: `nfs`, `local`, `hostPath`. */
	readonly driver: SafeText;
	readonly handle: RawName;
	/** The NFS server, NAS or iSCSI portal it lives on, and what of it: an export, a share, a target. */
	readonly server: SafeText;
	readonly path: SafeText;
	/** The one node it can be used on. */
	readonly pinnedTo: SafeText;
};

export type ClaimRecord = StoredRecord & {
	/** Undefined where the claim leaves it to the default class, `''` where it wants none. */
	readonly className: RawName | undefined;
	readonly volume: RawName;
	readonly phase: SafeText;
	readonly requested: number | undefined;
	/** The scheduler has chosen a node, so a pod waits for it. */
	readonly hasConsumer: boolean;
	/** A resize in flight or failed, in the words of its condition. */
	readonly resize: Trouble | undefined;
	readonly resizeFailed: boolean;
	/** The volume has grown, its file system grows when a pod mounts it. */
	readonly resizeNeedsPod: boolean;
};

export type AttachmentRecord = StoredRecord & {
	readonly attacher: SafeText;
	readonly node: RawName;
	readonly volume: RawName;
	readonly attached: boolean;
	readonly attachError: Trouble | undefined;
	readonly detachError: Trouble | undefined;
};

/** The CSI drivers registered on a node. */
export type CsiNodeRecord = StoredRecord & {readonly drivers: readonly SafeText[]};

const list = (raw: Raw | undefined): SafeText[] =>
	text(raw)
		.split(',')
		.map(part => own(part.trim()))
		.filter(part => part !== '');

const defaultClassKeys = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];

export const storageClassKind: Kind<StorageClassRecord> = {
	id: 'storage/storageclasses',
	group: 'storage.k8s.io',
	versions: ['v1'],
	plural: 'storageclasses',
	kind: 'StorageClass',
	namespaced: false,
	project: (raw, identity) => ({
		...identity,
		provisioner: text(raw.provisioner),
		isDefault: defaultClassKeys.some(key => text(raw.metadata?.annotations?.[key]) === 'true'),
		waitsForConsumer: text(raw.volumeBindingMode) === 'WaitForFirstConsumer',
		reclaim: text(raw.reclaimPolicy),
		replicas: quantity(raw.parameters?.numberOfReplicas),
		diskTags: list(raw.parameters?.diskSelector),
		nodeTags: list(raw.parameters?.nodeSelector),
		server: text(raw.parameters?.server ?? raw.parameters?.dsm),
	}),
};

/** The kind of volume is the name of the field that describes it. */
function driverOf(spec: Raw | undefined): SafeText {
	const inTree = ['nfs', 'local', 'hostPath', 'iscsi', 'fc', 'rbd', 'cephfs'].find(kind => spec?.[kind] ?? false);
	return text(spec?.csi?.driver) || own(inTree ?? '');
}

/** The host of a volume whose affinity names exactly one; local volumes have nothing else to go to. */
function hostOf(spec: Raw | undefined): SafeText {
	const hosts = items(spec?.nodeAffinity?.required?.nodeSelectorTerms)
		.flatMap(term => items(term.matchExpressions))
		.filter(expression => /(^|[/.])(hostname|node)$/.test(text(expression.key)))
		.flatMap(expression => items(expression.values).map(value => text(value)));
	return hosts.length === 1 ? (hosts[0] ?? own('')) : own('');
}

/** Where a volume that lives elsewhere is served: NFS in-tree or by CSI, Synology, iSCSI. */
function servedBy(spec: Raw | undefined): Pick<PersistentVolumeRecord, 'server' | 'path'> {
	const {nfs, iscsi, csi} = spec ?? {};
	const attributes = csi?.volumeAttributes;
	const portal = own(text(iscsi?.targetPortal, 253).replace(/:\d+$/, ''));
	return {
		server: text(nfs?.server ?? attributes?.server ?? attributes?.dsm, 253) || portal,
		path: text(nfs?.path ?? attributes?.share ?? attributes?.baseDir ?? iscsi?.iqn, 256),
	};
}

export const persistentVolumeKind: Kind<PersistentVolumeRecord> = {
	id: 'storage/persistentvolumes',
	group: '',
	versions: ['v1'],
	plural: 'persistentvolumes',
	kind: 'PersistentVolume',
	namespaced: false,
	project: (raw, identity) => {
		const {spec, status} = raw;
		const claim = spec?.claimRef;
		const isClaimed = name(claim?.name) !== '';
		return {
			...identity,
			className: name(spec?.storageClassName),
			claim: isClaimed ? keyOf(name(claim?.namespace), name(claim?.name)) : '',
			phase: text(status?.phase),
			message: text(status?.message),
			since: instant(status?.lastPhaseTransitionTime),
			capacity: quantity(spec?.capacity?.storage),
			oneNodeAtATime: !items(spec?.accessModes).some(mode => text(mode).endsWith('Many')),
			driver: driverOf(spec),
			handle: name(spec?.csi?.volumeHandle),
			...servedBy(spec),
			pinnedTo: hostOf(spec),
		};
	},
};

const resizes = ['ControllerResizeError', 'NodeResizeError', 'Resizing', 'FileSystemResizePending'];

/** The worst active condition of a resize, if there is one. */
function resizeOf(status: Raw | undefined): {readonly type: string; readonly trouble: Trouble} | undefined {
	const active = items(status?.conditions).filter(condition => text(condition.status) === 'True');
	for (const type of resizes) {
		const condition = active.find(candidate => text(candidate.type) === type);
		if (condition === undefined) continue;
		return {type, trouble: {at: instant(condition.lastTransitionTime), text: text(condition.message, 256) || own(type)}};
	}
	return undefined;
}

export const claimKind: Kind<ClaimRecord> = {
	id: 'storage/persistentvolumeclaims',
	group: '',
	versions: ['v1'],
	plural: 'persistentvolumeclaims',
	kind: 'PersistentVolumeClaim',
	namespaced: true,
	project: (raw, identity) => {
		const {metadata, spec, status} = raw;
		const resize = resizeOf(status);
		const infeasible = entries(status?.allocatedResourceStatuses).some(([, value]) => text(value).endsWith('Infeasible'));
		return {
			...identity,
			className: typeof (spec?.storageClassName as unknown) === 'string' ? name(spec?.storageClassName) : undefined,
			volume: name(spec?.volumeName),
			phase: text(status?.phase),
			requested: quantity(spec?.resources?.requests?.storage),
			hasConsumer: text(metadata?.annotations?.['volume.kubernetes.io/selected-node']) !== '',
			resize: resize?.trouble,
			resizeFailed: infeasible || (resize?.type.endsWith('Error') ?? false),
			resizeNeedsPod: !infeasible && resize?.type === 'FileSystemResizePending',
		};
	},
};

/** An `attachError` or `detachError`: what it says, or that it says nothing. */
function troubleOf(raw: Raw | undefined): Trouble | undefined {
	if (entries(raw).length === 0) return undefined;
	return {at: instant(raw?.time), text: text(raw?.message, 256) || own('no reason given')};
}

export const attachmentKind: Kind<AttachmentRecord> = {
	id: 'storage/volumeattachments',
	group: 'storage.k8s.io',
	versions: ['v1'],
	plural: 'volumeattachments',
	kind: 'VolumeAttachment',
	namespaced: false,
	project: (raw, identity) => ({
		...identity,
		attacher: text(raw.spec?.attacher),
		node: name(raw.spec?.nodeName),
		volume: name(raw.spec?.source?.persistentVolumeName),
		attached: flag(raw.status?.attached),
		attachError: troubleOf(raw.status?.attachError),
		detachError: troubleOf(raw.status?.detachError),
	}),
};

export const csiNodeKind: Kind<CsiNodeRecord> = {
	id: 'storage/csinodes',
	group: 'storage.k8s.io',
	versions: ['v1'],
	plural: 'csinodes',
	kind: 'CSINode',
	namespaced: false,
	project: (raw, identity) => ({
		...identity,
		drivers: items(raw.spec?.drivers).map(driver => text(driver.name)),
	}),
};

/** What every cluster has: classes, volumes, claims, attachments and the CSI drivers per node. */
export const kubernetesStorage: System = {
	id: 'kubernetes-storage',
	title: 'Kubernetes storage',
	required: true,
	kinds: [storageClassKind, persistentVolumeKind, claimKind, attachmentKind, csiNodeKind],
};
