import {describe, expect, test} from 'vitest';
import {backupsFacts} from '../../source/backups/facts.ts';
import {diagnoseBackups} from '../../source/backups/findings.ts';
import {backupKind} from '../../source/backups/velero.ts';
import type {FindingId} from '../../source/diagnosis.ts';
import {defaults, type Settings} from '../../source/settings.ts';
import {own, type SourceState} from '../../source/vocabulary.ts';
import {clockTime} from '../../source/words.ts';
import {expectSafe, poisoned} from '../_helpers/hostile.ts';
import {reading} from '../_helpers/reading.ts';
import {input, type Objects, told} from './cluster.ts';
import {
	ago,
	away,
	backup,
	claim,
	day,
	hour,
	location,
	minute,
	now,
	refused,
	repository,
	restore,
	running,
	schedule,
	snapshot,
	uploaded,
} from './objects.ts';

const diagnose = (objects: Objects, settings: Partial<Settings> = {}) =>
	diagnoseBackups(told({...objects, ...(settings.tiers && {targets: settings.tiers})}), {...defaults, ...settings});
const found = (objects: Objects, id: FindingId, settings: Partial<Settings> = {}) =>
	diagnose(objects, settings).symptoms.filter(symptom => symptom.id === id);
const ids = (objects: Objects, settings: Partial<Settings> = {}) =>
	diagnose(objects, settings).symptoms.map(({id, about}) => `${id}:${about}`);

const sixHourly = schedule('tier-0', '0 */6 * * *');
/** Tier-0 with these runs, proven lately. */
const tier = (backups: readonly object[], more: Objects = {}): Objects => ({
	schedules: [sixHourly],
	backups,
	restores: [restore('r', 12 * day)],
	...more,
});
const good = backup('good', 'tier-0', 2 * hour);
const failed = (name: string, age: number) => backup(name, 'tier-0', age, 'Failed', {failureReason: 'no space left'});
const partial = (name: string, age: number) =>
	backup(name, 'tier-0', age, 'PartiallyFailed', {errors: 3, csiVolumeSnapshotsAttempted: 14, csiVolumeSnapshotsCompleted: 13});
/** Period six hours; ten minutes a run, so a tenth of the period is the grace. */
const allowed = 6 * hour + 36 * minute;

test('a tier that is well says nothing', () => {
	expect(diagnose(tier([good]))).toEqual({symptoms: [], blind: []});
});

describe('backup-late', () => {
	test('counts from the start of the newest completed run, and tells what became of the last try', () => {
		expect(found(tier([backup('a', 'tier-0', 8 * hour + 4 * minute), partial('b', 14 * minute)]), 'backup-late')).toEqual([
			{
				id: 'backup-late',
				about: 'tier-0',
				subject: {resource: 'schedules.velero.io', namespace: 'velero', name: 'tier-0'},
				after: {warning: 0, critical: 12 * hour - allowed},
				since: now - 8 * hour - 4 * minute + allowed,
				title: 'recovery point 8h04 old, target 6h + 36m grace',
				undated: true,
				evidence: [
					`last try ${clockTime(now - 14 * minute, now)} PartiallyFailed, 3 errors, 1 of 14 volumes missing`,
					'newest completed: a',
				],
				causes: ['backup-stuck:tier-0', 'backup-failing:tier-0', 'location-unavailable:default', 'controller-down:velero'],
			},
		]);
	});

	test.each([
		['just in time', allowed - 1, 0],
		['at the deadline', allowed, 1],
	])('%s', (_, age, times) => {
		expect(found(tier([backup('a', 'tier-0', age)]), 'backup-late')).toHaveLength(times);
	});

	test('goes with the next completed run', () => {
		expect(ids(tier([backup('a', 'tier-0', 9 * hour), good]))).toEqual([]);
	});

	test('a target of the user counts instead of the period', () => {
		const tiers = {'tier-0': {rpo: hour}};
		expect(found(tier([good]), 'backup-late', {tiers})).toMatchObject([
			{title: 'recovery point 2h00 old, target 60m + 36m grace', since: now - 24 * minute},
		]);
		expect(ids(tier([backup('a', 'tier-0', 9 * hour)]), {tiers: {'tier-0': {rpo: day}}})).toEqual([]);
	});

	test('a paused tier is not late', () => {
		const paused = {schedules: [schedule('tier-0', '0 */6 * * *', {spec: {paused: true}, status: {lastBackup: ago(9 * hour)}})]};
		expect(ids(tier([backup('a', 'tier-0', 9 * hour)], paused))).toEqual(['schedule-paused:tier-0']);
	});
});

