import {afterEach, describe, expect, test} from 'vitest';
import {backupAction} from '../../../source/actions/backup/backup.ts';
import type {BackupRequest} from '../../../source/actions/backup/request.ts';
import type {KubeObject} from '../../../source/demo/model.ts';
import {poison} from '../../_helpers/hostile.ts';
import {mergePatch, read} from '../../conformance/subject.ts';
import {type Running, running} from '../../demo/running.ts';
import {handsOn} from '../hands.ts';
import {newRun, type Run} from '../running.ts';
import {until} from './until.ts';
import {backupWorld, everything, server, still, tier} from './world.ts';

let embedded: Running | undefined;
afterEach(() => embedded?.stop());

const request: BackupRequest = {is: 'backup', tier: 'tier-0'};
const collection = '/apis/velero.io/v1/namespaces/velero/backups';
const schedulePath = '/apis/velero.io/v1/namespaces/velero/schedules/tier-0';

/** The world, played at this speed; 0: nothing moves but what the test moves. */
async function started(speed: number, objects: readonly KubeObject[] = everything) {
	embedded = await running(objects, speed === 0 ? still : {...backupWorld, speed});
	return embedded;
}

const made = async ({admin}: Running) => (await read(admin, collection)).items as unknown as readonly KubeObject[];

/** Says what Velero would of the one backup there is. */
async function says(world: Running, status: object): Promise<void> {
	const [backup] = await made(world);
	if (backup === undefined) throw new Error('There is no backup.');
	await mergePatch(world.admin, `${collection}/${backup.metadata.name}`, {status});
}

const lastWords = (run: Run) => run.reported.at(-1);

test('a backup is made as Velero itself would, and followed to its end', async () => {
	const world = await started(40);
	using hands = handsOn(world.cluster);
	const plan = await backupAction.plan(request, hands);
	expect(plan).toMatchObject({
		title: 'backup tier-0',
		command: ['midwatch', 'backup', 'tier-0'],
		likewise: ['velero', 'backup', 'create', '--from-schedule', 'tier-0', '--namespace', 'velero'],
		concerns: [],
		confirm: {ask: 'yes'},
		objects: [{subject: {resource: 'schedules.velero.io', name: 'tier-0'}}],
		deeds: [
			{verb: 'create', group: 'velero.io', resource: 'backups', namespace: 'velero'},
			{verb: 'get', group: 'velero.io', resource: 'backups', namespace: 'velero'},
		],
	});
	expect(await made(world)).toEqual([]);

	await using run = await newRun(hands, 'backup');
	const outcome = await backupAction.run(plan, request, hands, run);
	expect(outcome).toMatchObject({result: 'done'});
	expect(outcome.text).toMatch(/^tier-0-\d{14}: Completed in .*, 300 items, kept for 7d$/);
	const [backup] = await made(world);
	const {spec, metadata} = await read(world.admin, schedulePath);
	expect(backup?.metadata.name).toMatch(/^tier-0-\d{14}$/);
	expect(backup?.metadata.labels).toEqual({...(metadata?.labels as unknown as object), 'velero.io/schedule-name': 'tier-0'});
	expect(backup?.spec).toEqual(spec?.template);
	expect(run.told()).toMatch(/InProgress/);
	expect(run.reported.some(({short}) => /^backup tier-0 {2}\d+% InProgress$/.test(short))).toBe(true);
	expect(lastWords(run)).toMatchObject({done: 300, total: 300, waiting: []});
	expect(await run.written()).toMatchObject([
		{is: 'intent', step: `create backup ${backup?.metadata.name}`, detail: {path: `${collection}/${backup?.metadata.name}`}},
		{is: 'outcome', result: 'done'},
		...(await run.written()).slice(2).map(() => ({is: 'noted'})),
	]);
});

