import {flag, items, name, type Raw} from '../../../cluster/raw.ts';
import type {KubeObject} from '../../model.ts';
import {ageColumn, type ColumnTable, field, nameColumn, raw} from './cells.ts';

/** Volumes, claims and classes. Cells as in kubernetes `pkg/printers/internalversion/printers.go`. */
export const storageColumns: ColumnTable = {
	'persistentvolumes.': [
		nameColumn,
		field('Capacity', volume => volume.spec?.capacity?.storage),
		{name: 'Access Modes', of: volume => modes(raw(volume).spec?.accessModes)},
		field('Reclaim Policy', volume => volume.spec?.persistentVolumeReclaimPolicy),
		{name: 'Status', of: phase},
		{name: 'Claim', of: claimed},
		field('StorageClass', volume => volume.spec?.storageClassName),
		field('VolumeAttributesClass', volume => volume.spec?.volumeAttributesClassName, '<unset>'),
		field('Reason', volume => volume.status?.reason),
		ageColumn,
		field('VolumeMode', volume => volume.spec?.volumeMode, '<unset>', 1),
	],
	'persistentvolumeclaims.': [
		nameColumn,
		{name: 'Status', of: phase},
		field('Volume', claim => claim.spec?.volumeName),
		field('Capacity', claim => claim.status?.capacity?.storage),
		{name: 'Access Modes', of: claim => modes(raw(claim).status?.accessModes)},
		field('StorageClass', claim => claim.spec?.storageClassName),
		field('VolumeAttributesClass', claim => claim.spec?.volumeAttributesClassName, '<unset>'),
		ageColumn,
		field('VolumeMode', claim => claim.spec?.volumeMode, '<unset>', 1),
	],
	'storageclasses.storage.k8s.io': [
		{...nameColumn, of: storageClassName},
		field('Provisioner', object => object.provisioner),
		field('ReclaimPolicy', object => object.reclaimPolicy, 'Delete'),
		field('VolumeBindingMode', object => object.volumeBindingMode, 'Immediate'),
		{name: 'AllowVolumeExpansion', of: object => flag(raw(object).allowVolumeExpansion)},
		ageColumn,
	],
	'volumeattachments.storage.k8s.io': [
		nameColumn,
		field('Attacher', object => object.spec?.attacher),
		field('PV', object => object.spec?.source?.persistentVolumeName),
		field('Node', object => object.spec?.nodeName),
		{name: 'Attached', type: 'boolean', of: object => flag(raw(object).status?.attached)},
		ageColumn,
	],
	'csinodes.storage.k8s.io': [
		nameColumn,
		{name: 'Drivers', type: 'integer', of: object => items(raw(object).spec?.drivers).length},
		ageColumn,
	],
};

const shortModes: Readonly<Record<string, string>> = {
	ReadWriteOnce: 'RWO',
	ReadOnlyMany: 'ROX',
	ReadWriteMany: 'RWX',
	ReadWriteOncePod: 'RWOP',
};

function modes(list: Raw | undefined): string {
	return items(list)
		.map(mode => shortModes[name(mode)] ?? name(mode))
		.join(',');
}

function phase(object: KubeObject): string {
	return object.metadata.deletionTimestamp === undefined ? name(raw(object).status?.phase) : 'Terminating';
}

function claimed(object: KubeObject): string {
	const claim = raw(object).spec?.claimRef;
	return claim === undefined ? '' : `${name(claim.namespace)}/${name(claim.name)}`;
}

function storageClassName({metadata}: KubeObject): string {
	const isDefault = metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
	return isDefault ? `${metadata.name} (default)` : metadata.name;
}
