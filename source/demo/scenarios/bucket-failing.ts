import {firedBefore, firedSince} from '../cron.ts';
import type {Scenario, Stage} from '../model.ts';
import {day, instantOf, minute, stamp} from '../objects/time.ts';
import {backup, backupName, backups, invalidAt, outcome} from '../objects/velero/backup.ts';
import {locations} from '../objects/velero/location.ts';
import {type ScheduleObject, schedules} from '../objects/velero/schedule.ts';
import {veleroNamespace} from '../objects/velero/velero.ts';

const bucket = 'b2';

/** The key of the off-site bucket was withdrawn: nothing has been backed up since. */
export const bucketFailing: Scenario = {
	id: 'bucket-failing',
	title: 'The bucket refuses backups',
	description: `the backup location ${bucket} has been unavailable for a week (access denied); every backup since was refused`,
	worlds: ['homelab'],
	steps: [{at: (-7 * day) / 1000 - 3600, what: `the key of ${bucket} is withdrawn`, act: refuse}],
};

function refuse({store}: Stage, at: number): void {
	const now = Math.max(...locations.all(store).map(({status}) => instantOf(status?.lastValidationTime)));
	locations.change(store, {metadata: {name: bucket, namespace: veleroNamespace}}, draft => {
		draft.status = {
			phase: 'Unavailable',
			lastSyncedTime: stamp(at),
			lastValidationTime: stamp(now),
			message: `BackupStorageLocation "${bucket}" is unavailable: rpc error: code = Unknown desc = operation error S3: ListObjectsV2, https response error StatusCode: 403, RequestID: c1f0b6a85e2d4b79, api error AccessDenied: not entitled`,
		};
	});
	for (const schedule of schedules.all(store)) refuseRuns(store, schedule, at, now);
}

/** What came of a schedule's runs since `from`; the last good ones are older than they were to be kept, for nobody can delete them. */
function refuseRuns(store: Stage['store'], schedule: ScheduleObject, from: number, now: number): void {
	const {name} = schedule.metadata;
	const own = backups.all(store).filter(({metadata}) => metadata.labels?.['velero.io/schedule-name'] === name);
	for (const each of own) if (instantOf(each.metadata.creationTimestamp) > from) backups.remove(store, each);
	const items = own[0]?.status?.progress?.totalItems ?? 400;
	const left = own.some(each => instantOf(each.metadata.creationTimestamp) <= from);
	for (const startedAt of left ? [] : firedBefore(schedule.spec.schedule, from, 2)) {
		const good = backup(schedule, backupName(name, startedAt), startedAt);
		good.status = outcome({phase: 'Completed', startedAt, endedAt: startedAt + 9 * minute, items, keptDays: 7});
		store.put(good);
	}
	for (const at of firedSince(schedule.spec.schedule, from, now)) {
		const made = backup(schedule, backupName(name, at), at);
		made.status = invalidAt(bucket);
		store.put(made);
	}
}
