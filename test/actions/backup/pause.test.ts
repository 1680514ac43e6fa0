import {afterEach, expect, test} from 'vitest';
import {pauseAction} from '../../../source/actions/backup/pause.ts';
import type {KubeObject} from '../../../source/demo/model.ts';
import {defaults} from '../../../source/settings.ts';
import {read} from '../../conformance/subject.ts';
import {type Running, running} from '../../demo/running.ts';
import {handsOn} from '../hands.ts';
import {newRun} from '../running.ts';
import {everything, still} from './world.ts';

let embedded: Running | undefined;
afterEach(() => embedded?.stop());

async function started(objects: readonly KubeObject[] = everything) {
	embedded = await running(objects, still);
	return embedded;
}

const settings = {...defaults, tiers: {etcd: {cronJob: 'kube-system/talos-backup'}}};
const pause = (tier: string) => ({is: 'pause' as const, tier});
const unpause = (tier: string) => ({is: 'unpause' as const, tier});

test.each([
	[
		'tier-0',
		'/apis/velero.io/v1/namespaces/velero/schedules/tier-0',
		'paused',
		['velero', 'schedule', 'pause', 'tier-0', '--namespace', 'velero'],
	],
	[
		'etcd',
		'/apis/batch/v1/namespaces/kube-system/cronjobs/talos-backup',
		'suspend',
		['kubectl', 'patch', 'cronjob', 'talos-backup', '--namespace', 'kube-system', '--patch', '{"spec":{"suspend":true}}'],
	],
])('%s is paused, and unpaused again', async (tier, path, field, likewise) => {
	const world = await started();
	using hands = handsOn(world.cluster, {settings});
	const plan = await pauseAction.plan(pause(tier), hands);
	expect(plan).toMatchObject({title: `pause ${tier}`, command: ['midwatch', 'backup', '--pause', tier], likewise, concerns: []});
	expect(plan.deeds).toMatchObject([{verb: 'patch', name: path.split('/').at(-1)}]);
	await using run = await newRun(hands, 'pause');
	expect(await pauseAction.run(plan, pause(tier), hands, run)).toEqual({
		result: 'done',
		text: `pause ${tier}: no backup is made by it until it is unpaused`,
		rollBack: ['midwatch', 'backup', '--unpause', tier],
	});
	expect((await read(world.admin, path)).spec?.[field]).toBe(true);
	expect(await run.written()).toMatchObject([
		{is: 'intent', step: 'pause', detail: {path}},
		{is: 'outcome', step: 'pause', result: 'done'},
	]);
	expect((await pauseAction.plan(pause(tier), hands)).done).toBe(`${tier} is paused already`);

	await using second = await newRun(hands, 'unpause');
	const back = await pauseAction.plan(unpause(tier), hands);
	expect(await pauseAction.run(back, unpause(tier), hands, second)).toMatchObject({result: 'done'});
	expect((await read(world.admin, path)).spec?.[field]).toBe(false);
	expect((await pauseAction.plan(unpause(tier), hands)).done).toBe(`${tier} is not paused`);
});

test('who manages it will put it back: that is said before', async () => {
	const labels = {'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system'};
	const world = await started(
		everything.map(object => (object.kind === 'Schedule' ? {...object, metadata: {...object.metadata, labels}} : object)),
	);
	using hands = handsOn(world.cluster);
	expect((await pauseAction.plan(pause('tier-0'), hands)).concerns).toMatchObject([
		{
			check: 'ownership',
			weight: 'hurts',
			text: 'velero/tier-0 is managed by Flux Kustomization flux-system/apps: Flux puts it back when it reconciles next',
		},
	]);
});

test('a recurring job of Longhorn, and a volume, have nothing that could be paused', async () => {
	const world = await started();
	using hands = handsOn(world.cluster);
	await expect(pauseAction.plan(pause('nightly'), hands)).rejects.toThrow(
		'nightly is a recurring job of Longhorn: those cannot be paused.',
	);
	await expect(pauseAction.plan(pause('pvc-a'), hands)).rejects.toThrow('is a volume: it has no schedule of its own to pause');
});

test('another one of the same name is not paused instead', async () => {
	const world = await started();
	using hands = handsOn(world.cluster);
	const plan = await pauseAction.plan(pause('tier-0'), hands);
	const {store} = world.cluster.stage;
	const where = {group: 'velero.io', plural: 'schedules', namespace: 'velero', name: 'tier-0'};
	const schedule = store.get(where);
	if (schedule === undefined) throw new Error('There is no schedule.');
	store.remove(where);
	store.put({...schedule, metadata: {...schedule.metadata, uid: '00000000-0000-4000-8000-000000000000'}});
	await using run = await newRun(hands, 'pause');
	expect(await pauseAction.run(plan, pause('tier-0'), hands, run)).toMatchObject({
		result: 'failed',
		text: expect.stringMatching(/^pause tier-0: not done: 4(09|22)/),
	});
});

test('who may not is told so', async () => {
	const world = await started();
	const reading = {apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list']};
	using hands = handsOn(world.cluster, {token: world.cluster.addUser('reader', [reading])});
	const plan = await pauseAction.plan(pause('tier-0'), hands);
	await using run = await newRun(hands, 'pause');
	expect(await pauseAction.run(plan, pause('tier-0'), hands, run)).toMatchObject({
		result: 'failed',
		text: expect.stringMatching(/not done: 403/),
	});
});
