import type {KubeObject} from '../model.ts';
import {object} from './object.ts';

export type StorageClassRow = {
	readonly name: string;
	readonly provisioner: string;
	readonly parameters?: Readonly<Record<string, string>>;
	readonly isDefault?: boolean;
	readonly reclaim?: 'Delete' | 'Retain';
	readonly waits?: boolean;
	readonly expands?: boolean;
	readonly annotations?: Readonly<Record<string, string>>;
};

/** A StorageClass; its fields stand at the top level. */
export function storageClass(row: StorageClassRow, createdAt: number): KubeObject {
	const {name, provisioner, parameters, reclaim = 'Delete', waits = false, expands = true} = row;
	return object(
		'storage.k8s.io/v1',
		'StorageClass',
		{
			name,
			createdAt,
			annotations: {...(row.isDefault ? {'storageclass.kubernetes.io/is-default-class': 'true'} : {}), ...row.annotations},
		},
		{
			provisioner,
			...(parameters ? {parameters: {...parameters}} : {}),
			reclaimPolicy: reclaim,
			volumeBindingMode: waits ? 'WaitForFirstConsumer' : 'Immediate',
			allowVolumeExpansion: expands,
		},
	);
}
