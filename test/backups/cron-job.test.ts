import {describe, expect, test} from 'vitest';
import {backupsDetail} from '../../source/backups/detail.ts';
import {diagnoseBackups} from '../../source/backups/findings.ts';
import {backupsView} from '../../source/backups/view.ts';
import {defaults, type Settings} from '../../source/settings.ts';
import {own} from '../../source/vocabulary.ts';
import {expectSafe, poisoned} from '../_helpers/hostile.ts';
import {detailText, rowTexts} from '../_helpers/told.ts';
import {type Objects, told} from './cluster.ts';
import {ago, day, hour, minute, now} from './objects.ts';

const metadata = (name: string, age: number) => ({
	namespace: 'kube-system',
	name,
	uid: `uid-${name}`,
	creationTimestamp: ago(age),
});

/** A CronJob that ran an hour ago, and took five minutes. */
const cronJob = (fields: {spec?: object; status?: object} = {}) => ({
	apiVersion: 'batch/v1',
	kind: 'CronJob',
	metadata: metadata('talos-backup', 100 * day),
	spec: {schedule: '0 */6 * * *', suspend: false, ...fields.spec},
	status: {lastScheduleTime: ago(hour), lastSuccessfulTime: ago(55 * minute), ...fields.status},
});

const ownerReferences = [
	{apiVersion: 'batch/v1', kind: 'CronJob', name: 'talos-backup', uid: 'uid-talos-backup', controller: true},
];

const job = (name: string, age: number, status: object) => ({
	apiVersion: 'batch/v1',
	kind: 'Job',
	metadata: {...metadata(name, age), ownerReferences},
	status: {startTime: ago(age), ...status},
});
const complete = (name: string, age: number) => job(name, age, {completionTime: ago(age - 5 * minute), succeeded: 1});
const failed = (name: string, age: number) =>
	job(name, age, {
		conditions: [
			{type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'it failed', lastTransitionTime: ago(age)},
		],
	});
const running = (name: string, age: number) => job(name, age, {active: 1});

const declared: Settings['tiers'] = {etcd: {cronJob: 'kube-system/talos-backup'}};
const without = {schedules: {is: 'absent'}, backups: {is: 'absent'}, locations: {is: 'absent'}} as const;
const cluster = (jobs: readonly object[], more: Objects = {}): Objects => ({
	cronJobs: [cronJob()],
	jobs,
	locations: [],
	targets: declared,
	states: without,
	...more,
});
const rows = (objects: Objects) => rowTexts(backupsView(told(objects)), ['tier', 'point', 'state', 'last', 'location']);
const diagnose = (objects: Objects) => diagnoseBackups(told(objects), {...defaults, tiers: objects.targets ?? {}});
const ids = (objects: Objects) => diagnose(objects).symptoms.map(({id, about}) => `${id}:${about}`);

describe('a CronJob that is declared as a tier', () => {
	test.each<[string, Objects, string, readonly string[]]>([
		['good', cluster([complete('a', hour)]), 'ok | etcd | 1h00 of 6h | good | good 60m | –', []],
		[
			'its jobs are gone, but it remembers',
			cluster([], {cronJobs: [cronJob()]}),
			'ok | etcd | 1h00 of 6h | good | good 60m | –',
			[],
		],
		[
			'late',
			cluster([], {cronJobs: [cronJob({status: {lastScheduleTime: ago(8 * hour), lastSuccessfulTime: ago(8 * hour)}})]}),
			'warn | etcd | 8h00 of 6h | late | good 8h | –',
			['backup-late:etcd'],
		],
		[
			'failing',
			cluster([complete('a', hour), failed('b', 30 * minute)]),
			'warn | etcd | 1h00 of 6h | failing | failed 30m | –',
			['backup-failing:etcd'],
		],
		[
			'running',
			cluster([complete('a', hour), running('b', minute)]),
			'ok | etcd | 1h00 of 6h | good, running – | good 60m | –',
			[],
		],
		[
			'stuck',
			cluster([complete('a', 5 * hour), running('b', 4 * hour)], {
				cronJobs: [cronJob({status: {lastSuccessfulTime: ago(5 * hour)}})],
			}),
			'warn | etcd | 5h00 of 6h | stuck 4h | good 5h | –',
			['backup-stuck:etcd'],
		],
		[
			'never ran',
			cluster([], {cronJobs: [cronJob({status: {lastScheduleTime: undefined, lastSuccessfulTime: undefined}})]}),
			'warn | etcd | none of 6h | never ran | – | –',
			['backup-never-ran:etcd'],
		],
		[
			'suspended',
			cluster([complete('a', 9 * hour)], {
				cronJobs: [
					cronJob({spec: {suspend: true}, status: {lastScheduleTime: ago(9 * hour), lastSuccessfulTime: ago(9 * hour)}}),
				],
			}),
			'held | etcd | 9h00 of 6h | paused | good 9h | –',
			['schedule-paused:etcd'],
		],
		['not there', cluster([], {cronJobs: []}), 'warn | etcd | none | invalid | – | –', ['schedule-invalid:etcd']],
	])('%s', (_, objects, row, found) => {
		expect(rows(objects)).toEqual([row]);
		expect(ids(objects)).toEqual(found);
	});

	test('others are none', () => {
		expect(rows(cluster([complete('a', hour)], {targets: {}}))).toEqual([]);
	});

	test('is measured against what its user wants of it, and in its own time zone', () => {
		const wanted = {etcd: {cronJob: 'kube-system/talos-backup', rpo: 30 * minute}};
		expect(ids(cluster([complete('a', hour)], {targets: wanted}))).toEqual([]);
		expect(
			rows(
				cluster([complete('a', 90 * minute)], {
					targets: wanted,
					cronJobs: [cronJob({status: {lastSuccessfulTime: ago(85 * minute)}})],
				}),
			),
		).toEqual(['bad | etcd | 1h30 of 30m | late | good 90m | –']);
		const there = cluster([complete('a', hour)], {cronJobs: [cronJob({spec: {timeZone: 'Europe/Berlin'}})]});
		expect(detailText(backupsDetail(told(there), 'cronjob/kube-system/talos-backup', now))).toContain(
			'schedule: TZ=Europe/Berlin 0 */6 * * *',
		);
	});

	test('nobody says that it is missing while CronJobs may not be read', () => {
		const denied = {is: 'denied', verb: own('list'), resource: own('cronjobs.batch')} as const;
		const objects = cluster([], {cronJobs: [], states: {...without, cronJobs: denied}});
		expect(rows(objects)).toEqual([]);
		expect(diagnose(objects)).toMatchObject({
			symptoms: [],
			blind: [{why: 'CronJobs: not permitted: list cronjobs.batch', abouts: new Set(['etcd']), required: true}],
		});
		expect(diagnose({...objects, targets: {}}).blind).toEqual([]);
	});

	test('nothing it says reaches a screen as more than text', () => {
		const objects = cluster(poisoned([failed('b', hour)]), {
			cronJobs: [{...poisoned(cronJob()), metadata: metadata('talos-backup', day)}],
		});
		expectSafe(backupsView(told(objects)).rows.map(({cells}) => cells));
	});
});
