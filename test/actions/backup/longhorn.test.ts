import {afterEach, describe, expect, test} from 'vitest';
import {backupAction} from '../../../source/actions/backup/backup.ts';
import type {BackupRequest} from '../../../source/actions/backup/request.ts';
import type {KubeObject} from '../../../source/demo/model.ts';
import {mergePatch, read} from '../../conformance/subject.ts';
import {type Running, running} from '../../demo/running.ts';
import {handsOn} from '../hands.ts';
import {newRun} from '../running.ts';
import {until} from './until.ts';
import {backupWorld, everything, server, still} from './world.ts';

let embedded: Running | undefined;
afterEach(() => embedded?.stop());

const nightly: BackupRequest = {is: 'backup', tier: 'nightly'};
const base = '/apis/longhorn.io/v1beta2/namespaces/longhorn-system';

async function started(speed: number, objects: readonly KubeObject[] = everything) {
	embedded = await running(objects, speed === 0 ? still : {...backupWorld, speed});
	return embedded;
}

const all = async ({admin}: Running, plural: string) =>
	(await read(admin, `${base}/${plural}`)).items as unknown as readonly KubeObject[];
const volumesOf = (objects: readonly KubeObject[]) =>
	objects.map(({metadata}) => metadata.labels?.longhornvolume ?? metadata.labels?.['backup-volume'] ?? '').toSorted();

test('every volume of a recurring job is snapshotted and backed up, and followed to its end', async () => {
	const world = await started(8);
	using hands = handsOn(world.cluster);
	const plan = await backupAction.plan(nightly, hands);
	expect(plan).toMatchObject({
		title: 'backup nightly',
		concerns: [],
		steps: [
			'take a snapshot of each of 3 volumes and back it up, 2 at once: default/a, default/b, default/c',
			'they count among the backups of nightly: of each volume it keeps 7',
			'follow each to its end',
		],
		deeds: ['snapshots', 'backups'].flatMap(resource => [
			{verb: 'create', group: 'longhorn.io', resource, namespace: 'longhorn-system'},
			{verb: 'get', group: 'longhorn.io', resource, namespace: 'longhorn-system'},
		]),
	});
	expect(await all(world, 'snapshots')).toEqual([]);

	await using run = await newRun(hands, 'backup');
	const outcome = await backupAction.run(plan, nightly, hands, run);
	expect(outcome).toEqual({result: 'done', text: expect.stringMatching(/^nightly-\d{14}: 3 of 3 volumes backed up$/)});
	const [snapshots, backups] = [await all(world, 'snapshots'), await all(world, 'backups')];
	expect(volumesOf(snapshots)).toEqual(['pvc-a', 'pvc-b', 'pvc-c']);
	expect(volumesOf(backups)).toEqual(['pvc-a', 'pvc-b', 'pvc-c']);
	const [batch] = outcome.text.split(':');
	expect(backups[0]).toMatchObject({
		metadata: {labels: {'backup-target': 'default'}},
		spec: {backupMode: 'incremental', labels: {RecurringJob: 'nightly', midwatch: batch}},
	});
	expect(snapshots[0]).toMatchObject({spec: {createSnapshot: true, labels: {RecurringJob: 'nightly'}}});
	expect(Math.max(...run.reported.map(({waiting}) => waiting.filter(line => !line.includes('not begun')).length))).toBe(2);
	expect(run.told()).toMatch(/default\/a: InProgress \d+%/);
	const written = await run.written();
	expect(written.filter(entry => entry.is === 'intent')).toHaveLength(6);
	expect(written.filter(entry => entry.is === 'outcome' && entry.result === 'done')).toHaveLength(6);
	expect((await backupAction.plan(nightly, hands)).concerns).toEqual([]);
});

test.each([['pvc-a'], ['default/a'], ['volume/longhorn-system/pvc-a']])('one volume alone, called %s', async tier => {
	const world = await started(40);
	using hands = handsOn(world.cluster);
	await using run = await newRun(hands, 'backup');
	const plan = await backupAction.plan({is: 'backup', tier}, hands);
	expect(plan).toMatchObject({title: 'backup default/a', concerns: []});
	expect(await backupAction.run(plan, {is: 'backup', tier}, hands, run)).toEqual({
		result: 'done',
		text: expect.stringMatching(/^midwatch-\d{14}: 1 of 1 volume backed up$/),
	});
	const [backup] = await all(world, 'backups');
	expect(backup).toMatchObject({metadata: {labels: {'backup-volume': 'pvc-a'}}});
	expect(backup?.spec).not.toMatchObject({labels: {RecurringJob: expect.anything()}});
});

