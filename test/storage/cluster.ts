import type {Settings} from '../../source/settings.ts';
import {claimantTally} from '../../source/storage/claimants.ts';
import {type StorageFacts, storageFacts} from '../../source/storage/facts.ts';
import type {StorageInput} from '../../source/storage/input.ts';
import {attachmentKind, claimKind, csiNodeKind, persistentVolumeKind, storageClassKind} from '../../source/storage/kubernetes.ts';
import {longhornNodeKind, longhornVolumeKind} from '../../source/storage/longhorn.ts';
import {engineKind, replicaKind} from '../../source/storage/replica.ts';
import type {NodeStanding} from '../../source/storage/standing.ts';
import {warningTally} from '../../source/storage/warnings.ts';
import type {SourceState} from '../../source/vocabulary.ts';
import {componentTally} from '../../source/workloads/controllers.ts';
import {warningKind} from '../../source/workloads/event.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {reading} from '../_helpers/reading.ts';
import {tallied} from '../_helpers/tallied.ts';
import {now} from './objects.ts';

export type Objects = {
	readonly classes?: readonly object[];
	readonly volumes?: readonly object[];
	readonly claims?: readonly object[];
	readonly attachments?: readonly object[];
	readonly csiNodes?: readonly object[];
	readonly longhornVolumes?: readonly object[];
	readonly longhornNodes?: readonly object[];
	readonly replicas?: readonly object[];
	readonly engines?: readonly object[];
	/** Warnings, and pods besides longhorn-manager's. */
	readonly warnings?: readonly object[];
	readonly pods?: readonly object[];
	readonly aliases?: Settings['aliases'];
	readonly states?: Partial<Record<keyof Objects, SourceState>>;
	readonly managerReady?: boolean;
	readonly nodes?: Readonly<Record<string, NodeStanding>>;
};

const manager = (ready: boolean) => ({
	metadata: {namespace: 'longhorn-system', name: 'longhorn-manager-x', labels: {app: 'longhorn-manager'}},
	spec: {nodeName: 'nuc-1'},
	status: {phase: 'Running', conditions: [{type: 'Ready', status: ready ? 'True' : 'False'}]},
});

/** The input of the storage slice out of raw objects, through the real projections. */
export function input(objects: Objects): StorageInput {
	const {states = {}, managerReady = true, nodes = {}, aliases = {}} = objects;
	const pods = reading(podKind, [manager(managerReady), ...(objects.pods ?? [])], states.pods);
	return {
		classes: reading(storageClassKind, objects.classes ?? [], states.classes),
		volumes: reading(persistentVolumeKind, objects.volumes ?? [], states.volumes),
		claims: reading(claimKind, objects.claims ?? [], states.claims),
		attachments: reading(attachmentKind, objects.attachments ?? [], states.attachments),
		csiNodes: reading(csiNodeKind, objects.csiNodes ?? [], states.csiNodes),
		longhornVolumes: reading(longhornVolumeKind, objects.longhornVolumes ?? [], states.longhornVolumes),
		longhornNodes: reading(longhornNodeKind, objects.longhornNodes ?? [], states.longhornNodes),
		replicas: reading(replicaKind, objects.replicas ?? [], states.replicas),
		engines: reading(engineKind, objects.engines ?? [], states.engines),
		warnings: tallied(warningTally, reading(warningKind, objects.warnings ?? [], states.warnings)),
		claimants: tallied(claimantTally, pods),
		controllers: tallied(componentTally, pods),
		aliases,
		nodes: new Map(Object.entries(nodes)),
		now,
	};
}

export const told = (objects: Objects): StorageFacts => storageFacts(input(objects));