describe('backup-never-ran', () => {
	const young = (age: number) => ({schedules: [schedule('tier-0', '0 */6 * * *', {age, status: {lastBackup: undefined}})]});

	test.each([
		['before the first run is due', allowed - 1, 0],
		['when it was due', allowed, 1],
	])('%s', (_, age, times) => {
		expect(found(young(age), 'backup-never-ran')).toHaveLength(times);
	});

	test('tells since when, and what was tried', () => {
		expect(found(young(allowed + hour), 'backup-never-ran')).toMatchObject([
			{
				after: {warning: 0},
				since: now - hour,
				title: 'no run, though one was due',
				evidence: ['runs at 0 */6 * * *, made 7h ago', 'target 6h'],
			},
		]);
		const tried = {...young(9 * hour), backups: [failed('b', hour)]};
		expect(found(tried, 'backup-never-ran')).toMatchObject([{title: 'no run has completed, though one was due'}]);
	});

	test('nobody says it while backups are not read', () => {
		expect(ids({...young(9 * hour), states: {backups: {is: 'loading'}}})).toEqual([]);
	});
});

describe('backup-failing', () => {
	test('the last run failed: a warning, and critical when the recovery point is twice too old', () => {
		expect(found(tier([good, failed('b', hour)]), 'backup-failing')).toMatchObject([
			{
				after: {warning: 0, critical: 11 * hour - 10 * minute},
				since: now - 50 * minute,
				title: 'last run failed',
				more: 'no space left',
				evidence: [
					`last try ${clockTime(now - hour, now)} Failed, no space left`,
					'recovery point 2h00 old, target 6h',
					'newest completed: good',
				],
				causes: ['location-unavailable:default', 'controller-down:velero'],
			},
		]);
	});

	test('three in a row are critical at once', () => {
		const three = [good, failed('b', 90 * minute), failed('c', 80 * minute), failed('d', hour)];
		expect(found(tier(three), 'backup-failing')).toMatchObject([
			{after: {warning: 0, critical: 0}, since: now - 80 * minute, title: '3 runs in a row failed'},
		]);
	});

	test('goes with a run that does not fail', () => {
		expect(found(tier([failed('b', 3 * hour), good]), 'backup-failing')).toEqual([]);
	});
});

describe('backup-partial', () => {
	test('says what is missing', () => {
		expect(found(tier([good, partial('b', hour)]), 'backup-partial')).toMatchObject([
			{
				after: {warning: 0},
				since: now - 50 * minute,
				title: 'last run incomplete',
				more: '3 errors, 1 of 14 volumes missing',
			},
		]);
	});

	test('is told with the lateness it leads to, and gone with a completed run', () => {
		expect(ids(tier([backup('a', 'tier-0', 8 * hour), partial('b', hour)]))).toEqual(['backup-late:tier-0']);
		expect(ids(tier([partial('b', 3 * hour), good]))).toEqual([]);
	});
});