test('what fails for some volumes is told of each, and the others are backed up', async () => {
	const world = await started(40);
	using hands = handsOn(world.cluster);
	await using run = await newRun(hands, 'backup');
	const plan = await backupAction.plan(nightly, hands);
	await mergePatch(world.admin, `${base}/volumes/pvc-b/status`, {status: {robustness: 'faulted'}});
	expect(await backupAction.run(plan, nightly, hands, run)).toEqual({
		result: 'failed',
		text: expect.stringMatching(
			/^nightly-\d+: 2 of 3 volumes backed up; missing: default\/b: snapshot: cannot get client for volume pvc-b/,
		),
	});
});

describe('followed where nothing moves but what the test moves', () => {
	const says = async (world: Running, plural: 'snapshots' | 'backups', status: object) => {
		await until(async () => (await all(world, plural)).length > 0);
		for (const {metadata} of await all(world, plural))
			await mergePatch(world.admin, `${base}/${plural}/${metadata.name}/status`, {status});
	};
	const one: BackupRequest = {is: 'backup', tier: 'pvc-a'};

	test.each<[string, object, 'done' | 'failed', RegExp]>([
		['completed', {state: 'Completed', progress: 100}, 'done', /1 of 1 volume backed up$/],
		['failed', {state: 'Error', error: 'no space left'}, 'failed', /missing: default\/a: Error: no space left$/],
		['lost sight of', {state: 'Unknown'}, 'failed', /missing: default\/a: Unknown$/],
		['being deleted', {state: 'Deleting'}, 'failed', /missing: default\/a: Deleting$/],
	])('%s', async (_, last, result, words) => {
		const world = await started(0);
		using hands = handsOn(world.cluster);
		await using run = await newRun(hands, 'backup');
		const ending = backupAction.run(await backupAction.plan(one, hands), one, hands, run);
		await until(() => /default\/a: snapshot is being taken/.test(run.told()));
		await says(world, 'snapshots', {readyToUse: true});
		await until(() => /default\/a: Pending 0%/.test(run.told()));
		await says(world, 'backups', {state: 'InProgress', progress: 40});
		await until(() => /default\/a: InProgress 40%/.test(run.told()));
		await says(world, 'backups', {state: 'Polishing'});
		await until(() => /default\/a: Polishing/.test(run.told()));
		await says(world, 'backups', last);
		const outcome = await ending;
		expect(outcome.result).toBe(result);
		expect(outcome.text).toMatch(words);
	});

	test('a snapshot, or a backup, that is deleted meanwhile is told to be', async () => {
		const world = await started(0);
		using hands = handsOn(world.cluster);
		await using run = await newRun(hands, 'backup');
		const ending = backupAction.run(await backupAction.plan(one, hands), one, hands, run);
		await until(async () => (await all(world, 'snapshots')).length > 0);
		const [snapshot] = await all(world, 'snapshots');
		world.cluster.stage.store.remove({
			group: 'longhorn.io',
			plural: 'snapshots',
			namespace: 'longhorn-system',
			name: snapshot?.metadata.name ?? '',
		});
		expect(await ending).toMatchObject({
			result: 'failed',
			text: expect.stringMatching(/snapshot midwatch-\S+ was deleted before it was backed up$/),
		});
	});

	test('stopped: what is begun goes on, what is not is named; taken up again, nothing is made twice', async () => {
		const world = await started(0);
		using hands = handsOn(world.cluster);
		let name = '';
		{
			await using run = await newRun(hands, 'backup');
			name = run.journal.run;
			const ending = backupAction.run(await backupAction.plan(nightly, hands), nightly, hands, run);
			await until(() => run.reported.length > 0);
			run.sayStop();
			expect(await ending).toEqual({
				result: 'stopped',
				text: expect.stringMatching(
					/^nightly-\d+: 0 of 3 volumes backed up; only a snapshot was asked for: default\/a, default\/b; not begun: default\/c$/,
				),
				resume: ['midwatch', 'backup', '--resume', name],
			});
		}
		expect(await all(world, 'snapshots')).toHaveLength(2);
		const again: BackupRequest = {...nightly, resumes: name};
		await using run = await newRun(hands, 'backup', name);
		const ending = backupAction.run(await backupAction.plan(again, hands), again, hands, run);
		await says(world, 'snapshots', {readyToUse: true});
		await until(async () => (await all(world, 'backups')).length === 2);
		await says(world, 'backups', {state: 'Completed'});
		await until(async () => (await all(world, 'snapshots')).length === 3);
		await says(world, 'snapshots', {readyToUse: true});
		await until(async () => (await all(world, 'backups')).length === 3);
		await says(world, 'backups', {state: 'Completed'});
		expect(await ending).toMatchObject({result: 'done', text: expect.stringMatching(/3 of 3 volumes backed up$/)});
		expect(volumesOf(await all(world, 'snapshots'))).toEqual(['pvc-a', 'pvc-b', 'pvc-c']);
	});
});

