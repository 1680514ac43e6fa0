import {Cron} from 'croner';
import {memoised} from '../../vocabulary.ts';
import type {Stage} from '../model.ts';
import {conditionOf} from '../objects/node.ts';
import {pods} from '../objects/pod.ts';
import {instantOf, minute, stamp} from '../objects/time.ts';
import {
	type BackupObject,
	type BackupStatus,
	backup,
	backupName,
	backups,
	failedAt,
	invalidAt,
	outcome,
} from '../objects/velero/backup.ts';
import {locations} from '../objects/velero/location.ts';
import {type ScheduleObject, schedules} from '../objects/velero/schedule.ts';
import {veleroNamespace} from '../objects/velero/velero.ts';
import {ailmentOf} from './ailments.ts';
import type {Player} from './player.ts';

/** Velero: validates its locations, starts what is due, moves running backups on and forgets expired ones. */
export const velero: Player = {
	name: 'Velero',
	every: 3,
	act: (stage, now) => {
		validate(stage, now);
		for (const each of backups.all(stage.store)) if (isMade(each, now)) advance(stage, each, now);
		for (const schedule of schedules.all(stage.store)) startDue(stage, schedule, now);
	},
};

/** While the past is played, what the start of the world has just begun is still to come. */
const isMade = ({metadata}: BackupObject, now: number): boolean => instantOf(metadata.creationTimestamp) <= now;

/** The locations are looked at once a minute. */
function validate({store}: Stage, now: number): void {
	for (const location of locations.all(store)) {
		if (now - instantOf(location.status?.lastValidationTime) < minute) continue;
		locations.change(store, location, draft => {
			draft.status = {...draft.status, phase: draft.status?.phase ?? 'Available', lastValidationTime: stamp(now)};
			if (draft.status.phase === 'Available') draft.status.lastSyncedTime = stamp(now);
		});
	}
}

/** When a schedule runs next, or why its cron expression cannot be read. Missed runs are not caught up. */
const dueAt = memoised(({spec, status, metadata}: ScheduleObject): {readonly at: number} | {readonly error: string} => {
	const last = instantOf(status?.lastBackup ?? metadata.creationTimestamp);
	try {
		const next = new Cron(spec.schedule, {timezone: 'UTC', paused: true}).nextRun(new Date(last));
		return {at: next?.getTime() ?? Number.POSITIVE_INFINITY};
	} catch (error) {
		return {error: `invalid schedule: ${error instanceof Error ? error.message : spec.schedule}`};
	}
});

function startDue(stage: Stage, schedule: ScheduleObject, now: number): void {
	const due = dueAt(schedule);
	const phase = 'error' in due ? 'FailedValidation' : 'Enabled';
	const change = (status: ScheduleObject['status']) =>
		schedules.change(stage.store, schedule, draft => {
			draft.status = {...draft.status, ...status};
		});
	if (schedule.status?.phase !== phase) change({phase, ...('error' in due ? {validationErrors: [due.error]} : {})});
	if ('error' in due || schedule.spec.paused || due.at > now) return;
	startBackup(stage, schedule, now);
	change({lastBackup: stamp(now)});
}

/** Creates a backup of a schedule, as the schedule itself and `velero backup create --from-schedule` do. */
export function startBackup(stage: Stage, schedule: ScheduleObject, now: number): BackupObject {
	const made = backup(schedule, backupName(schedule.metadata.name, now), now);
	stage.store.put(made);
	return made;
}

/** How many objects a look adds to a running backup. */
const itemsPerLook = 37;

/** Between being taken on and being over. */
const isUnderWay = ({status}: BackupObject): boolean =>
	/^(ReadyToStart|InProgress|WaitingForPluginOperations|Finalizing)/.test(status?.phase ?? '');

