import {describe, expect, test} from 'vitest';
import {backupsDetail} from '../../source/backups/detail.ts';
import {backupsFacts} from '../../source/backups/facts.ts';
import {diagnoseBackups} from '../../source/backups/findings.ts';
import {backupVolumeKind} from '../../source/backups/longhorn.ts';
import {backupsMoments} from '../../source/backups/moments.ts';
import {backupsView} from '../../source/backups/view.ts';
import {defaults, type Settings} from '../../source/settings.ts';
import {longhornVolumeKind} from '../../source/storage/longhorn.ts';
import {own} from '../../source/vocabulary.ts';
import {expectSafe, poisoned} from '../_helpers/hostile.ts';
import {reading} from '../_helpers/reading.ts';
import {detailText, rowTexts} from '../_helpers/told.ts';
import {input, type Objects, told} from './cluster.ts';
import {
	backupVolume,
	errored,
	inProgress,
	jobCronJob,
	recurringJob,
	target,
	unreachable,
	volume,
	volumeBackup,
} from './longhorn-objects.ts';
import {ago, claim, day, hour, minute, now, schedule} from './objects.ts';

const nightly = recurringJob('nightly', '0 */6 * * *');
const bucket = target('default', 's3://homelab-longhorn@eu-central-003/');
const without = {schedules: {is: 'absent'}, backups: {is: 'absent'}, locations: {is: 'absent'}} as const;
/** A cluster without Velero, with this recurring job and these backups. */
const job = (longhornBackups: readonly object[], more: Objects = {}): Objects => ({
	recurringJobs: [nightly],
	longhornBackups,
	backupTargets: [bucket],
	cronJobs: [jobCronJob('nightly', '0 */6 * * *')],
	locations: [],
	states: without,
	...more,
});
const both = (age: number) => [volumeBackup(`a${age}`, 'nightly', age), volumeBackup(`b${age}`, 'nightly', age - 2 * minute)];
const rows = (objects: Objects) => rowTexts(backupsView(told(objects)), ['tier', 'point', 'state', 'kept', 'location', 'keeps']);
const diagnose = (objects: Objects, settings: Partial<Settings> = {}) =>
	diagnoseBackups(told(objects), {...defaults, ...settings});
const ids = (objects: Objects, settings: Partial<Settings> = {}) =>
	diagnose(objects, settings).symptoms.map(({id, about}) => `${id}:${about}`);

