import type {KubeObject} from '../../model.ts';
import type {Condition} from '../node.ts';
import {shelf} from '../shelf.ts';
import {stamp} from '../time.ts';
import {diskUuid, longhornObject} from './longhorn.ts';
import type {ReplicaObject} from './replica.ts';

type DiskStatus = {
	storageAvailable: number;
	storageScheduled: number;
	storageMaximum: number;
	scheduledReplica: Record<string, number>;
	conditions: Condition[];
	diskUUID: string;
	[field: string]: unknown;
};

export type StorageNodeObject = KubeObject & {
	spec: {
		disks: Record<string, {path: string; storageReserved: number; tags: string[]; [field: string]: unknown}>;
		[field: string]: unknown;
	};
	status: {conditions: Condition[]; diskStatus: Record<string, DiskStatus>; [field: string]: unknown};
};

export const storageNodes = shelf<StorageNodeObject>('longhorn.io', 'nodes', ['spec', 'status.conditions', 'status.diskStatus']);

export type DiskRow = {readonly node: string; readonly tag: string; readonly sizeGi: number};

/** A storage node with its disks; what is scheduled on them is counted from the replicas. */
export function storageNode(
	name: string,
	disks: readonly DiskRow[],
	placed: readonly ReplicaObject[],
	createdAt: number,
): StorageNodeObject {
	const types = [
		'Ready',
		'MountPropagation',
		'Multipathd',
		'KernelModulesLoaded',
		'RequiredPackages',
		'NFSClientInstalled',
		'Schedulable',
	];
	return longhornObject(
		'Node',
		{name, createdAt},
		{
			spec: {
				name,
				allowScheduling: true,
				evictionRequested: false,
				tags: [],
				instanceManagerCPURequest: 0,
				disks: Object.fromEntries(
					disks.map(({tag, sizeGi}) => [
						`${name}-${tag}`,
						{
							path: `/var/lib/longhorn/${tag}`,
							diskType: 'filesystem',
							diskDriver: '',
							allowScheduling: true,
							evictionRequested: false,
							storageReserved: Math.round(sizeGi * 2 ** 30 * 0.1),
							tags: [tag],
						},
					]),
				),
			},
			status: {
				autoEvicting: false,
				region: '',
				zone: '',
				conditions: types.map(type => ({
					type,
					status: 'True' as const,
					reason: '',
					message: '',
					lastTransitionTime: stamp(createdAt),
				})),
				diskStatus: Object.fromEntries(disks.map(disk => [`${name}-${disk.tag}`, diskStatus(disk, placed, createdAt)])),
			},
		},
	);
}

function diskStatus({node, tag, sizeGi}: DiskRow, placed: readonly ReplicaObject[], createdAt: number): DiskStatus {
	const uuid = diskUuid(node, tag);
	const here = placed.filter(({spec}) => spec.diskID === uuid);
	const scheduled = Object.fromEntries(here.map(({metadata, spec}) => [metadata.name, Number(spec.volumeSize)]));
	const total = Object.values(scheduled).reduce((sum, size) => sum + size, 0);
	const size = sizeGi * 2 ** 30;
	return {
		storageAvailable: Math.round(size - total * 0.6 - size * 0.05),
		storageScheduled: total,
		storageMaximum: size,
		scheduledReplica: scheduled,
		scheduledBackingImage: {},
		diskUUID: uuid,
		diskName: `${node}-${tag}`,
		diskPath: `/var/lib/longhorn/${tag}`,
		diskType: 'filesystem',
		diskDriver: '',
		filesystemType: 'ext2/ext3',
		instanceManagerName: '',
		conditions: ['Ready', 'Schedulable'].map(type => ({
			type,
			status: 'True' as const,
			reason: '',
			message: '',
			lastTransitionTime: stamp(createdAt),
		})),
	};
}
