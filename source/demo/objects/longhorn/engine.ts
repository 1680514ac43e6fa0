import type {KubeObject} from '../../model.ts';
import {amount} from '../quantity.ts';
import {shelf} from '../shelf.ts';
import {longhornObject} from './longhorn.ts';

export type EngineObject = KubeObject & {
	spec: {volumeName: string; nodeID: string; [field: string]: unknown};
	status: {
		currentState: string;
		replicaModeMap: Record<string, string>;
		rebuildStatus: Record<string, {isRebuilding: boolean; progress: number; state: string; error: string}>;
		[field: string]: unknown;
	};
};

export const engines = shelf<EngineObject>('longhorn.io', 'engines', ['spec', 'status.replicaModeMap', 'status.rebuildStatus']);

/** The engine of a volume; `copies` are its replicas' names, all in use. `node` is empty while it is detached. */
export function engine(row: {
	volume: string;
	size: string;
	node: string;
	copies: readonly string[];
	createdAt: number;
}): EngineObject {
	const {volume: volumeName, size, node, copies, createdAt} = row;
	const attached = node !== '';
	return longhornObject(
		'Engine',
		{name: `${volumeName}-e-0`, createdAt, labels: {longhornvolume: volumeName}},
		{
			spec: {
				volumeName,
				nodeID: node,
				volumeSize: `${amount(size)}`,
				desireState: attached ? 'running' : 'stopped',
				active: true,
				dataEngine: 'v1',
			},
			status: {
				currentState: attached ? 'running' : 'stopped',
				replicaModeMap: attached ? Object.fromEntries(copies.map(name => [name, 'RW'])) : {},
				rebuildStatus: {},
				backupStatus: {},
				restoreStatus: {},
				isExpanding: false,
				lastExpansionError: '',
				ownerID: node,
			},
		},
	);
}