describe('backup-stuck', () => {
	test('a run under way for four hours', () => {
		expect(found(tier([good, running('c', 'tier-0', 4 * hour)]), 'backup-stuck')).toMatchObject([
			{
				after: {warning: 4 * hour},
				since: now - 4 * hour,
				title: 'running',
				more: 'usually 10m at most',
				evidence: ['c: InProgress, 42% done', 'no other run begins while it is there', 'recovery point 2h00 old, target 6h'],
			},
		]);
	});

	test('or for four times as long as runs take', () => {
		const slow = backup('a', 'tier-0', 5 * hour, 'Completed', {completionTimestamp: ago(3 * hour)});
		expect(ids(tier([slow, running('c', 'tier-0', 8 * hour - 1)]))).toEqual([]);
		expect(ids(tier([slow, running('c', 'tier-0', 8 * hour)]))).toEqual(['backup-stuck:tier-0']);
	});

	test('not before, and not once it has ended', () => {
		expect(ids(tier([good, running('c', 'tier-0', 4 * hour - 1)]))).toEqual([]);
		expect(ids(tier([good, backup('c', 'tier-0', 4 * hour)]))).toEqual([]);
	});
});

describe('location-unavailable', () => {
	const at = (status: object, more: Objects = {}) => tier([good], {locations: [location('default', {status})], ...more});

	test('counts from its last answer, and names the tiers it feeds', () => {
		const schedules = [sixHourly, schedule('tier-1', '@daily')];
		const backups = [good, backup('d', 'tier-1', hour)];
		expect(found(at(away(7 * day), {schedules, backups}), 'location-unavailable')).toEqual([
			{
				id: 'location-unavailable',
				about: 'default',
				subject: {resource: 'backupstoragelocations.velero.io', namespace: 'velero', name: 'default'},
				after: {warning: 5 * minute, critical: 15 * minute},
				since: now - 7 * day,
				title: '',
				more: 'feeds tier-0 and tier-1',
				evidence: ['dial tcp: timeout', 'aws, b2-homelab'],
				causes: [],
			},
		]);
	});

	test('is not there while it answers', () => {
		expect(found(at({}), 'location-unavailable')).toEqual([]);
	});

	test.each<[string, Objects]>([
		['feeds nothing', {locations: [location('default'), location('minio', {status: away(day)})]}],
		['feeds only what is paused', at(away(day), {schedules: [schedule('tier-0', '@daily', {spec: {paused: true}})]})],
	])('one that %s is a risk', (_, objects) => {
		expect(found(objects, 'location-unavailable')).toMatchObject([
			{class: 'risk', after: {warning: 5 * minute}, more: 'feeds no schedule that runs'},
		]);
	});

	test('one that is only named does not exist', () => {
		const schedules = [schedule('tier-0', '0 */6 * * *', {template: {storageLocation: 'gone'}})];
		expect(found({schedules}, 'location-unavailable')).toMatchObject([
			{about: 'gone', title: 'does not exist', more: 'feeds tier-0', since: 0},
		]);
	});

	test('names what would explain it: the server it is on, or names that are not resolved', () => {
		const message = 'dial tcp: lookup nas-1 on 10.43.0.10:53: no such host';
		const spec = {config: {s3Url: 'http://NAS-1:9000'}};
		const objects = {locations: [location('default', {spec, status: {...away(day), message}})], servers: ['10.0.0.5']};
		const settings = {aliases: {'10.0.0.5': 'nas', 'nas-1': 'nas'}};
		expect(found(tier([good], objects), 'location-unavailable', settings)).toMatchObject([
			{causes: ['storage-server-down:nas', 'core-service-down:coredns']},
		]);
	});

	test('cannot be judged while nobody looks', () => {
		const {blind} = diagnose(at({lastValidationTime: ago(10 * minute)}));
		expect(blind).toEqual([
			{
				ids: ['location-unavailable'],
				abouts: new Set(['default']),
				what: 'backups',
				why: 'velero has not checked location default lately',
				loading: false,
				required: true,
			},
		]);
		expect(diagnose(at({lastValidationTime: ago(10 * minute - 1)})).blind).toEqual([]);
	});
});

