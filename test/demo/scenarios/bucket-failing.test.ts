import {expect, it} from 'vitest';
import {backups} from '../../../source/demo/objects/velero/backup.ts';
import {locations} from '../../../source/demo/objects/velero/location.ts';
import {schedules} from '../../../source/demo/objects/velero/schedule.ts';
import {startBackup} from '../../../source/demo/players/velero.ts';
import {minutesBefore, start} from './started.ts';

const week = 7 * 24 * 60;

it('has not reached the bucket for a week, and looks again every minute', () => {
	const {stage, advance} = start('bucket-failing');
	const [location] = locations.all(stage.store);
	expect(location?.status).toMatchObject({phase: 'Unavailable', message: expect.stringContaining('AccessDenied')});
	expect(minutesBefore(location?.status?.lastSyncedTime)).toBeGreaterThanOrEqual(week);
	advance(300);
	const [later] = locations.all(stage.store);
	expect(later?.status?.phase).toBe('Unavailable');
	expect(minutesBefore(later?.status?.lastValidationTime)).toBeLessThan(0);
	expect(later?.status?.lastSyncedTime).toBe(location?.status?.lastSyncedTime);
});

it('has refused every backup since, and the last good ones are a week old', () => {
	const {stage} = start('bucket-failing');
	for (const schedule of schedules.all(stage.store)) {
		const own = backups
			.all(stage.store)
			.filter(({metadata}) => metadata.labels?.['velero.io/schedule-name'] === schedule.metadata.name)
			.toSorted((one, other) => minutesBefore(one.metadata.creationTimestamp) - minutesBefore(other.metadata.creationTimestamp));
		const newest = own.find(({status}) => status?.phase === 'Completed');
		expect(minutesBefore(newest?.status?.startTimestamp), schedule.metadata.name).toBeGreaterThanOrEqual(week);
		const since = own.slice(0, newest ? own.indexOf(newest) : 0);
		expect(since.length).toBeGreaterThan(0);
		expect(since.every(({status}) => status?.phase === 'FailedValidation')).toBe(true);
		expect(schedule.status?.lastBackup).toBe(own[0]?.metadata.creationTimestamp);
	}
});

it('refuses the next one too, and keeps what has expired', () => {
	const {stage, advance, now} = start('bucket-failing');
	const before = backups.all(stage.store).length;
	const [schedule] = schedules.all(stage.store);
	if (!schedule) throw new Error('There is no schedule.');
	const made = startBackup(stage, schedule, now());
	advance(300);
	expect(backups.get(stage.store, made.metadata.name, 'velero')?.status).toMatchObject({
		phase: 'FailedValidation',
		validationErrors: ["backup can't be created because BackupStorageLocation b2 is in Unavailable status."],
	});
	expect(backups.all(stage.store)).toHaveLength(before + 1);
});