describe('a recurring job is a tier', () => {
	test.each<[string, Objects, string]>([
		['good', job(both(2 * hour)), 'ok | nightly | 2h00 of 6h | good | 1 | default | 42h'],
		['late', job(both(8 * hour)), 'warn | nightly | 8h00 of 6h | late | 1 | default | 42h'],
		[
			'one volume failed: its backups are none to go back to',
			job([...both(8 * hour), volumeBackup('c', 'nightly', 2 * hour), volumeBackup('d', 'nightly', 2 * hour, errored)]),
			'warn | nightly | 8h00 of 6h | late, partial | 1 | default | 42h',
		],
		[
			'all volumes failed',
			job([...both(3 * hour), volumeBackup('d', 'nightly', hour, errored)]),
			'warn | nightly | 3h00 of 6h | failing | 1 | default | 42h',
		],
		[
			'running: as far as its volumes are together',
			job([...both(3 * hour), volumeBackup('c', 'nightly', minute, inProgress(50)), volumeBackup('d', 'nightly', 2 * minute)]),
			'ok | nightly | 3h00 of 6h | good, running 75% | 1 | default | 42h',
		],
		[
			'stuck',
			job([...both(5 * hour), volumeBackup('c', 'nightly', 4 * hour, inProgress(50))]),
			'warn | nightly | 5h00 of 6h | stuck 4h | 1 | default | 42h',
		],
		[
			'lost sight of by Longhorn itself',
			job([...both(3 * hour), volumeBackup('d', 'nightly', hour, {state: 'Unknown', backupCreatedAt: ''})]),
			'warn | nightly | 3h00 of 6h | failing | 1 | default | 42h',
		],
		['never ran', job([]), 'warn | nightly | none of 6h | never ran | 0 | default | 42h'],
		[
			'its target is away',
			job(both(2 * hour), {backupTargets: [target('default', 's3://b@r/', unreachable(20 * minute))]}),
			'bad | nightly | 2h00 of 6h | location unavailable 20m | 1 | default | 42h',
		],
		[
			'nobody set its target up',
			job(both(2 * hour), {backupTargets: [target('default', '', {available: false})]}),
			'warn | nightly | 2h00 of 6h | no location | 1 | – | 42h',
		],
		[
			'somebody suspended what runs it',
			job(both(2 * hour), {cronJobs: [jobCronJob('nightly', '0 */6 * * *', {spec: {suspend: true}})]}),
			'held | nightly | 2h00 of 6h | paused | 1 | default | 42h',
		],
		[
			'its managers are gone',
			job(both(2 * hour), {longhornReady: false}),
			'unknown | nightly | 2h00 of 6h | longhorn-manager not running | 1 | default | 42h',
		],
	])('%s', (_, objects, row) => {
		expect(rows(objects)).toEqual([row]);
	});

	test('its target is that of its volumes', () => {
		const moved = volume('media', 'jellyfin', 'default');
		const objects = job(both(2 * hour), {
			longhornVolumes: [{...moved, spec: {...moved.spec, backupTargetName: 'nas'}}],
			backupTargets: [bucket, target('nas', 'nfs://nas-1:/backups')],
		});
		expect(rows(objects)).toEqual(['ok | nightly | 2h00 of 6h | good | 1 | nas | 42h']);
	});

	test('a job that makes snapshots only is none, nor is Longhorn without jobs', () => {
		expect(rows(job([], {recurringJobs: [recurringJob('s', '@daily', {task: 'snapshot'})]}))).toEqual([]);
		expect(diagnose(job([], {recurringJobs: [], longhornReady: false})).blind).toEqual([]);
	});

	test('what was asked for together is one run, whenever the job itself ran', () => {
		const labels = {RecurringJob: 'nightly', midwatch: 'nightly-20261121020500'};
		const asked = ['c', 'd'].map(name => {
			const made = volumeBackup(name, 'nightly', 9 * minute);
			return {...made, spec: {...made.spec, labels}};
		});
		const [tier] = told(job([...both(14 * minute), ...asked])).tiers;
		expect(tier?.history.runs.map(({name, startedAt}) => `${name} ${(now - startedAt) / minute}m`)).toEqual([
			'nightly-20261121020500 9m',
			`a${14 * minute} 14m`,
		]);
	});

	test('backups by hand and of a job that is gone have a tier of their own', () => {
		expect(rows(job([...both(hour), volumeBackup('m', '', hour), volumeBackup('w', 'weekly', 9 * day)]))).toEqual([
			'risk | weekly | 9d | schedule gone | 1 | – | –',
			'ok | nightly | 1h00 of 6h | good | 1 | default | 42h',
			'idle | Longhorn on demand | 1h00 | 1 | – | –',
		]);
	});

	test('one of which nothing changed stays the same object', () => {
		const given = input(job(both(2 * hour)));
		const facts = backupsFacts(given);
		const more = reading(backupVolumeKind, [backupVolume('a', '1')]);
		const after = backupsFacts({...given, backupVolumes: more}, facts);
		expect(after).not.toBe(facts);
		expect(after.tiers).toBe(facts.tiers);
		expect(after.locations).toBe(facts.locations);
		expect(backupsFacts({...given, longhornVolumes: reading(longhornVolumeKind, [])}, facts)).toBe(facts);
	});

	test('its detail tells its runs, its target, and what that holds', () => {
		const facts = told(job(both(2 * hour), {backupVolumes: [backupVolume('a', '1073741824'), backupVolume('b', '1073741824')]}));
		const detail = detailText(backupsDetail(facts, 'recurringjob/longhorn-system/nightly', now));
		expect(detail).toContain('state: good');
		expect(detail).toContain('schedule: 0 */6 * * *');
		expect(detail).toContain('kept: 1 of 7, each for 42h');
		expect(detail).toContain('bucket: s3, homelab-longhorn');
		expect(detailText(backupsDetail(facts, 'location/longhorn-system/default', now))).toContain('holds: 2 volumes, 2Gi');
	});
});