describe('standing risks', () => {
	const claims = [claim('media', 'films', 3 * day), claim('photos', 'library', 3 * day), claim('photos', 'new', day - 1)];

	test('claims in no tier are told once', () => {
		expect(found(tier([good], {claims}), 'claim-not-backed-up')).toMatchObject([
			{
				about: 'claims',
				title: '1 claim in no backup tier: photos/library',
				evidence: ['photos/library 10Gi'],
				many: 1,
			},
		]);
		const many = ['a', 'b', 'c', 'd', 'e'].map(name => claim('photos', name, 3 * day));
		expect(found(tier([good], {claims: many}), 'claim-not-backed-up')).toMatchObject([
			{title: '5 claims in no backup tier: photos/a, photos/b, photos/c and 2 more', many: 5},
		]);
	});

	test.each<[string, object, number]>([
		['every namespace', {includedNamespaces: ['*']}, 0],
		['no namespace by name', {includedNamespaces: undefined}, 0],
		['a pattern of namespaces', {includedNamespaces: ['pho*']}, 0],
		['all namespaces but theirs', {includedNamespaces: ['*'], excludedNamespaces: ['photos']}, 1],
		['other kinds of objects', {includedNamespaces: ['*'], includedResources: ['configmaps']}, 1],
		['all kinds of objects but claims', {includedNamespaces: ['*'], excludedResources: ['persistentvolumeclaims']}, 1],
	])('a schedule that takes %s', (_, template, times) => {
		const schedules = [schedule('tier-0', '0 */6 * * *', {template})];
		expect(found(tier([good], {claims: claims.slice(1), schedules}), 'claim-not-backed-up')).toHaveLength(times);
	});

	test('claims that need no backup, are not bound, or cannot be told from covered ones are not named', () => {
		expect(ids(tier([good], {claims}), {notBackedUp: ['photos/*']})).toEqual([]);
		expect(ids(tier([good], {claims: [claim('photos', 'x', 3 * day, 'Pending')]}))).toEqual([]);
		expect(ids(tier([good], {claims, states: {schedules: {is: 'loading'}}}))).toEqual([]);
	});

	test('a claim counts from the moment it is a day old', () => {
		const facts = told(tier([good], {claims: [claim('photos', 'new', day - 20_000)]}));
		expect(facts.uncovered).toEqual([]);
		expect(facts.changesAt).toBe(now + 20_000);
	});

	test('a backup without its data', () => {
		const of = (done: number) =>
			backup('b', 'tier-0', hour, 'Completed', {csiVolumeSnapshotsAttempted: 14, csiVolumeSnapshotsCompleted: done});
		expect(found(tier([of(0)]), 'backup-without-data')).toMatchObject([{title: 'newest backup holds 0 of 14 volumes'}]);
		expect(ids(tier([of(1)]))).toEqual([]);
	});

	const to = (s3Url: string): Objects =>
		tier([good], {locations: [location('default', {spec: {config: {s3Url}}})], servers: ['nas-1']});
	test.each([
		['http://minio.velero.svc:9000', ['backup-same-failure-domain:default']],
		['http://minio.velero.svc.cluster.local', ['backup-same-failure-domain:default']],
		['http://nas-1:9000', ['backup-same-failure-domain:default']],
		['http://nas-2:9000', ['not-offsite:tier-0']],
		['https://192.168.1.9', ['not-offsite:tier-0']],
		['https://s3.home.arpa', ['not-offsite:tier-0']],
		['https://s3.eu-central-003.backblazeb2.com', []],
		['https://172.64.0.1', []],
	])('a backup at %s', (url, expected) => {
		expect(ids(to(url))).toEqual(expected);
	});

	test('one server under two names is one server', () => {
		expect(ids(to('http://10.0.0.5:9000'), {aliases: {'10.0.0.5': 'nas-1'}})).toEqual(['backup-same-failure-domain:default']);
	});

	test('a restore that was never proven, or too long ago', () => {
		expect(found(tier([good], {restores: []}), 'restore-unproven')).toMatchObject([
			{title: 'restore of tier-0 never proven', after: {warning: 0}, since: now - 100 * day},
		]);
		expect(ids(tier([good], {restores: [restore('r', 90 * day - 1)]}))).toEqual([]);
		expect(found(tier([good], {restores: [restore('r', 91 * day)]}), 'restore-unproven')).toMatchObject([
			{title: 'restore of tier-0 proven too long ago', since: now - day, evidence: ['r restored tier-0-20261109020000 91d ago']},
		]);
		expect(ids(tier([], {restores: []}))).not.toContain('restore-unproven:tier-0');
	});

	const pausedFor = (age: number) => ({
		schedules: [schedule('tier-0', '0 */6 * * *', {spec: {paused: true}, status: {lastBackup: ago(age)}})],
	});

	test('a paused schedule, since the first run that did not come', () => {
		expect(found(pausedFor(2 * day + 14 * minute), 'schedule-paused')).toMatchObject([
			{after: {warning: day}, since: now - 2 * day - 14 * minute + 4 * hour, title: 'paused'},
		]);
		expect(found(pausedFor(hour), 'schedule-paused')).toEqual([]);
		expect(found(tier([good]), 'schedule-paused')).toEqual([]);
	});

	test('a schedule that Velero refuses', () => {
		const status = {phase: 'FailedValidation', validationErrors: ['invalid schedule: bad cron']};
		const schedules = [schedule('tier-0', 'x', {status})];
		expect(diagnose({schedules})).toMatchObject({
			symptoms: [{id: 'schedule-invalid', title: 'refused: invalid schedule: bad cron'}],
			blind: [],
		});
	});

	test('a retention below its target, if there is one', () => {
		const of = (retention: number) => ({tiers: {'tier-0': {retention}}});
		expect(found(tier([good]), 'retention-short', of(30 * day))).toMatchObject([{title: 'kept for 7d, target 30d'}]);
		expect(ids(tier([good]), of(7 * day))).toEqual([]);
	});

	test('repositories that nobody maintains are told once', () => {
		const repositories = [
			repository('apps', day - 1),
			repository('media', day),
			repository('photos', hour, {
				recentMaintenance: [
					{result: 'Succeeded', startTimestamp: ago(2 * hour)},
					{result: 'Failed', startTimestamp: ago(hour), message: 'no lock'},
				],
			}),
			repository('home', hour, {phase: 'NotReady', message: 'wrong password'}),
		];
		expect(found(tier([good], {repositories}), 'repository-unmaintained')).toMatchObject([
			{
				about: 'repositories',
				title: '3 repositories not maintained: home, media, photos',
				evidence: [
					'media in default: last maintained 2026-11-20',
					'photos in default: no lock',
					'home in default: NotReady: wrong password',
				],
				many: 3,
			},
		]);
		expect(ids(tier([good], {repositories: repositories.slice(0, 1)}))).toEqual([]);
	});

	test('a stateless cluster is not nagged, yet what it has set up is watched', () => {
		const objects: Objects = {
			schedules: [sixHourly, schedule('tier-1', '@daily', {spec: {paused: true}})],
			backups: [backup('a', 'tier-0', 9 * hour)],
			locations: [
				location('default', {spec: {config: {s3Url: 'http://minio.velero.svc'}}}),
				location('old', {status: away(day)}),
			],
			claims,
			repositories: [repository('media', 9 * day)],
			states: {restores: {is: 'loading'}},
		};
		expect(diagnose(objects, {stateless: true})).toMatchObject({symptoms: [{id: 'backup-late'}], blind: []});
	});
});