test('labels of the template, annotations and the owner are taken over as the CLI does', async () => {
	const schedule = tier();
	const world = await started(0, [
		...everything.filter(({kind}) => kind !== 'Schedule'),
		{
			...schedule,
			metadata: {...schedule.metadata, annotations: {note: 'x'}},
			spec: {
				...schedule.spec,
				useOwnerReferencesInBackup: true,
				template: {...schedule.spec.template, metadata: {labels: {of: 'template'}}},
			},
		},
	]);
	using hands = handsOn(world.cluster);
	const {data} = await backupAction.plan(request, hands);
	expect(data).toMatchObject({
		body: {
			metadata: {
				labels: {of: 'template', 'velero.io/schedule-name': 'tier-0'},
				annotations: {note: 'x'},
				ownerReferences: [{apiVersion: 'velero.io/v1', kind: 'Schedule', name: 'tier-0', controller: true}],
			},
			spec: {metadata: {labels: {of: 'template'}}},
		},
	});
	expect(JSON.stringify(data)).not.toContain('backup-tier');
});

describe('every phase is followed', () => {
	const startedAt = '2026-11-26T14:00:00Z';
	test.each<[string, ReadonlyArray<readonly [object, RegExp]>, object, 'done' | 'failed', RegExp]>([
		[
			'completed, by all there is in between',
			[
				[{phase: 'Queued', queuePosition: 1}, /: Queued$/],
				[{phase: 'ReadyToStart'}, /: ReadyToStart$/],
				[
					{phase: 'InProgress', startTimestamp: startedAt, progress: {totalItems: 200, itemsBackedUp: 84}},
					/: InProgress, 84 of 200 items$/,
				],
				[{phase: 'WaitingForPluginOperations'}, /WaitingForPluginOperations/],
				[{phase: 'Finalizing'}, /Finalizing/],
			],
			{phase: 'Completed', completionTimestamp: '2026-11-26T14:09:00Z', expiration: '2026-12-03T14:09:00Z', warnings: 2},
			'done',
			/Completed in 9m, 200 items, 2 warnings, kept for 7d$/,
		],
		[
			'partly failed, and what is missing',
			[
				[{phase: 'WaitingForPluginOperationsPartiallyFailed'}, /WaitingForPluginOperationsPartiallyFailed/],
				[{phase: 'FinalizingPartiallyFailed'}, /FinalizingPartiallyFailed/],
			],
			{
				phase: 'PartiallyFailed',
				errors: 3,
				warnings: 1,
				csiVolumeSnapshotsAttempted: 14,
				csiVolumeSnapshotsCompleted: 13,
			},
			'failed',
			/: PartiallyFailed: 3 errors, 1 of 14 volumes missing, 1 warning\. The rest of it can be restored; what is missing is told by velero backup describe --details tier-0-\d+ -n velero$/,
		],
		[
			'failed, and why',
			[],
			{phase: 'Failed', failureReason: 'no space left', errors: 1},
			'failed',
			/: Failed: no space left, 1 error$/,
		],
		[
			'refused, and why',
			[],
			{phase: 'FailedValidation', validationErrors: ['no such location', 'no such label']},
			'failed',
			/: FailedValidation: no such location; no such label$/,
		],
		['being deleted', [[{phase: 'InProgress'}, /InProgress/]], {phase: 'Deleting'}, 'failed', /: it is being deleted$/],
		['a phase of tomorrow', [[{phase: 'Polishing'}, /Polishing/]], {phase: 'Completed'}, 'done', /: Completed$/],
	])('%s', async (_, passing, last, result, words) => {
		const world = await started(0);
		using hands = handsOn(world.cluster);
		await using run = await newRun(hands, 'backup');
		const plan = await backupAction.plan(request, hands);
		const ending = backupAction.run(plan, request, hands, run);
		await until(() => lastWords(run)?.waiting.some(line => line.endsWith(': New')) === true);
		for (const [status, waiting] of passing) {
			await says(world, status);
			await until(() => lastWords(run)?.waiting.some(line => waiting.test(line)) === true);
		}
		await says(world, last);
		const outcome = await ending;
		expect(outcome.result).toBe(result);
		expect(outcome.text).toMatch(words);
	});

	test('and how much of the data of volumes is copied', async () => {
		const world = await started(0);
		using hands = handsOn(world.cluster);
		await using run = await newRun(hands, 'backup');
		const ending = backupAction.run(await backupAction.plan(request, hands), request, hands, run);
		await until(async () => (await made(world)).length > 0);
		const [backup] = await made(world);
		world.cluster.stage.store.put({
			apiVersion: 'velero.io/v1',
			kind: 'PodVolumeBackup',
			metadata: {name: 'a', namespace: 'velero', labels: {'velero.io/backup-name': backup?.metadata.name ?? ''}},
			status: {phase: 'InProgress', progress: {totalBytes: 2 ** 30, bytesDone: 2 ** 29}},
		});
		await says(world, {phase: 'InProgress', progress: {totalItems: 10, itemsBackedUp: 5}});
		await until(() => /5 of 10 items, 512Mi\/1Gi of its volumes/.test(run.told()));
		await says(world, {phase: 'Completed'});
		expect(await ending).toMatchObject({result: 'done'});
	});

	test('one that is deleted meanwhile is told to be', async () => {
		const world = await started(0);
		using hands = handsOn(world.cluster);
		await using run = await newRun(hands, 'backup');
		const ending = backupAction.run(await backupAction.plan(request, hands), request, hands, run);
		await until(() => run.reported.length > 0);
		const [backup] = await made(world);
		await world.admin.ask(`${collection}/${backup?.metadata.name}`, {method: 'DELETE'});
		expect(await ending).toEqual({result: 'failed', text: expect.stringMatching(/ was deleted before it was over$/)});
	});
});