describe('what is wrong with it', () => {
	test('nothing, where all is well', () => {
		expect(diagnose(job(both(2 * hour)))).toEqual({symptoms: [], blind: []});
	});

	test('late, with what would explain it', () => {
		const {symptoms} = diagnose(job([...both(8 * hour), volumeBackup('d', 'nightly', hour, errored)]));
		expect(symptoms).toMatchObject([
			{
				id: 'backup-late',
				about: 'nightly',
				subject: {resource: 'recurringjobs.longhorn.io', namespace: 'longhorn-system', name: 'nightly'},
				causes: [
					'backup-stuck:nightly',
					'backup-failing:nightly',
					'location-unavailable:default',
					'controller-down:longhorn-manager',
				],
			},
			{id: 'backup-failing', more: 'proxyServer: failed to write: no space left, 1 of 1 volume missing'},
		]);
	});

	test.each<[string, Objects, readonly string[]]>([
		['never ran', job([]), ['backup-never-ran:nightly']],
		['stuck', job([...both(5 * hour), volumeBackup('c', 'nightly', 4 * hour, inProgress(1))]), ['backup-stuck:nightly']],
		[
			'partial',
			job([...both(3 * hour), volumeBackup('c', 'nightly', hour), volumeBackup('d', 'nightly', hour, errored)]),
			['backup-partial:nightly'],
		],
		[
			'its target away',
			job(both(hour), {backupTargets: [target('default', 's3://b@r/', unreachable(20 * minute))]}),
			['location-unavailable:default'],
		],
		[
			'on the server that holds the data',
			job(both(hour), {backupTargets: [target('default', 'nfs://nas-1:/backups')], servers: ['nas-1']}),
			['backup-same-failure-domain:default'],
		],
		[
			'on another machine of this site',
			job(both(hour), {backupTargets: [target('default', 'nfs://nas-2:/backups')]}),
			['not-offsite:nightly'],
		],
		[
			'suspended, since a run did not come',
			job(both(9 * hour), {
				cronJobs: [jobCronJob('nightly', '0 */6 * * *', {spec: {suspend: true}, status: {lastScheduleTime: ago(9 * hour)}})],
			}),
			['schedule-paused:nightly'],
		],
	])('%s', (_, objects, found) => {
		expect(ids(objects)).toEqual(found);
	});

	test('kept too short for what is wanted', () => {
		expect(ids(job(both(hour)), {tiers: {nightly: {retention: 7 * day}}})).toEqual(['retention-short:nightly']);
		expect(ids(job(both(hour)), {tiers: {nightly: {retention: 42 * hour}}})).toEqual([]);
	});

	test('claims whose volumes it takes are backed up, others are not', () => {
		const objects = job(both(hour), {
			claims: [claim('media', 'jellyfin', 3 * day), claim('ai', 'models', 3 * day)],
			longhornVolumes: [volume('media', 'jellyfin', 'default'), volume('ai', 'models', 'none')],
		});
		expect(told(objects).uncovered.map(({name}) => name)).toEqual(['models']);
		const withVelero = {
			...objects,
			states: {},
			schedules: [schedule('tier-0', '@daily', {template: {includedNamespaces: ['ai']}})],
		};
		expect(told(withVelero).uncovered).toEqual([]);
	});

	test('nobody judges what may not be read', () => {
		const denied = {is: 'denied', verb: own('list'), resource: own('recurringjobs.longhorn.io')} as const;
		const {symptoms, blind} = diagnose(job([], {recurringJobs: [], states: {...without, recurringJobs: denied}}));
		expect(symptoms).toEqual([]);
		expect(blind).toMatchObject([{why: 'recurring jobs: not permitted: list recurringjobs.longhorn.io', required: true}]);
	});

	test('without its managers nothing that they write is believed', () => {
		const {blind} = diagnose(job(both(2 * hour), {longhornReady: false}));
		expect(blind).toMatchObject([{why: 'longhorn-manager not running', abouts: new Set(['nightly', 'default', 'claims'])}]);
	});
});

test('what went wrong is told, and when all was well for the last time', () => {
	const objects = job([
		...both(14 * hour),
		...both(8 * hour),
		volumeBackup('d', 'nightly', 2 * hour, {...errored, lastSyncedAt: ago(hour)}),
	]);
	expect(backupsMoments(input(objects), now).map(({at, about, text}) => `${(now - at) / minute}m ${about}: ${text}`)).toEqual([
		'473m recurring job nightly: Completed, 2 volumes after 7m',
		'60m recurring job nightly: Error after 60m, proxyServer: failed to write: no space left, 1 of 1 volume missing',
	]);
});

test('nothing Longhorn says reaches a screen as more than text', () => {
	const objects = poisoned(
		job([volumeBackup('c', 'nightly', hour, errored), volumeBackup('m', '', hour, errored)], {
			backupTargets: [target('default', 'nfs://nas-1:/backups', unreachable(day))],
		}),
	);
	const facts = told(objects);
	expectSafe(backupsView(facts).rows.map(({cells}) => cells));
	expectSafe(diagnose(objects).symptoms.map(({about, title, more, evidence}) => ({about, title, more, evidence})));
	for (const {key} of [...facts.tiers, ...facts.locations]) expectSafe(backupsDetail(facts, key, now));
});
