import type {KubeObject} from '../../model.ts';
import {endingOf} from '../identity.ts';
import {amount} from '../quantity.ts';
import {shelf} from '../shelf.ts';
import {stamp} from '../time.ts';
import {diskUuid, instanceManagerName, longhornObject} from './longhorn.ts';

export type ReplicaObject = KubeObject & {
	spec: {
		volumeName: string;
		nodeID: string;
		diskID: string;
		failedAt: string;
		healthyAt: string;
		active: boolean;
		[field: string]: unknown;
	};
	status: {currentState: string; [field: string]: unknown};
};

export const replicas = shelf<ReplicaObject>('longhorn.io', 'replicas', ['spec', 'status']);

export type ReplicaRow = {
	readonly volume: string;
	readonly size: string;
	readonly node: string;
	readonly tag: string;
	readonly createdAt: number;
	/** Not yet a copy: it is being rebuilt. */
	readonly rebuilding?: boolean;
};

/** One copy of a volume on a disk. */
export function replica(row: ReplicaRow): ReplicaObject {
	const {volume: volumeName, node, tag, createdAt} = row;
	const ending = endingOf(8, volumeName, node, `${row.rebuilding ? createdAt : ''}`);
	const disk = diskUuid(node, tag);
	return longhornObject(
		'Replica',
		{
			name: `${volumeName}-r-${ending}`,
			createdAt,
			labels: {longhornvolume: volumeName, longhornnode: node, longhorndiskuuid: disk},
		},
		{
			spec: {
				volumeName,
				volumeSize: `${amount(row.size)}`,
				nodeID: node,
				diskID: disk,
				diskPath: `/var/lib/longhorn/${tag}`,
				dataDirectoryName: `${volumeName}-${ending}`,
				engineName: `${volumeName}-e-0`,
				active: true,
				desireState: 'running',
				dataEngine: 'v1',
				evictionRequested: false,
				failedAt: '',
				lastFailedAt: '',
				healthyAt: row.rebuilding ? '' : stamp(createdAt + 60_000),
				lastHealthyAt: row.rebuilding ? '' : stamp(createdAt + 60_000),
				rebuildRetryCount: 0,
			},
			status: {currentState: 'running', instanceManagerName: instanceManagerName(node), conditions: [], ownerID: node},
		},
	);
}
