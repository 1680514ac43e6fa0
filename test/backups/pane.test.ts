import {describe, expect, test} from 'vitest';
import {backupsDetail} from '../../source/backups/detail.ts';
import {backupsView} from '../../source/backups/view.ts';
import {own, type SourceState} from '../../source/vocabulary.ts';
import {detailText, rowTexts} from '../_helpers/told.ts';
import {type Objects, told} from './cluster.ts';
import {
	ago,
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

const columns = ['tier', 'point', 'state'];
const view = (objects: Objects) => backupsView(told(objects));
const rows = (objects: Objects) => rowTexts(view(objects), columns);
const sixHourly = schedule('tier-0', '0 */6 * * *');
/** Tier-0 with these runs. */
const tier = (backups: readonly object[], more: Objects = {}): Objects => ({schedules: [sixHourly], backups, ...more});
const good = backup('b', 'tier-0', 2 * hour);
/** Period six hours; ten minutes a run, so a tenth of the period is the grace. */
const allowed = 6 * hour + 36 * minute;

describe('the recovery point', () => {
	test('counts from the start of the newest completed run, against the period of the schedule', () => {
		expect(rows(tier([backup('old', 'tier-0', 8 * hour), good]))).toEqual(['ok | tier-0 | 2h00 of 6h | good']);
	});

	test.each([
		['just in time', allowed - 1, 'ok | tier-0 | 6h35 of 6h | good'],
		['late', allowed, 'warn | tier-0 | 6h36 of 6h | late'],
		['just short of twice as old', 12 * hour - 1, 'warn | tier-0 | 11h59 of 6h | late'],
		['twice as old', 12 * hour, 'bad | tier-0 | 12h00 of 6h | late'],
	])('%s', (_, age, row) => {
		expect(rows(tier([backup('b', 'tier-0', age)]))).toEqual([row]);
	});

	test('the grace grows with how long runs take', () => {
		const slow = (age: number) => backup('b', 'tier-0', age, 'Completed', {completionTimestamp: ago(age - 2 * hour)});
		expect(rows(tier([slow(8 * hour - 1)]))).toEqual(['ok | tier-0 | 7h59 of 6h | good']);
		expect(rows(tier([slow(8 * hour)]))).toEqual(['warn | tier-0 | 8h00 of 6h | late']);
	});

	test('one slow run among the last ten is the measure, an eleventh is not', () => {
		const fast = Array.from({length: 10}, (_, at) => backup(`b${at}`, 'tier-0', (7 + 6 * at) * hour));
		const slow = backup('slow', 'tier-0', 90 * hour, 'Completed', {completionTimestamp: ago(0)});
		expect(rows(tier([...fast, slow]))).toEqual(['warn | tier-0 | 7h00 of 6h | late']);
		expect(rows(tier([...fast.slice(0, 9), slow]))).toEqual(['ok | tier-0 | 7h00 of 6h | good']);
	});

	test('changes by itself at the minute, and at the deadline', () => {
		const objects = tier([backup('b', 'tier-0', allowed - 30_000)]);
		const facts = told(objects);
		expect(facts.changesAt).toBe(now + 30_000);
		expect(rowTexts(backupsView(told({...objects, now: facts.changesAt}, facts)), ['state'])).toEqual(['warn | late']);
	});

	test('is measured against the target of the user where there is one', () => {
		expect(rows(tier([good], {targets: {'tier-0': {rpo: hour}}}))).toEqual(['bad | tier-0 | 2h00 of 60m | late']);
	});

	test('is not missed while backups are not read', () => {
		expect(rows(tier([], {states: {backups: {is: 'loading'}}}))).toEqual(['unknown | tier-0 | none of 6h | backups not seen']);
	});

	test('does not grow late while nothing is heard', () => {
		const cut: SourceState = {is: 'stale', since: now - 5 * hour, why: own('no answer')};
		const facts = told(tier([backup('b', 'tier-0', 8 * hour)], {states: {backups: cut, schedules: cut, locations: cut}}));
		expect(rowTexts(backupsView(facts), columns)).toEqual(['ok | tier-0 | 3h00 of 6h | good']);
		expect(backupsView(facts).state).toEqual(cut);
		expect(facts.changesAt).toBe(Number.POSITIVE_INFINITY);
	});
});

describe('a tier says what is wrong in different words', () => {
	const failed = (name: string, age: number) => backup(name, 'tier-0', age, 'Failed', {failureReason: 'no space'});
	test.each<[string, Objects, string]>([
		[
			'never ran',
			{schedules: [schedule('tier-0', '0 */6 * * *', {age: allowed + hour})]},
			'warn | tier-0 | none of 6h | never ran',
		],
		['not due yet', {schedules: [schedule('tier-0', '0 */6 * * *', {age: hour})]}, 'idle | tier-0 | none of 6h | not due yet'],
		['never completed', tier([failed('b', hour)]), 'warn | tier-0 | none of 6h | never completed, failing'],
		['failing', tier([good, failed('c', hour)]), 'warn | tier-0 | 2h00 of 6h | failing'],
		[
			'failing three times in a row',
			tier([
				backup('a', 'tier-0', 5 * hour),
				failed('b', 3 * hour),
				failed('c', 2 * hour),
				backup('d', 'tier-0', hour, 'FailedValidation'),
			]),
			'bad | tier-0 | 5h00 of 6h | failing, 3 in a row',
		],
		[
			'partially failed, and late',
			tier([backup('a', 'tier-0', 8 * hour + 4 * minute), backup('b', 'tier-0', 14 * minute, 'PartiallyFailed')]),
			'warn | tier-0 | 8h04 of 6h | late, partial',
		],
		[
			'paused',
			{schedules: [schedule('tier-0', '0 */6 * * *', {spec: {paused: true}})], backups: [backup('a', 'tier-0', 9 * day)]},
			'held | tier-0 | 9d of 6h | paused',
		],
		['running', tier([good, running('c', 'tier-0', 5 * minute)]), 'ok | tier-0 | 2h00 of 6h | good, running 42%'],
		[
			'a phase of tomorrow',
			tier([good, running('c', 'tier-0', 5 * minute, {phase: 'Polishing'})]),
			'ok | tier-0 | 2h00 of 6h | good, running 42%',
		],
		[
			'queued',
			tier([good, backup('c', 'tier-0', minute, 'Queued', {startTimestamp: undefined})]),
			'ok | tier-0 | 2h00 of 6h | good, queued',
		],
		['stuck', tier([good, running('c', 'tier-0', 4 * hour)]), 'warn | tier-0 | 2h00 of 6h | stuck 4h'],
		['not yet stuck', tier([good, running('c', 'tier-0', 4 * hour - 1)]), 'ok | tier-0 | 2h00 of 6h | good, running 42%'],
		[
			'invalid',
			{schedules: [schedule('tier-0', 'x', {status: {phase: 'FailedValidation', validationErrors: ['bad cron']}})]},
			'warn | tier-0 | none | invalid',
		],
		[
			'of a cycle midwatch cannot read',
			{schedules: [schedule('tier-0', '@reboot')], backups: [good]},
			'unknown | tier-0 | 2h00 | no target',
		],
		[
			'without the data',
			tier([backup('b', 'tier-0', hour, 'Completed', {csiVolumeSnapshotsAttempted: 14, csiVolumeSnapshotsCompleted: 0})]),
			'risk | tier-0 | 1h00 of 6h | no volume data',
		],
	])('%s', (_, objects, row) => {
		expect(rows(objects)).toEqual([row]);
	});

	test('a run that is being deleted is no run', () => {
		expect(rows(tier([good, backup('c', 'tier-0', hour, 'Deleting')]))).toEqual(['ok | tier-0 | 2h00 of 6h | good']);
	});

	test('Velero not running: what was good is not known to be', () => {
		const down = view(tier([good], {veleroReady: false}));
		expect(rowTexts(down, columns)).toEqual(['unknown | tier-0 | 2h00 of 6h | velero not running']);
		expect(down.state).toEqual({is: 'stale', since: now - 7 * minute, why: 'velero not running'});
		expect(rows(tier([backup('b', 'tier-0', 13 * hour)], {veleroReady: false}))).toEqual([
			'bad | tier-0 | 13h00 of 6h | late, velero not running',
		]);
	});
});

describe('the location', () => {
	const at = (status: object, more: Objects = {}) => rows(tier([good], {locations: [location('default', {status})], ...more}));
	test.each([
		['away for a moment', 5 * minute - 1, 'ok | tier-0 | 2h00 of 6h | good, location unavailable 4m'],
		['away for five minutes', 5 * minute, 'warn | tier-0 | 2h00 of 6h | location unavailable 5m'],
		['just under fifteen', 15 * minute - 1, 'warn | tier-0 | 2h00 of 6h | location unavailable 14m'],
		['away for fifteen', 15 * minute, 'bad | tier-0 | 2h00 of 6h | location unavailable 15m'],
		['away for a week', 7 * day, 'bad | tier-0 | 2h00 of 6h | location unavailable 7d'],
	])('%s', (_, age, row) => {
		expect(at(away(age))).toEqual([row]);
	});

	test('of a paused schedule is a risk only', () => {
		const paused = {schedules: [schedule('tier-0', '0 */6 * * *', {spec: {paused: true}})]};
		expect(at(away(day), paused)).toEqual(['held | tier-0 | 2h00 of 6h | paused, location unavailable 24h']);
	});

	test('that nobody has checked lately is not known to be there', () => {
		expect(at({lastValidationTime: ago(10 * minute)})).toEqual(['unknown | tier-0 | 2h00 of 6h | location not checked 10m']);
		const never = location('default', {spec: {validationFrequency: '0s'}, status: {lastValidationTime: ago(day)}});
		expect(rows(tier([good], {locations: [never]}))).toEqual(['ok | tier-0 | 2h00 of 6h | good']);
	});

	test('a schedule may name one that does not exist', () => {
		const schedules = [schedule('tier-0', '0 */6 * * *', {template: {storageLocation: 'gone'}})];
		expect(rows({schedules, backups: [good]})).toEqual(['warn | tier-0 | 2h00 of 6h | no location']);
	});

	test('cannot be judged without permission, and the permission is named', () => {
		const denied: SourceState = {is: 'denied', verb: own('list'), resource: own('backupstoragelocations.velero.io')};
		const blind = view(tier([good], {locations: [], states: {locations: denied}}));
		expect(rowTexts(blind, columns)).toEqual(['ok | tier-0 | 2h00 of 6h | good']);
		expect(blind.notes.map(({text}) => text)).toEqual(['locations: denied: list backupstoragelocations.velero.io']);
	});

	test('one that is away and feeds nothing is told once, as a risk', () => {
		const both = view(tier([good], {locations: [location('default'), location('minio', {status: away(90 * day)})]}));
		expect(both.notes).toEqual([{health: 'risk', text: 'location minio is unavailable and feeds no schedule'}]);
	});
});

describe('etcd snapshots', () => {
	const etcd = {since: now - 100 * day, cron: undefined};
	const servers = ['nuc-1', 'nuc-2', 'nuc-3'];
	const taken = (age: number) => servers.flatMap(node => [snapshot(node, age), uploaded(node, age)]);
	const shown = ['tier', 'point', 'state', 'last', 'proven', 'kept', 'location', 'keeps'];
	const of = (objects: Objects) => rowTexts(view({etcd, ...objects}), shown);

	test('are a tier of their own: what all servers take at one time is one run', () => {
		expect(of({snapshots: [...taken(2 * hour), ...taken(14 * hour)]})).toEqual([
			'ok | etcd | 2h00 of 12h | good, off-site | good 2h | – | 2 | homelab-etcd | –',
		]);
	});

	test.each<[string, Objects, string]>([
		['on their own disks only', {snapshots: [snapshot('nuc-1', hour)]}, 'risk | etcd | 1h00 of 12h | not off-site'],
		['late', {snapshots: taken(14 * hour)}, 'warn | etcd | 14h00 of 12h | late, off-site'],
		['never taken', {snapshots: []}, 'warn | etcd | none of 12h | never ran'],
		[
			'of a target of the user',
			{snapshots: taken(14 * hour), targets: {etcd: {rpo: day}}},
			'ok | etcd | 14h00 of 24h | good, off-site',
		],
		[
			'not uploaded',
			{snapshots: [...taken(14 * hour), snapshot('nuc-1', hour), uploaded('nuc-1', hour, refused(hour, 'denied'))]},
			'warn | etcd | 1h00 of 12h | partial, not off-site',
		],
	])('%s', (_, objects, row) => {
		expect(rowTexts(view({etcd, ...objects}), columns)).toEqual([row]);
	});

	test('are no row where there is no such etcd, nor while they are not read', () => {
		expect(rows({snapshots: []})).toEqual([]);
		expect(of({states: {snapshots: {is: 'loading'}}})).toEqual([]);
	});

	test('stand beside what is not installed', () => {
		const absent: SourceState = {is: 'absent'};
		const alone = view({
			etcd,
			snapshots: taken(hour),
			states: {schedules: absent, backups: absent, locations: absent, restores: absent},
		});
		expect(alone.state).toEqual({is: 'live'});
		expect(alone.summary).toBe('1 of 1 good');
		expect(alone.notes.map(({text}) => text)).toEqual([
			'no Velero here; of other tools, Longhorn and declared CronJobs are read',
		]);
	});

	test('tell in their detail when, where and what became of them', () => {
		const files = [
			...taken(14 * hour),
			...taken(2 * hour).slice(2),
			snapshot('nuc-1', 2 * hour, refused(2 * hour, 'no space left')),
		];
		const text = detailText(backupsDetail(told({etcd, snapshots: files}), 'etcd', now));
		expect(text).toContain('backup tier etcd');
		expect(text).toContain('schedule: 0 */12 * * *');
		expect(text).toContain('next run: 2026-11-21 12:00 UTC, in 9h46');
		expect(text).toContain('kept: 2 snapshots');
		expect(text).toContain('kept on: homelab-etcd');
		expect(text).toContain('partial 2h, not taken: no space left (warn)');
	});
});

describe('the proof', () => {
	const proven = (...restores: readonly object[]) => rowTexts(view(tier([good], {restores})), ['proven'])[0];
	test.each<[string, object, string]>([
		['a restore into another namespace', restore('r', 12 * day), 'ok | 12d'],
		['of the schedule itself', restore('r', 12 * day, {backupName: '', scheduleName: 'tier-0'}), 'ok | 12d'],
		['of a backup that is still there', restore('r', 12 * day, {backupName: 'b'}), 'ok | 12d'],
		['one in place proves nothing', restore('r', 12 * day, {namespaceMapping: {}}), 'ok | –'],
		['one mapped onto itself proves nothing', restore('r', 12 * day, {namespaceMapping: {media: 'media'}}), 'ok | –'],
		['one that failed proves nothing', restore('r', 12 * day, {}, {phase: 'PartiallyFailed'}), 'ok | –'],
		['one of another tier proves nothing', restore('r', 12 * day, {backupName: 'tier-0-weekly-20261109020000'}), 'ok | –'],
	])('%s', (_, object, cell) => {
		expect(proven(object)).toBe(cell);
	});

	test('the newest counts, and after 90 days it is a risk', () => {
		expect(proven(restore('r', 40 * day), restore('s', 12 * day))).toBe('ok | 12d');
		const old = view(tier([good], {restores: [restore('r', 91 * day)]}));
		expect(old.rows[0]?.cells[4]).toMatchObject({text: '91d', health: 'risk'});
	});
});

describe('the pane', () => {
	test('has a row per schedule, one for backups by hand, one for a schedule that is gone', () => {
		const objects = {
			schedules: [schedule('tier-1', '@daily'), sixHourly],
			backups: [good, backup('c', 'tier-1', 9 * hour), backup('by-hand', '', 3 * day), backup('d', 'tier-9', 20 * day)],
		};
		expect(rowTexts(view(objects), ['tier', 'point', 'state', 'last', 'kept'])).toEqual([
			'risk | tier-9 | 20d | schedule gone | good 20d | 0',
			'ok | tier-0 | 2h00 of 6h | good | good 2h | 1',
			'ok | tier-1 | 9h00 of 24h | good | good 9h | 1',
			'idle | on demand | 3d | good 3d | 1',
		]);
		expect(view(objects).summary).toBe('2 of 2 good');
	});

	test('does not call a schedule gone while schedules are not known', () => {
		expect(rows({backups: [good], states: {schedules: {is: 'loading'}}})).toEqual([]);
	});

	test('sums up what is wrong', () => {
		const partial = [backup('b', 'tier-0', 8 * hour), backup('c', 'tier-0', 14 * minute, 'PartiallyFailed')];
		expect(view(tier(partial)).summary).toBe('1 late, 1 partial');
	});

	const denied: SourceState = {is: 'denied', verb: own('list'), resource: own('schedules.velero.io')};
	test.each<[string, Objects['states'], SourceState['is'], readonly string[]]>([
		['loading', {backups: {is: 'loading'}}, 'loading', []],
		[
			'absent',
			{schedules: {is: 'absent'}, backups: {is: 'absent'}, locations: {is: 'absent'}, restores: {is: 'absent'}},
			'absent',
			['no Velero here; of other tools, Longhorn and declared CronJobs are read'],
		],
		['denied', {schedules: denied, backups: denied}, 'denied', []],
		['without its restores', {restores: denied}, 'live', ['restores: denied: list schedules.velero.io']],
	])('is honest when it is %s', (_, states, is, notes) => {
		const told_ = view({states: states ?? {}});
		expect(told_.state.is).toBe(is);
		expect(told_.notes.map(({text}) => text)).toEqual(notes);
	});

	test('says that there is nothing only where all of it may be seen', () => {
		expect(view({}).empty).toBe('Velero has no schedule and no backup');
		const limitedTo = {namespace: own('team'), missing: own('list backups.velero.io in all namespaces')};
		expect(backupsView({...told({}), limitedTo}).empty).toBe('no schedule and no backup that may be seen');
	});

	test('keeps every row that says the same', () => {
		const objects = {schedules: [sixHourly, schedule('tier-1', '@daily')], backups: [good, backup('c', 'tier-1', hour)]};
		const before = told(objects);
		const after = told({...objects, backups: [...objects.backups, running('d', 'tier-1', minute)]}, before);
		const row = (facts: typeof before, key: string) => backupsView(facts).rows.find(candidate => candidate.key === key);
		expect(row(after, 'schedule/velero/tier-1')).not.toBe(row(before, 'schedule/velero/tier-1'));
		expect(after.tiers).toHaveLength(2);
	});
});

test('a detail tells schedule, location, proof and every run', () => {
	const facts = told(
		tier(
			[
				backup('a', 'tier-0', 8 * hour),
				backup('b', 'tier-0', 2 * hour, 'PartiallyFailed', {
					errors: 3,
					csiVolumeSnapshotsAttempted: 14,
					csiVolumeSnapshotsCompleted: 13,
				}),
				running('c', 'tier-0', 5 * minute),
			],
			{restores: [restore('r', 12 * day)]},
		),
	);
	const text = detailText(backupsDetail(facts, 'schedule/velero/tier-0', now));
	expect(text).toContain('state: late (warn)');
	expect(text).toContain('state: partial: 3 errors, 1 of 14 volumes missing (warn)');
	expect(text).toContain('recovery point: 8h00 of 6h');
	expect(text).toContain('next run: 2026-11-21 06:00 UTC, in 3h46');
	expect(text).toContain('kept: 1 of 28, each for 7d');
	expect(text).toContain('location: default, Available (ok)');
	expect(text).toContain('restored: 12d ago from tier-0-20261109020000');
	expect(text).toContain('b: partial 2h, took 10m, 3 errors, 1 of 14 volumes missing (warn)');
	expect(text).toContain('c: running 5m, 42% of its items (idle)');
	expect(backupsDetail(facts, 'schedule/velero/none', now)).toBeUndefined();
});

test('a detail tells ten runs one by one', () => {
	const many = Array.from({length: 12}, (_, at) => backup(`b${at}`, 'tier-0', (2 + 6 * at) * hour));
	const text = detailText(backupsDetail(told(tier(many)), 'schedule/velero/tier-0', now));
	expect(text).toContain('b9: good');
	expect(text).not.toContain('b10: good');
	expect(text).toContain('older: 2 runs');
});

test('a run has a detail, and so has a location', () => {
	const one = backup('b', 'tier-0', 2 * hour, 'PartiallyFailed', {errors: 3, progress: {totalItems: 400, itemsBackedUp: 397}});
	const facts = told(tier([backup('a', 'tier-0', 8 * hour), one], {locations: [location('default', {status: away(day)})]}));
	const run = detailText(backupsDetail(facts, 'schedule/velero/tier-0/b', now));
	expect(run).toContain('backup b');
	expect(run).toContain('state: PartiallyFailed (warn)');
	expect(run).toContain('trouble: 3 errors');
	expect(run).toContain('began: 2026-11-21 00:14 UTC, 2h ago');
	expect(run).toContain('took: 10m, usually 10m at most');
	expect(run).toContain('items: 397 of 400');
	expect(run).toContain('until: 2026-11-28 00:14 UTC, 6d left');
	const where = detailText(backupsDetail(facts, 'location/velero/default', now));
	expect(where).toContain('backup location default');
	expect(where).toContain('location: default, Unavailable (bad)');
	expect(where).toContain('says: dial tcp: timeout');
	expect(where).toContain('tier-0: 0 */6 * * *, kept for 7d');
	expect(backupsDetail(facts, 'schedule/velero/tier-0/none', now)).toBeUndefined();
});
