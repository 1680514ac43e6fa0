import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {cronJobKind} from '../../source/backups/cron-job.ts';
import {backupsDetail} from '../../source/backups/detail.ts';
import {snapshotKind} from '../../source/backups/etcd.ts';
import {backupTargetKind, backupVolumeKind, longhornBackupKind, recurringJobKind} from '../../source/backups/longhorn.ts';
import {repositoryKind} from '../../source/backups/repository.ts';
import {backupKind, locationKind, restoreKind, scheduleKind} from '../../source/backups/velero.ts';
import {backupsView} from '../../source/backups/view.ts';
import {damaged, expectSafe, poisoned, project} from '../_helpers/hostile.ts';
import {told} from './cluster.ts';
import {backupVolume, errored, jobCronJob, recurringJob, target, unreachable, volumeBackup} from './longhorn-objects.ts';
import {
	ago,
	away,
	backup,
	day,
	hour,
	location,
	now,
	refused,
	repository,
	restore,
	running,
	schedule,
	snapshot,
	uploaded,
} from './objects.ts';

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

test('a schedule that takes only some kinds of objects says whether claims are among them', () => {
	const takes = (template: object) => project(scheduleKind, schedule('t', '@daily', {template}))?.takesClaims;
	expect(takes({})).toBe(true);
	expect(takes({includedResources: ['pods', 'pvc']})).toBe(true);
	expect(takes({includedResources: ['pods']})).toBe(false);
	expect(takes({excludedResources: ['persistentvolumeclaims']})).toBe(false);
});

test.each([
	['https://S3.Example.com:9000/x', 's3.example.com'],
	['http://user:secret@minio.velero.svc', 'minio.velero.svc'],
	['http://[fd00::1]:9000', '[fd00::1]'],
	['minio.lan:9000', 'minio.lan'],
	['', ''],
])('the host of %j', (s3Url, host) => {
	expect(project(locationKind, location('default', {spec: {config: {s3Url}}}))?.host).toBe(host);
});

test('an etcd snapshot, on a disk and in a bucket', () => {
	expect(project(snapshotKind, snapshot('nuc-1', hour))).toMatchObject({
		node: 'nuc-1',
		isUploaded: false,
		bucket: '',
		isReady: true,
	});
	expect(project(snapshotKind, uploaded('nuc-1', hour, refused(hour, 'denied')))).toMatchObject({
		snapshot: `etcd-snapshot-nuc-1-${hour}`,
		isUploaded: true,
		bucket: 'homelab-etcd',
		takenAt: now - hour,
		isReady: false,
		error: 'denied',
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

test.each([
	['s3://homelab@eu-central-003/', {provider: 's3', bucket: 'homelab', host: ''}],
	['nfs://nas-1.lan:/mnt/backups?nfsOptions=soft', {provider: 'nfs', bucket: 'nas-1.lan:/mnt/backups', host: 'nas-1.lan'}],
	['cifs://10.0.0.9/share', {provider: 'cifs', bucket: '10.0.0.9/share', host: '10.0.0.9'}],
	['azblob://container@core.windows.net/', {provider: 'azblob', bucket: 'container', host: ''}],
	['nonsense', {provider: '', bucket: '', host: ''}],
])('a backup target at %s', (url, place) => {
	expect(project(backupTargetKind, target('default', url))).toMatchObject({...place, phase: 'Available', isDefault: true});
});

const samples = [
	[scheduleKind, schedule('tier-0', '0 */6 * * *', {status: {validationErrors: ['x']}})],
	[backupKind, running('b', 'tier-0', hour)],
	[locationKind, location('default')],
	[restoreKind, restore('r', day)],
	[repositoryKind, repository('media', hour, {recentMaintenance: [{result: 'Failed', startTimestamp: ago(hour), message: 'x'}]})],
	[recurringJobKind, recurringJob('nightly', '@daily')],
	[longhornBackupKind, volumeBackup('a', 'nightly', hour, errored)],
	[backupTargetKind, target('default', 's3://b@r/', unreachable(hour))],
	[backupVolumeKind, backupVolume('a', '1')],
	[cronJobKind, jobCronJob('nightly', '@daily')],
	[snapshotKind, uploaded('nuc-1', hour, refused(hour, 'x'))],
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
		snapshots: [snapshot('nuc-1', hour), uploaded('nuc-1', hour, refused(hour, 'x'))],
	});
	const facts = told(objects);
	const view = backupsView(facts);
	expect(view.rows).toHaveLength(5);
	expect(view.notes).toHaveLength(1);
	expectSafe({...view, rows: view.rows.map(({cells}) => cells)});
	const runs = facts.tiers.flatMap(({key, history}) => history.runs.map(({name}) => `${key}/${name}`));
	const keys = [...view.rows.map(({key}) => key), ...facts.locations.map(({key}) => key), ...runs];
	for (const key of keys) {
		expect(backupsDetail(facts, key, now)).toBeDefined();
		expectSafe(backupsDetail(facts, key, now));
	}
});
