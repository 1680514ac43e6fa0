import type {KubeObject} from '../model.ts';
import {uidOf} from './identity.ts';
import {object} from './object.ts';
import {shelf} from './shelf.ts';
import {stamp} from './time.ts';

export type ClaimObject = KubeObject & {
	spec?: {volumeName?: string; storageClassName?: string; accessModes?: string[]};
	status?: {phase?: string};
};

export type PersistentVolumeObject = KubeObject & {
	spec?: {
		capacity?: Record<string, string>;
		accessModes?: string[];
		claimRef?: {namespace?: string; name?: string};
		csi?: {driver: string; volumeHandle: string};
		nfs?: {server: string; path: string};
		nodeAffinity?: {required?: {nodeSelectorTerms?: Array<{matchExpressions?: Array<{key: string; values?: string[]}>}>}};
	};
	status?: {phase?: string};
};

export const claims = shelf<ClaimObject>('', 'persistentvolumeclaims');
export const persistentVolumes = shelf<PersistentVolumeObject>('', 'persistentvolumes');

/** What stands behind a claim: a driver's volume, a directory of a node, an export. */
export type Backing =
	| {readonly csi: string; readonly attributes?: Readonly<Record<string, string>>; readonly fsType?: string}
	| {readonly path: string; readonly node: string; readonly as: 'local' | 'hostPath'}
	| {readonly nfs: string; readonly path: string};

export type ClaimRow = {
	readonly namespace: string;
	readonly name: string;
	readonly storageClass: string;
	readonly size: string;
	readonly mode?: 'ReadWriteOnce' | 'ReadWriteMany';
	readonly createdAt: number;
	readonly backing: Backing;
	readonly provisioner: string;
};

/** The name a dynamic provisioner gives the volume of a claim. */
export function volumeNameOf(namespace: string, claim: string): string {
	return `pvc-${uidOf('PersistentVolumeClaim', namespace, claim)}`;
}

/** A bound claim and its volume. */
export function boundClaim(row: ClaimRow): readonly [ClaimObject, PersistentVolumeObject] {
	const {namespace, name, storageClass, size, createdAt, backing, provisioner} = row;
	const volumeName = 'nfs' in backing ? `${namespace}-${name}` : volumeNameOf(namespace, name);
	const accessModes = [row.mode ?? 'ReadWriteOnce'];
	const claim = object(
		'v1',
		'PersistentVolumeClaim',
		{
			namespace,
			name,
			createdAt,
			annotations: {
				'pv.kubernetes.io/bind-completed': 'yes',
				'pv.kubernetes.io/bound-by-controller': 'yes',
				'volume.kubernetes.io/storage-provisioner': provisioner,
				...('node' in backing ? {'volume.kubernetes.io/selected-node': backing.node} : {}),
			},
			finalizers: ['kubernetes.io/pvc-protection'],
		},
		{
			spec: {
				accessModes,
				resources: {requests: {storage: size}},
				storageClassName: storageClass,
				volumeMode: 'Filesystem',
				volumeName,
			},
			status: {phase: 'Bound', accessModes, capacity: {storage: size}},
		},
	);
	const {uid = ''} = claim.metadata;
	const volume = object(
		'v1',
		'PersistentVolume',
		{
			name: volumeName,
			createdAt: createdAt + 2000,
			annotations: {
				'pv.kubernetes.io/provisioned-by': provisioner,
				...('node' in backing && provisioner === 'rancher.io/local-path'
					? {'local.path.provisioner/selected-node': backing.node}
					: {}),
			},
			finalizers: ['kubernetes.io/pv-protection'],
		},
		{
			spec: {
				capacity: {storage: size},
				accessModes,
				persistentVolumeReclaimPolicy: 'nfs' in backing ? 'Retain' : 'Delete',
				storageClassName: storageClass,
				volumeMode: 'Filesystem',
				claimRef: {apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid},
				...sourceOf(backing, volumeName),
			},
			status: {phase: 'Bound', lastPhaseTransitionTime: stamp(createdAt + 2000)},
		},
	);
	return [claim, volume];
}

function sourceOf(backing: Backing, volumeName: string): Record<string, unknown> {
	if ('nfs' in backing) return {nfs: {server: backing.nfs, path: backing.path}, mountOptions: ['nfsvers=4.2', 'hard']};
	if ('csi' in backing) {
		const {csi: driver, fsType, attributes = {}} = backing;
		return {csi: {driver, volumeHandle: volumeName, ...(fsType ? {fsType} : {}), volumeAttributes: {...attributes}}};
	}
	const here = {key: 'kubernetes.io/hostname', operator: 'In', values: [backing.node]};
	const nodeAffinity = {required: {nodeSelectorTerms: [{matchExpressions: [here]}]}};
	const {path} = backing;
	return {...(backing.as === 'local' ? {local: {path}} : {hostPath: {path, type: 'DirectoryOrCreate'}}), nodeAffinity};
}

/** The one node a volume is pinned to; undefined when it can go anywhere. */
export function pinnedTo(volume: PersistentVolumeObject | undefined): string | undefined {
	const [term] = volume?.spec?.nodeAffinity?.required?.nodeSelectorTerms ?? [];
	return term?.matchExpressions?.find(({key}) => key === 'kubernetes.io/hostname')?.values?.[0];
}