describe('what stands against it', () => {
	const concernsOf = async (objects: readonly KubeObject[], request = nightly) => {
		const world = await started(0, objects);
		using hands = handsOn(world.cluster);
		return (await backupAction.plan(request, hands)).concerns;
	};
	const but = (name: string, edit: (object: KubeObject) => KubeObject) =>
		everything.map(object => (object.metadata.name === name ? edit(object) : object));
	const going: KubeObject = {
		apiVersion: 'longhorn.io/v1beta2',
		kind: 'Backup',
		metadata: {
			name: 'backup-x',
			namespace: 'longhorn-system',
			labels: {'backup-volume': 'pvc-a'},
			creationTimestamp: new Date(Date.now() - 60_000).toISOString(),
		},
		spec: {snapshotName: 'x', labels: {RecurringJob: 'nightly'}},
		status: {state: 'InProgress', progress: 10, volumeName: 'pvc-a'},
	};

	test('another run of the job, or of the volume, that is going', async () => {
		expect(await concernsOf([...everything, going])).toMatchObject([
			{check: 'other-run', weight: 'refuses', text: expect.stringMatching(/^backup-x is running since/)},
		]);
		await embedded?.stop();
		expect(await concernsOf([...everything, going], {is: 'backup', tier: 'pvc-a'})).toMatchObject([
			{check: 'other-run', weight: 'refuses', text: 'backup-x of volume default/a is InProgress'},
		]);
		await embedded?.stop();
		expect(await concernsOf([...everything, going], {is: 'backup', tier: 'pvc-b'})).toEqual([]);
	});

	test('a target that is away, or that nobody set up', async () => {
		const away = but('default', object => ({
			...object,
			...(object.kind === 'BackupTarget'
				? {status: {available: false, conditions: [{type: 'Unavailable', status: 'True', message: 'timeout'}], lastSyncedAt: ''}}
				: {}),
		}));
		const says = {check: 'location', weight: 'refuses', text: 'location default is unavailable: timeout'};
		expect(await concernsOf(away)).toMatchObject([says]);
		await embedded?.stop();
		expect(await concernsOf(away, {is: 'backup', tier: 'pvc-a'})).toMatchObject([says]);
		await embedded?.stop();
		const none = everything.filter(({kind}) => kind !== 'BackupTarget');
		expect(await concernsOf(none)).toMatchObject([{text: 'its location default does not exist'}]);
		await embedded?.stop();
		expect(await concernsOf(none, {is: 'backup', tier: 'pvc-a'})).toMatchObject([{text: 'its location default does not exist'}]);
	});

	test('a volume that is faulted is left out; a job without any is refused', async () => {
		const faulted = but('pvc-a', object =>
			object.kind === 'Volume' ? {...object, status: {...(object.status as object), robustness: 'faulted'}} : object,
		);
		expect(await concernsOf(faulted)).toMatchObject([
			{check: 'volumes', weight: 'hurts', text: 'volume default/a is left out: it is faulted: no copy of it can be read'},
		]);
		await embedded?.stop();
		expect(await concernsOf(everything.filter(({kind}) => kind !== 'Volume'))).toMatchObject([
			{check: 'volumes', weight: 'refuses', text: 'nightly has no volume that could be backed up'},
		]);
	});

	test('no manager that is ready', async () => {
		const labels = {app: 'longhorn-manager'};
		const objects = but('longhorn-manager-0', () => server('longhorn-system', 'longhorn-manager-0', labels, false));
		expect(await concernsOf(objects)).toMatchObject([{check: 'controller', weight: 'blocks'}]);
	});
});
