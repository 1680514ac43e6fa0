import {expect, test} from 'vitest';
import {backupsMoments} from '../../source/backups/moments.ts';
import {expectSafe, poisoned} from '../_helpers/hostile.ts';
import {input, type Objects} from './cluster.ts';
import {
	away,
	backup,
	day,
	hour,
	location,
	minute,
	now,
	refused,
	restore,
	running,
	schedule,
	snapshot,
	uploaded,
} from './objects.ts';

const told = (objects: Objects) =>
	backupsMoments(input(objects), now).map(
		({at, about, text, isChange}) => `${(now - at) / minute}m ${about}: ${text}${isChange ? ' (change)' : ''}`,
	);

test('runs begin and end, and say why they went wrong; of those that go well by a schedule the last is told', () => {
	const backups = [
		backup('before', 'tier-0', 14 * hour),
		backup('a', 'tier-0', 8 * hour),
		backup('b', 'tier-0', 2 * hour, 'PartiallyFailed', {errors: 3}),
		backup('c', 'tier-0', hour, 'FailedValidation', {
			startTimestamp: undefined,
			completionTimestamp: undefined,
			validationErrors: ['no such location'],
		}),
		running('d', 'tier-0', 5 * minute),
		backup('old', 'tier-0', 2 * day),
	];
	expect(told({schedules: [schedule('tier-0', '0 */6 * * *')], backups})).toEqual([
		'470m backup a: Completed after 10m',
		'120m backup b: began',
		'110m backup b: PartiallyFailed after 10m, 3 errors',
		'60m backup c: FailedValidation, no such location',
		'5m backup d: began',
	]);
});

test('a location that is away was there for the last time', () => {
	const locations = [location('default'), location('minio', {status: away(hour)}), location('old', {status: away(9 * day)})];
	expect(told({locations})).toEqual([
		'12960m backup location old: answered for the last time: dial tcp: timeout',
		'60m backup location minio: answered for the last time: dial tcp: timeout',
	]);
});

test('a restore is something that somebody did', () => {
	expect(told({restores: [restore('r', hour, {}, {warnings: 2})]})).toEqual([
		'60m restore r: began, from tier-0-20261109020000 (change)',
		'60m restore r: Completed, 2 warnings',
	]);
});

test('snapshots of etcd are taken, uploaded, or not', () => {
	const snapshots = [
		snapshot('nuc-1', 20 * hour),
		uploaded('nuc-1', 20 * hour),
		snapshot('nuc-1', 8 * hour),
		snapshot('nuc-1', hour, refused(hour, 'no space left')),
	];
	expect(told({snapshots})).toEqual(['480m etcd snapshot: taken', '60m etcd snapshot: failed: not taken: no space left']);
});

test('nothing a cluster says reaches the timeline as more than text', () => {
	const objects = poisoned({
		backups: [backup('a', 'tier-0', hour, 'Failed', {failureReason: 'x'})],
		locations: [location('default', {status: away(hour)})],
		restores: [restore('r', hour)],
		snapshots: [snapshot('nuc-1', hour, refused(hour, 'x'))],
	});
	const moments = backupsMoments(input(objects), now);
	expect(moments).toHaveLength(6);
	for (const {subject: _, ...said} of moments) expectSafe(said);
});
