import {type BackupsFacts, type BackupsInput, backupsFacts} from '../../source/backups/facts.ts';
import {backupKind, locationKind, restoreKind, scheduleKind} from '../../source/backups/velero.ts';
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
	readonly states?: Partial<Record<'schedules' | 'backups' | 'locations' | 'restores', SourceState>>;
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

/** The input of the backups slice out of raw objects, through the real projections. */
export function input(objects: Objects): BackupsInput {
	const {states = {}, veleroReady = true} = objects;
	const pods = [...reading(podKind, [velero(veleroReady)]).records.values()];
	return {
		schedules: reading(scheduleKind, objects.schedules ?? [], states.schedules),
		backups: reading(backupKind, objects.backups ?? [], states.backups),
		locations: reading(locationKind, objects.locations ?? [location('default')], states.locations),
		restores: reading(restoreKind, objects.restores ?? [], states.restores),
		controllers: {state: {is: 'live'}, records: new Map([['velero', pods]]), revision: 1},
		now: objects.now ?? now,
	};
}

export const told = (objects: Objects, previous?: BackupsFacts): BackupsFacts => backupsFacts(input(objects), previous);
