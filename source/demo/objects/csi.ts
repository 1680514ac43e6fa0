import type {KubeObject} from '../model.ts';
import {digestOf} from './identity.ts';
import {object} from './object.ts';
import {shelf} from './shelf.ts';

export type AttachmentObject = KubeObject & {
	spec?: {attacher?: string; nodeName?: string; source?: {persistentVolumeName?: string}};
	status?: {attached?: boolean; attachError?: {time?: string; message?: string}};
};

export type CsiDriverObject = KubeObject & {spec?: {attachRequired?: boolean}};

export const csiDrivers = shelf<CsiDriverObject>('storage.k8s.io', 'csidrivers');

export const attachments = shelf<AttachmentObject>('storage.k8s.io', 'volumeattachments');

/** A volume attached to a node, under the name the attach controller makes of the three. */
export function attachment(driver: string, volume: string, node: string, createdAt: number): AttachmentObject {
	return object(
		'storage.k8s.io/v1',
		'VolumeAttachment',
		{
			name: `csi-${digestOf(volume, driver, node)}`,
			createdAt,
			annotations: {'csi.alpha.kubernetes.io/node-id': node},
			finalizers: [`external-attacher/${driver.replaceAll('.', '-')}`],
		},
		{spec: {attacher: driver, nodeName: node, source: {persistentVolumeName: volume}}, status: {attached: true}},
	);
}

export type DriverRow = {
	/** False where volumes need no attaching (NFS). */
	readonly attaches?: boolean;
	readonly name: string;
	readonly topologyKeys?: readonly string[];
	readonly most?: number;
};

/** What the CSI plugins of a node have registered with its kubelet. */
export function csiNode(node: KubeObject, drivers: readonly DriverRow[]): KubeObject {
	const {name, uid = '', creationTimestamp = ''} = node.metadata;
	const made = object(
		'storage.k8s.io/v1',
		'CSINode',
		{name, createdAt: Date.parse(creationTimestamp)},
		{
			spec: {
				drivers: drivers.map(driver => ({
					name: driver.name,
					nodeID: name,
					topologyKeys: driver.topologyKeys ? [...driver.topologyKeys] : null,
					...(driver.most === undefined ? {} : {allocatable: {count: driver.most}}),
				})),
			},
		},
	);
	made.metadata.ownerReferences = [{apiVersion: 'v1', kind: 'Node', name, uid}];
	return made;
}

/** A driver as it registers itself with the cluster. */
export function csiDriver({name, attaches = true}: DriverRow, createdAt: number): KubeObject {
	return object(
		'storage.k8s.io/v1',
		'CSIDriver',
		{name, createdAt},
		{
			spec: {
				attachRequired: attaches,
				podInfoOnMount: true,
				storageCapacity: false,
				fsGroupPolicy: 'ReadWriteOnceWithFSType',
				requiresRepublish: false,
				seLinuxMount: false,
				volumeLifecycleModes: ['Persistent', 'Ephemeral'],
			},
		},
	);
}