describe('etcd snapshots', () => {
	const etcd = {since: now - 100 * day, cron: undefined};
	const servers = ['nuc-1', 'nuc-2', 'nuc-3'];
	const taken = (age: number) => servers.flatMap(node => [snapshot(node, age), uploaded(node, age)]);

	test('are late like any backup, against the default of k3s', () => {
		expect(ids({etcd, snapshots: taken(13 * hour)})).toEqual([]);
		expect(found({etcd, snapshots: taken(14 * hour)}, 'backup-late')).toMatchObject([
			{
				about: 'etcd',
				title: 'recovery point 14h00 old, target 12h + 72m grace',
				causes: ['backup-stuck:etcd', 'backup-failing:etcd'],
			},
		]);
	});

	test('against the schedule the servers were given, and the target of the user', () => {
		const daily = {since: 0, cron: own('0 3 * * *')};
		expect(ids({etcd: daily, snapshots: taken(26 * hour)})).toEqual([]);
		expect(ids({etcd: daily, snapshots: taken(27 * hour)})).toEqual(['backup-late:etcd']);
		expect(ids({etcd, snapshots: taken(14 * hour)}, {tiers: {etcd: {rpo: day}}})).toEqual([]);
	});

	test('one server that fails makes it partial; a snapshot that is not uploaded is not off-site either', () => {
		const files = [
			...taken(14 * hour),
			...taken(2 * hour).slice(2),
			snapshot('nuc-1', 2 * hour, refused(2 * hour, 'no space left')),
		];
		expect(found({etcd, snapshots: files}, 'backup-partial')).toMatchObject([{more: 'not taken: no space left'}]);
		const local = servers.flatMap(node => [
			snapshot(node, 2 * hour),
			uploaded(node, 2 * hour, refused(2 * hour, 'access denied')),
		]);
		expect(diagnose({etcd, snapshots: local}).symptoms).toMatchObject([
			{id: 'backup-partial', more: 'not uploaded: access denied'},
			{id: 'not-offsite', title: 'only on disks of the servers'},
		]);
	});

	test('fail when none can be used', () => {
		const bad = (age: number) => servers.map(node => snapshot(node, age, refused(age, 'no space left')));
		const files = [...taken(40 * hour), ...bad(26 * hour), ...bad(14 * hour), ...bad(2 * hour)];
		expect(diagnose({etcd, snapshots: files}).symptoms).toMatchObject([
			{id: 'backup-late', about: 'etcd'},
			{id: 'backup-failing', after: {critical: 0}, more: 'not taken on 3 servers: no space left'},
		]);
	});

	test('that never were are told where there is an etcd to save', () => {
		expect(found({etcd, snapshots: []}, 'backup-never-ran')).toMatchObject([
			{about: 'etcd', title: 'no run, though one was due', evidence: ['runs at 0 */12 * * *', 'target 12h']},
		]);
		expect(ids({snapshots: []})).toEqual([]);
	});

	test('in a bucket of this site are not off-site', () => {
		const near = uploaded('nuc-1', hour, {}, 'minio.velero.svc:9000');
		expect(found({etcd, snapshots: [snapshot('nuc-1', hour), near]}, 'not-offsite')).toMatchObject([
			{title: 'only on homelab-etcd', evidence: ['a service of this cluster']},
		]);
	});
});