describe('what stands against it', () => {
	const concernsOf = async (objects: readonly KubeObject[]) => {
		const world = await started(0, objects);
		using hands = handsOn(world.cluster);
		return (await backupAction.plan(request, hands)).concerns;
	};
	const but = (kind: string, edit: (object: KubeObject) => KubeObject) =>
		everything.map(object => (object.kind === kind ? edit(object) : object));
	const backup = (phase: string): KubeObject => ({
		apiVersion: 'velero.io/v1',
		kind: 'Backup',
		metadata: {
			name: 'tier-0-20261126140000',
			namespace: 'velero',
			labels: {'velero.io/schedule-name': 'tier-0'},
			creationTimestamp: new Date(Date.now() - 5 * 60_000).toISOString(),
		},
		spec: {},
		status: {phase},
	});

	test.each([
		['InProgress', 'is running'],
		['Queued', 'is queued'],
	])('another run of the tier that is %s refuses it', async (phase, how) => {
		expect(await concernsOf([...everything, backup(phase)])).toMatchObject([
			{check: 'other-run', weight: 'refuses', text: `tier-0-20261126140000 ${how} since 5m`, wayOut: expect.any(String)},
		]);
	});

	test('one of another tier, or by hand, is waited for', async () => {
		const {metadata, ...rest} = backup('InProgress');
		const byHand = {...rest, metadata: {...metadata, name: 'by-hand', labels: {}}};
		expect(await concernsOf([...everything, byHand])).toMatchObject([
			{check: 'queue', weight: 'tells', text: 'by-hand is running since 5m: this one may wait for it'},
		]);
	});

	test('one that is over does not', async () => {
		expect(await concernsOf([...everything, backup('Completed')])).toEqual([]);
	});

	test('a location that is unavailable refuses it, with what it says', async () => {
		const status = {phase: 'Unavailable', message: 'AccessDenied'};
		expect(await concernsOf(but('BackupStorageLocation', object => ({...object, status})))).toMatchObject([
			{check: 'location', weight: 'refuses', text: 'location b2 is unavailable: AccessDenied'},
		]);
	});

	test('a location that is read-only, or not there, refuses it', async () => {
		const readOnly = but('BackupStorageLocation', object => ({
			...object,
			spec: {...(object.spec as object), accessMode: 'ReadOnly'},
		}));
		expect(await concernsOf(readOnly)).toMatchObject([{check: 'location', text: 'location b2 is read-only'}]);
		await embedded?.stop();
		expect(await concernsOf(everything.filter(({kind}) => kind !== 'BackupStorageLocation'))).toMatchObject([
			{check: 'location', text: 'its location b2 does not exist'},
		]);
	});

	test('a paused schedule is told, a refused one as well', async () => {
		expect(await concernsOf(but('Schedule', () => tier('tier-0', {paused: true})))).toMatchObject([
			{check: 'schedule', weight: 'tells', wayOut: 'midwatch backup --unpause tier-0'},
		]);
		await embedded?.stop();
		const status = {phase: 'FailedValidation', validationErrors: ['invalid schedule']};
		expect(await concernsOf(but('Schedule', object => ({...object, status})))).toMatchObject([
			{check: 'schedule', weight: 'unknown', text: 'tier-0 is refused as a schedule: invalid schedule'},
		]);
	});

	test('Velero without a ready pod keeps it waiting', async () => {
		const objects = everything.map(object =>
			object.metadata.name === 'velero-0' ? server('velero', 'velero-0', {component: 'velero'}, false) : object,
		);
		expect(await concernsOf(objects)).toMatchObject([{check: 'controller', weight: 'blocks'}]);
	});

	test('what the server says to a trial stands as it says it', async () => {
		const world = await started(0);
		const rules = [
			{apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list']},
			{apiGroups: ['velero.io'], resources: ['backups'], verbs: ['get', 'list']},
		];
		using hands = handsOn(world.cluster, {token: world.cluster.addUser('reader', rules)});
		expect((await backupAction.plan(request, hands)).concerns).toMatchObject([
			{
				check: 'server',
				weight: 'refuses',
				wayOut: expect.stringContaining('midwatch rbac'),
				text: expect.stringMatching(/^the server would refuse it: 403: backups\.velero\.io/),
			},
		]);
	});
});

describe('stopped and taken up again', () => {
	test('the backup goes on without us, and is followed again without being made twice', async () => {
		const world = await started(0);
		using hands = handsOn(world.cluster);
		let name = '';
		{
			await using run = await newRun(hands, 'backup');
			name = run.journal.run;
			const ending = backupAction.run(await backupAction.plan(request, hands), request, hands, run);
			await until(() => run.reported.length > 0);
			run.sayStop();
			expect(await ending).toEqual({
				result: 'stopped',
				text: expect.stringMatching(/^tier-0-\d{14} goes on without midwatch, last seen New$/),
				resume: ['midwatch', 'backup', '--resume', name],
			});
		}
		await says(world, {phase: 'InProgress'});
		const again: BackupRequest = {...request, resumes: name};
		const plan = await backupAction.plan(again, hands);
		expect(plan.concerns).toMatchObject([{check: 'other-run', weight: 'tells'}]);
		await using run = await newRun(hands, 'backup', name);
		const ending = backupAction.run(plan, again, hands, run);
		await until(() => run.reported.length > 0);
		await says(world, {phase: 'Completed'});
		expect(await ending).toMatchObject({result: 'done'});
		expect(await made(world)).toHaveLength(1);
	});

	test('killed between the word and the deed: the server says whether it was done', async () => {
		const world = await started(40);
		using hands = handsOn(world.cluster);
		await using first = await newRun(hands, 'backup');
		const name = 'tier-0-20261126140000';
		const step = `create backup ${name}`;
		await first.journal.write({is: 'intent', step, title: step, detail: {path: `${collection}/${name}`, batch: name}});
		await first.journal.close();
		const again: BackupRequest = {...request, resumes: first.journal.run};
		await using run = await newRun(hands, 'backup', first.journal.run);
		expect(await backupAction.run(await backupAction.plan(again, hands), again, hands, run)).toMatchObject({result: 'done'});
		expect((await made(world)).map(({metadata}) => metadata.name)).toEqual([name]);
	});
});

test('a server that is away is waited for, before the backup is made and after', async () => {
	const world = await started(0);
	using hands = handsOn(world.cluster);
	await using run = await newRun(hands, 'backup');
	const plan = await backupAction.plan(request, hands);
	world.cluster.stage.server.failing = true;
	const ending = backupAction.run(plan, request, hands, run);
	await until(() => /500/.test(run.told()));
	world.cluster.stage.server.failing = false;
	await until(() => /: New/.test(run.told()));
	world.cluster.stage.server.failing = true;
	await until(() => /the API server: 500/.test(run.told()));
	world.cluster.stage.server.failing = false;
	await says(world, {phase: 'Completed'});
	expect(await ending).toMatchObject({result: 'done'});
	expect(await made(world)).toHaveLength(1);
});

test('stopped while the server is away: whether it was made is not known, and is found out when it is taken up again', async () => {
	const world = await started(40);
	using hands = handsOn(world.cluster);
	const plan = await backupAction.plan(request, hands);
	let name = '';
	{
		await using run = await newRun(hands, 'backup');
		name = run.journal.run;
		world.cluster.stage.server.failing = true;
		const ending = backupAction.run(plan, request, hands, run);
		await until(() => /500/.test(run.told()));
		run.sayStop();
		expect(await ending).toEqual({
			result: 'stopped',
			text: expect.stringMatching(/^whether backup tier-0-\d{14} was created is not known: 500/),
			resume: ['midwatch', 'backup', '--resume', name],
		});
		expect(await run.written()).toMatchObject([{is: 'intent'}, {is: 'outcome', result: 'unknown'}]);
		world.cluster.stage.server.failing = false;
	}
	const again: BackupRequest = {...request, resumes: name};
	await using run = await newRun(hands, 'backup', name);
	expect(await backupAction.run(await backupAction.plan(again, hands), again, hands, run)).toMatchObject({result: 'done'});
	expect(await made(world)).toHaveLength(1);
});

test('a permission that is taken away meanwhile ends the following, not the backup', async () => {
	const world = await started(0);
	const all = {apiGroups: ['*'], resources: ['*'], verbs: ['*']};
	using hands = handsOn(world.cluster, {token: world.cluster.addUser('anna', [all])});
	await using run = await newRun(hands, 'backup');
	const ending = backupAction.run(await backupAction.plan(request, hands), request, hands, run);
	await until(() => run.reported.length > 0);
	world.cluster.addUser('anna', []);
	expect(await ending).toMatchObject({
		result: 'stopped',
		text: expect.stringMatching(/goes on without midwatch, last seen New, it can no longer be seen: 403: /),
	});
});

test('what is refused is told, and written down', async () => {
	const world = await started(0);
	using hands = handsOn(world.cluster);
	const plan = await backupAction.plan(request, hands);
	const reading = {apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list']};
	using weaker = handsOn(world.cluster, {token: world.cluster.addUser('reader', [reading])});
	await using run = await newRun(weaker, 'backup');
	expect(await backupAction.run(plan, request, weaker, run)).toMatchObject({
		result: 'failed',
		text: expect.stringMatching(/^backup tier-0-\d{14} could not be created: 403: /),
	});
	expect(await run.written()).toMatchObject([{is: 'intent'}, {is: 'outcome', result: 'failed'}]);
});

test('nothing that a backup says of itself reaches the screen as more than text', async () => {
	const world = await started(0);
	using hands = handsOn(world.cluster);
	await using run = await newRun(hands, 'backup');
	const ending = backupAction.run(await backupAction.plan(request, hands), request, hands, run);
	await until(() => run.reported.length > 0);
	await says(world, {phase: `Going${poison}`});
	await until(() => run.told().includes('Going'));
	await says(world, {phase: 'Failed', failureReason: `no${poison}`});
	const told = `${(await ending).text}${run.told()}`;
	expect(told).toContain('Failed: no');
	expect(told.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Default_Ignorable_Code_Point}]/u);
});