/** What a backup says next; undefined for one that is over. One at a time: others are queued. */
function nextStatus(stage: Stage, each: BackupObject, now: number): BackupStatus | undefined {
	const status = each.status ?? {};
	const total = status.progress?.totalItems ?? itemsOf(stage, each);
	const gone = unavailable(stage, each);
	switch (status.phase ?? 'New') {
		case 'New':
			if (gone !== undefined) return invalidAt(gone);
			return isBusy(stage, each) ? {...status, phase: 'Queued', queuePosition: 1} : {...status, phase: 'ReadyToStart'};
		case 'Queued':
			return isBusy(stage, each) ? status : {...status, phase: 'ReadyToStart', queuePosition: 0};
		case 'ReadyToStart':
			return {phase: 'InProgress', version: 1, startTimestamp: stamp(now), progress: {totalItems: total, itemsBackedUp: 0}};
		case 'InProgress': {
			if (gone !== undefined) return failedAt(gone, status, now);
			const done = Math.min(total, (status.progress?.itemsBackedUp ?? 0) + itemsPerLook);
			const phase = done === total ? afterItems(stage, each, now) : 'InProgress';
			return {...status, phase, progress: {totalItems: total, itemsBackedUp: done}};
		}
		case 'WaitingForPluginOperations':
			return {...status, phase: 'Finalizing'};
		case 'WaitingForPluginOperationsPartiallyFailed':
			return {...status, phase: 'FinalizingPartiallyFailed'};
		case 'Finalizing':
		case 'FinalizingPartiallyFailed':
			return finished(stage, each, status.startTimestamp, total, now);
		default:
			return undefined;
	}
}

function isBusy({store}: Stage, each: BackupObject): boolean {
	return backups.all(store).some(other => other.metadata.name !== each.metadata.name && isUnderWay(other));
}

/** Data of snapshots that is moved away is waited for. */
function afterItems(stage: Stage, each: BackupObject, now: number): string {
	const step = each.spec.snapshotMoveData === true ? 'WaitingForPluginOperations' : 'Finalizing';
	return errorsOf(stage, each, now) === 0 ? step : `${step}PartiallyFailed`;
}

function advance(stage: Stage, each: BackupObject, now: number): void {
	const next = nextStatus(stage, each, now);
	if (next !== undefined && next !== each.status) {
		backups.change(stage.store, each, draft => {
			draft.status = next;
		});
		return;
	}
	const {expiration} = each.status ?? {};
	// What a location holds can only be deleted while it is reached.
	if (next === undefined && expiration && instantOf(expiration) < now && unavailable(stage, each) === undefined)
		backups.remove(stage.store, each);
}

/** The location a backup is to go to, where that cannot be reached. */
function unavailable({store}: Stage, {spec}: BackupObject): string | undefined {
	const location = locations.get(store, spec.storageLocation ?? 'default', veleroNamespace);
	return location?.status?.phase === 'Unavailable' ? location.metadata.name : undefined;
}

/**
 * Volumes on a node whose uploader (`node-agent`) is not ready cannot be backed up, nor can one of which the upload takes too
 * long: three errors each.
 */
function errorsOf(stage: Stage, each: BackupObject, now: number): number {
	const all = pods.all(stage.store);
	const agents = all.filter(
		({metadata}) =>
			metadata.namespace === each.metadata.namespace && metadata.labels?.['app.kubernetes.io/name'] === 'node-agent',
	);
	const within = all.filter(({metadata}) => each.spec.includedNamespaces?.includes(metadata.namespace ?? '') ?? true);
	const lost = agents.filter(pod => conditionOf(pod, 'Ready')?.status !== 'True').length;
	const slow = within.filter(pod => ailmentOf(stage, 'not uploaded', pod, now) !== undefined).length;
	return 3 * (lost + slow);
}

function finished(stage: Stage, each: BackupObject, started: string | undefined, items: number, now: number): BackupStatus {
	const errors = errorsOf(stage, each, now);
	const phase = errors === 0 ? 'Completed' : 'PartiallyFailed';
	return outcome({phase, startedAt: instantOf(started), endedAt: now, items, errors, keptDays: keptDays(each)});
}

/** As many objects as its last completed sibling had. */
function itemsOf({store}: Stage, each: BackupObject): number {
	const label = 'velero.io/schedule-name';
	const siblings = backups.all(store).filter(({metadata}) => metadata.labels?.[label] === each.metadata.labels?.[label]);
	return siblings.find(({status}) => status?.phase === 'Completed')?.status?.progress?.totalItems ?? 300;
}

/** Velero keeps 30 days where nothing is said. */
function keptDays({spec}: BackupObject): number {
	return (Number.parseInt(spec.ttl ?? '', 10) || 720) / 24;
}
