import {afterEach, describe, expect, test} from 'vitest';
import {backupAction} from '../../../source/actions/backup/backup.ts';
import type {BackupRequest} from '../../../source/actions/backup/request.ts';
import type {KubeObject} from '../../../source/demo/model.ts';
import {defaults, type Settings} from '../../../source/settings.ts';
import {mergePatch, read} from '../../conformance/subject.ts';
import {type Running, running} from '../../demo/running.ts';
import {handsOn} from '../hands.ts';
import {newRun} from '../running.ts';
import {until} from './until.ts';
import {backupWorld, cronJob, everything, still} from './world.ts';

let embedded: Running | undefined;
afterEach(() => embedded?.stop());

const request: BackupRequest = {is: 'backup', tier: 'etcd'};
const settings: Settings = {...defaults, tiers: {etcd: {cronJob: 'kube-system/talos-backup'}}};
const collection = '/apis/batch/v1/namespaces/kube-system/jobs';

async function started(speed: number, objects: readonly KubeObject[] = everything) {
	embedded = await running(objects, speed === 0 ? still : {...backupWorld, speed});
	return embedded;
}

const jobs = async ({admin}: Running) => (await read(admin, collection)).items as unknown as readonly KubeObject[];

test('a job is made as kubectl create job --from makes it, and followed to its end', async () => {
	const world = await started(40);
	using hands = handsOn(world.cluster, {settings});
	const plan = await backupAction.plan(request, hands);
	expect(plan).toMatchObject({
		title: 'backup etcd',
		command: ['midwatch', 'backup', 'etcd'],
		concerns: [],
		steps: ['create a job of CronJob kube-system/talos-backup', 'follow it to its end'],
		deeds: [
			{verb: 'create', group: 'batch', resource: 'jobs', namespace: 'kube-system'},
			{verb: 'get', group: 'batch', resource: 'jobs', namespace: 'kube-system'},
		],
	});
	expect(plan.likewise?.slice(0, 4)).toEqual(['kubectl', 'create', 'job', '--from=cronjob/talos-backup']);
	await using run = await newRun(hands, 'backup');
	expect(await backupAction.run(plan, request, hands, run)).toEqual({
		result: 'done',
		text: expect.stringMatching(/^talos-backup-\d{14}: Complete in \S+$/),
	});
	const [job] = await jobs(world);
	const template = (cronJob().spec as {jobTemplate: {spec: object}}).jobTemplate;
	expect(job).toMatchObject({
		metadata: {
			labels: {app: 'talos-backup'},
			annotations: {team: 'infra', 'cronjob.kubernetes.io/instantiate': 'manual'},
			ownerReferences: [{apiVersion: 'batch/v1', kind: 'CronJob', name: 'talos-backup', controller: true}],
		},
		spec: template.spec,
	});
	expect(run.told()).toMatch(/running, 1 pod active/);
	const {status} = await read(world.admin, '/apis/batch/v1/namespaces/kube-system/cronjobs/talos-backup');
	expect(status?.lastSuccessfulTime).toBeDefined();
});

test('one that fails says why, and where more is told', async () => {
	const world = await started(40, [...everything.filter(({kind}) => kind !== 'CronJob'), cronJob(['false'])]);
	using hands = handsOn(world.cluster, {settings});
	await using run = await newRun(hands, 'backup');
	expect(await backupAction.run(await backupAction.plan(request, hands), request, hands, run)).toEqual({
		result: 'failed',
		text: expect.stringMatching(
			/^talos-backup-\d+: Failed: BackoffLimitExceeded: Job has reached .* limit\. Why is told by kubectl logs job\/talos-backup-\d+ -n kube-system$/,
		),
	});
});

test('waiting, suspended, running: each is told, and a stop leaves it going', async () => {
	const world = await started(0);
	using hands = handsOn(world.cluster, {settings});
	await using run = await newRun(hands, 'backup');
	const ending = backupAction.run(await backupAction.plan(request, hands), request, hands, run);
	await until(() => /: waiting/.test(run.told()));
	const [job] = await jobs(world);
	const path = `${collection}/${job?.metadata.name}`;
	await mergePatch(world.admin, path, {spec: {suspend: true}});
	await until(() => /: suspended/.test(run.told()));
	await mergePatch(world.admin, path, {spec: {suspend: false}});
	await mergePatch(world.admin, `${path}/status`, {status: {startTime: '2026-11-26T14:00:00Z', active: 1, failed: 2}});
	await until(() => /: running, 1 pod active, 2 pods failed/.test(run.told()));
	run.sayStop();
	expect(await ending).toEqual({
		result: 'stopped',
		text: expect.stringMatching(/^talos-backup-\d+ goes on without midwatch, last seen running$/),
		resume: ['midwatch', 'backup', '--resume', run.journal.run],
	});
});

describe('what stands against it', () => {
	const ownerReferences = [{apiVersion: 'batch/v1', kind: 'CronJob', name: 'talos-backup', uid: 'u', controller: true}];
	const going = {
		apiVersion: 'batch/v1',
		kind: 'Job',
		metadata: {name: 'talos-backup-1', namespace: 'kube-system', ownerReferences},
		spec: {template: {}},
		status: {startTime: new Date(Date.now() - 120_000).toISOString(), active: 1},
	};

	test('a job of it that is going refuses another', async () => {
		const world = await started(0, [...everything, going]);
		using hands = handsOn(world.cluster, {settings});
		expect((await backupAction.plan(request, hands)).concerns).toMatchObject([
			{check: 'other-run', weight: 'refuses', text: 'talos-backup-1 is running since 2m'},
		]);
	});

	test('one that is not there cannot be planned', async () => {
		const world = await started(
			0,
			everything.filter(({kind}) => kind !== 'CronJob'),
		);
		using hands = handsOn(world.cluster, {settings});
		await expect(backupAction.plan(request, hands)).rejects.toThrow(
			'there is no CronJob kube-system/talos-backup, which the configuration names for etcd',
		);
	});

	test('names are cut so that pods can carry them', async () => {
		const long = `talos-backup-${'x'.repeat(39)}`;
		const {metadata, ...rest} = cronJob();
		const world = await started(0, [...everything, {...rest, metadata: {...metadata, name: long}}]);
		using hands = handsOn(world.cluster, {settings: {...defaults, tiers: {etcd: {cronJob: `kube-system/${long}`}}}});
		const {likewise = []} = await backupAction.plan(request, hands);
		expect(likewise[4]?.length).toBeLessThanOrEqual(63);
	});
});
