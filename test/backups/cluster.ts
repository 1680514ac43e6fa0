import {snapshotKind} from '../../source/backups/etcd.ts';
import type {EmbeddedEtcd} from '../../source/backups/etcd-tier.ts';
import {type BackupsFacts, type BackupsInput, backupsFacts} from '../../source/backups/facts.ts';
import {repositoryKind} from '../../source/backups/repository.ts';
import {backupKind, locationKind, restoreKind, scheduleKind} from '../../source/backups/velero.ts';
import {defaults, type Settings} from '../../source/settings.ts';
import {claimKind} from '../../source/storage/kubernetes.ts';
import type {SourceState} from '../../source/vocabulary.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {reading} from '../_helpers/reading.ts';
import {ago, location, minute, now} from './objects.ts';

export type Objects = {
	readonly schedules?: readonly object[];
	readonly backups?: readonly object[];
	/** One that is available, unless told otherwise. */
	readonly locations?: readonly object[];
	readonly restores?: readonly object[];
	readonly repositories?: readonly object[];
	/** Not a cluster of k3s unless there are some, or told otherwise. */
	readonly snapshots?: readonly object[];
	readonly claims?: readonly object[];
	readonly servers?: readonly string[];
	readonly etcd?: EmbeddedEtcd;
	readonly targets?: Settings['tiers'];
	readonly states?: Partial<BackupsFacts['states']>;
	readonly veleroReady?: boolean;
	readonly now?: number;
};

const velero = (isReady: boolean) => ({
	metadata: {namespace: 'velero', name: 'velero-x', labels: {component: 'velero'}},
	spec: {nodeName: 'nuc-1'},
	status: {
		phase: 'Running',
		conditions: [{type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: ago(7 * minute)}],
	},
});

const snapshotState = ({snapshots, etcd}: Objects): SourceState =>
	snapshots === undefined && etcd === undefined ? {is: 'absent'} : {is: 'live'};

/** The input of the backups slice out of raw objects, through the real projections. */
export function input(objects: Objects): BackupsInput {
	const {states = {}, veleroReady = true} = objects;
	const pods = [...reading(podKind, [velero(veleroReady)]).records.values()];
	return {
		schedules: reading(scheduleKind, objects.schedules ?? [], states.schedules),
		backups: reading(backupKind, objects.backups ?? [], states.backups),
		locations: reading(locationKind, objects.locations ?? [location('default')], states.locations),
		restores: reading(restoreKind, objects.restores ?? [], states.restores),
		repositories: reading(repositoryKind, objects.repositories ?? [], states.repositories),
		snapshots: reading(snapshotKind, objects.snapshots ?? [], states.snapshots ?? snapshotState(objects)),
		claims: reading(claimKind, objects.claims ?? [], states.claims),
		servers: new Set(objects.servers),
		etcd: objects.etcd,
		targets: objects.targets ?? defaults.tiers,
		controllers: {state: {is: 'live'}, records: new Map([['velero', pods]]), revision: 1},
		now: objects.now ?? now,
	};
}

export const told = (objects: Objects, previous?: BackupsFacts): BackupsFacts => backupsFacts(input(objects), previous);