describe('what cannot be judged', () => {
	const late = tier([backup('a', 'tier-0', 9 * hour)]);
	const denied: SourceState = {is: 'denied', verb: own('list'), resource: own('restores.velero.io')};
	const stale: SourceState = {is: 'stale', since: now, why: own('no answer')};
	const velero: readonly FindingId[] = ['backup-late', 'backup-failing', 'location-unavailable', 'schedule-paused'];

	test('while Velero does not run nothing of its is true, whatever it says', () => {
		const {symptoms, blind} = diagnose({...late, veleroReady: false});
		expect(symptoms).toMatchObject([{id: 'backup-late', causes: expect.arrayContaining(['controller-down:velero'])}]);
		expect(blind).toMatchObject([{what: 'backups', why: 'velero not running', loading: false, required: true}]);
		expect(blind[0]?.ids).toEqual(expect.arrayContaining([...velero]));
		expect(blind[0]).not.toHaveProperty('abouts');
	});

	test('which says nothing of etcd', () => {
		const {blind} = diagnose({...late, snapshots: [snapshot('nuc-1', hour)], veleroReady: false});
		expect(blind[0]?.abouts).toEqual(new Set(['tier-0', 'default', 'claims', 'repositories']));
	});

	test.each<[string, Objects['states'], readonly FindingId[], string]>([
		['restores denied', {restores: denied}, ['restore-unproven'], 'restores: not permitted: list restores.velero.io'],
		['repositories loading', {repositories: {is: 'loading'}}, ['repository-unmaintained'], 'backup repositories: not read yet'],
		['claims stale', {claims: stale}, ['claim-not-backed-up'], 'no answer'],
		[
			'locations denied',
			{locations: {...denied, resource: own('backupstoragelocations.velero.io')}},
			['location-unavailable', 'backup-same-failure-domain', 'not-offsite'],
			'backup locations: not permitted: list backupstoragelocations.velero.io',
		],
	])('%s', (_, states, expected, why) => {
		const {symptoms, blind} = diagnose(tier([good], {states: states ?? {}}));
		expect(symptoms).toEqual([]);
		// What tells of risks only lowers no verdict.
		expect(blind).toMatchObject([{ids: expected, why, required: expected.includes('location-unavailable')}]);
	});

	test('etcd snapshots stale', () => {
		const {blind} = diagnose({snapshots: [snapshot('nuc-1', hour)], states: {snapshots: stale}});
		expect(blind).toMatchObject([{abouts: new Set(['etcd']), why: 'no answer'}]);
	});

	test('everything loading is told once', () => {
		const loading: SourceState = {is: 'loading'};
		const states = {schedules: loading, backups: loading, locations: loading, restores: loading, repositories: loading};
		expect(diagnose({states}).blind).toMatchObject([{why: 'Velero: not read yet', loading: true}]);
	});

	test('what is not installed has nothing to judge', () => {
		const absent: SourceState = {is: 'absent'};
		const states = {schedules: absent, backups: absent, locations: absent, restores: absent, repositories: absent};
		expect(diagnose({states, locations: [], claims: [claim('photos', 'x', 9 * day)]})).toEqual({symptoms: [], blind: []});
	});

	test('a schedule midwatch cannot read, without a target', () => {
		const odd = {schedules: [schedule('tier-0', '@reboot')], backups: [good]};
		expect(diagnose(odd).blind).toMatchObject([
			{ids: ['backup-late', 'backup-never-ran'], why: 'midwatch cannot read when tier-0 runs: @reboot'},
		]);
		expect(diagnose(odd, {tiers: {'tier-0': {rpo: day}}}).blind).toEqual([]);
	});
});

