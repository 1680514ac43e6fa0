import type {KubeObject} from '../../model.ts';
import {amount} from '../quantity.ts';
import {shelf} from '../shelf.ts';
import {stamp} from '../time.ts';
import {type EngineObject, engine} from './engine.ts';
import {longhorn, longhornObject} from './longhorn.ts';
import {type ReplicaObject, replica} from './replica.ts';

export type VolumeObject = KubeObject & {
	spec: {size: string; numberOfReplicas: number; nodeID: string; diskSelector: string[]; [field: string]: unknown};
	status: {
		state: string;
		robustness: string;
		currentNodeID: string;
		actualSize: number;
		lastDegradedAt: string;
		kubernetesStatus: {namespace: string; pvcName: string; pvName: string; [field: string]: unknown};
		[field: string]: unknown;
	};
};

export const volumes = shelf<VolumeObject>('longhorn.io', 'volumes', ['spec.diskSelector', 'status.kubernetesStatus']);

export type VolumeRow = {
	readonly name: string;
	readonly namespace: string;
	readonly claim: string;
	readonly size: string;
	readonly used: string;
	readonly tag: string;
	/** Where its copies are. */
	readonly replicas: readonly string[];
	/** Where it is attached; undefined when no pod uses it. */
	readonly node: string | undefined;
	readonly pods: readonly string[];
	readonly createdAt: number;
};

/** A Longhorn volume with its engine and replicas, all well. */
export function volume(row: VolumeRow): readonly [VolumeObject, EngineObject, ...ReplicaObject[]] {
	const {name, createdAt, node = ''} = row;
	const copies = row.replicas.map(on => replica({volume: name, size: row.size, node: on, tag: row.tag, createdAt}));
	const attached = node !== '';
	const made = longhornObject(
		'Volume',
		{name, createdAt, labels: {longhornvolume: name}},
		{
			spec: {
				size: `${amount(row.size)}`,
				numberOfReplicas: row.replicas.length,
				nodeID: node,
				diskSelector: [row.tag],
				nodeSelector: [],
				accessMode: 'rwo',
				dataEngine: 'v1',
				dataLocality: 'disabled',
				frontend: 'blockdev',
				staleReplicaTimeout: 2880,
				image: `longhornio/longhorn-engine:${longhorn.release}`,
				backupTargetName: 'default',
			},
			status: {
				state: attached ? 'attached' : 'detached',
				robustness: attached ? 'healthy' : 'unknown',
				currentNodeID: node,
				actualSize: amount(row.used),
				lastBackup: '',
				lastBackupAt: '',
				lastDegradedAt: '',
				conditions: [
					{type: 'Scheduled', status: 'True', reason: '', message: '', lastTransitionTime: stamp(createdAt), lastProbeTime: ''},
				],
				kubernetesStatus: {
					namespace: row.namespace,
					pvcName: row.claim,
					pvName: name,
					pvStatus: 'Bound',
					lastPVCRefAt: '',
					lastPodRefAt: '',
					workloadsStatus: row.pods.map(podName => ({podName, podStatus: 'Running', workloadName: '', workloadType: ''})),
				},
				restoreRequired: false,
				expansionRequired: false,
				ownerID: node || (row.replicas[0] ?? ''),
			},
		},
	);
	const names = copies.map(({metadata}) => metadata.name);
	return [made, engine({volume: name, size: row.size, node, copies: names, createdAt}), ...copies];
}
