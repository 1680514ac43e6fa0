import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {backupsDetail} from '../../source/backups/detail.ts';
import {backupKind, locationKind, restoreKind, scheduleKind} from '../../source/backups/velero.ts';
import {backupsView} from '../../source/backups/view.ts';
import {damaged, expectSafe, poisoned, project} from '../_helpers/hostile.ts';
import {told} from './cluster.ts';
import {ago, away, backup, day, hour, location, now, restore, running, schedule} from './objects.ts';

test('a schedule', () => {
	expect(project(scheduleKind, schedule('tier-0', '0 */6 * * *', {status: {lastSkipped: ago(hour)}}))).toMatchObject({
		name: 'tier-0',
		cron: '0 */6 * * *',
		paused: false,
		keeps: 7 * day,
		lastRunAt: now - hour,
		location: '',
	});
});

test.each([undefined, '0s', 'nonsense'])('a schedule with ttl %s keeps its backups for 30 days', ttl => {
	expect(project(scheduleKind, schedule('t', '@daily', {template: {ttl}}))?.keeps).toBe(30 * day);
});

test('a backup counts volumes of both kinds of snapshot', () => {
	const status = {
		volumeSnapshotsAttempted: 2,
		volumeSnapshotsCompleted: 1,
		csiVolumeSnapshotsAttempted: 3,
		csiVolumeSnapshotsCompleted: 3,
	};
	expect(project(backupKind, backup('b', 'tier-0', hour, 'Completed', status))).toMatchObject({
		schedule: 'tier-0',
		startedAt: now - hour,
		volumes: 5,
		volumesDone: 4,
		errors: 0,
	});
});

test('a location', () => {
	expect(project(locationKind, location('default', {spec: {accessMode: 'ReadOnly'}}))).toMatchObject({
		bucket: 'b2-homelab',
		isDefault: true,
		readOnly: true,
		checkedEvery: 60_000,
	});
});

const samples = [
	[scheduleKind, schedule('tier-0', '0 */6 * * *', {status: {validationErrors: ['x']}})],
	[backupKind, running('b', 'tier-0', hour)],
	[locationKind, location('default')],
	[restoreKind, restore('r', day)],
] as const;

describe.each(samples.map(([kind, object]) => ({id: kind.id, kind, object})))('$id', ({kind, object}) => {
	test('is projected whatever a server sends', () => {
		fc.assert(
			fc.property(damaged(object), damage => {
				project<never>(kind as never, damage);
			}),
		);
	});
});

test('nothing a cluster says reaches the screen as more than text', () => {
	const objects = poisoned({
		schedules: [
			schedule('tier-0', '0 */6 * * *', {template: {storageLocation: 'default'}}),
			schedule('tier-1', '@daily', {status: {phase: 'FailedValidation', validationErrors: ['x']}}),
		],
		backups: [
			backup('b', 'tier-0', hour, 'Failed', {failureReason: 'x'}),
			backup('c', '', hour),
			running('d', 'tier-9', hour, {phase: 'Odd'}),
		],
		locations: [location('default', {status: away(day)}), location('minio', {status: away(day)})],
		restores: [restore('r', day, {scheduleName: 'tier-0'})],
	});
	const facts = told(objects);
	const view = backupsView(facts);
	expect(view.rows).toHaveLength(4);
	expect(view.notes).toHaveLength(1);
	expectSafe({...view, rows: view.rows.map(({cells}) => cells)});
	for (const row of view.rows) expectSafe(backupsDetail(facts, row.key, now));
});