test('the same facts and settings give the same object, an unchanged tier the same symptoms', () => {
	const schedules = [sixHourly, schedule('tier-1', '@daily')];
	const given = input(tier([backup('a', 'tier-0', 9 * hour), backup('d', 'tier-1', hour)], {schedules}));
	const before = backupsFacts(given);
	expect(diagnoseBackups(before, defaults)).toBe(diagnoseBackups(before, defaults));
	const [more] = reading(backupKind, [running('e', 'tier-1', minute)]).records;
	const records = new Map([...given.backups.records, ...(more ? [more] : [])]);
	const after = backupsFacts({...given, backups: {...given.backups, records}}, before);
	expect(after).not.toBe(before);
	expect(diagnoseBackups(after, defaults).symptoms[0]).toBe(diagnoseBackups(before, defaults).symptoms[0]);
});

test('nothing a cluster says reaches a finding as more than text', () => {
	const {symptoms, blind} = diagnose(
		poisoned({
			schedules: [
				schedule('tier-0', '0 */6 * * *', {template: {storageLocation: 'gone'}}),
				schedule('tier-1', '@daily', {status: {phase: 'FailedValidation', validationErrors: ['x']}}),
				schedule('tier-2', '@odd'),
			],
			backups: [failed('b', hour), partial('c', 9 * day), running('d', 'tier-2', 9 * hour)],
			locations: [location('default', {status: away(day)}), location('nas')],
			restores: [restore('r', 99 * day)],
			repositories: [repository('media', hour, {phase: 'NotReady', message: 'x'})],
			snapshots: [snapshot('nuc-1', hour, refused(hour, 'x')), uploaded('nuc-1', hour, {}, 'nas')],
			claims: [claim('photos', 'library', 3 * day)],
		}),
	);
	expect(symptoms.length).toBeGreaterThan(5);
	for (const {subject: _, causes: __, ...said} of symptoms) expectSafe(said);
	expectSafe(blind);
});
