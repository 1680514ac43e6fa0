import {setTimeout as pause} from 'node:timers/promises';
import {afterEach, describe, expect, test} from 'vitest';
import type {KubeObject} from '../../../../source/demo/model.ts';
import {eventually} from '../../../conformance/subject.ts';
import {type Running, running, runningPod} from '../../running.ts';

let started: Running | undefined;

afterEach(() => started?.stop());

const pods = '/api/v1/namespaces/default/pods';
const budgetPath = '/apis/policy/v1/namespaces/default/poddisruptionbudgets/budget';

function budget(spec: object, app = 'app'): KubeObject {
	return {
		apiVersion: 'policy/v1',
		kind: 'PodDisruptionBudget',
		metadata: {name: 'budget', namespace: 'default', generation: 1},
		spec: {selector: {matchLabels: {app}}, ...spec},
	};
}

const labels = {app: 'app'};

async function arrange(...objects: KubeObject[]): Promise<Running> {
	started = await running(objects);
	return started;
}

function evict({admin}: Running, name: string) {
	return admin.ask(`${pods}/${name}/eviction`, {
		method: 'POST',
		json: {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name, namespace: 'default'}},
	});
}

const status = async ({admin}: Running) => (await admin.ask(budgetPath)).json().status;

describe('budgets are counted', () => {
	test('from the start', async () => {
		const run = await arrange(
			budget({minAvailable: 1}),
			runningPod('a', {labels}),
			runningPod('b', {labels}),
			runningPod('c', {labels, ready: false}),
		);
		expect(await status(run)).toMatchObject({
			observedGeneration: 1,
			currentHealthy: 2,
			desiredHealthy: 1,
			expectedPods: 3,
			disruptionsAllowed: 1,
			conditions: [{type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods'}],
		});
	});

	test('in shares of what the controllers want', async () => {
		const owner = {apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'set', uid: 'set-uid', controller: true};
		const set: KubeObject = {
			apiVersion: 'apps/v1',
			kind: 'ReplicaSet',
			metadata: {name: 'set', namespace: 'default', uid: 'set-uid'},
			spec: {replicas: 5},
		};
		const owned = ['a', 'b', 'c', 'd'].map(name => {
			const pod = runningPod(name, {labels});
			return {...pod, metadata: {...pod.metadata, ownerReferences: [owner]}};
		});
		const run = await arrange(budget({maxUnavailable: '30%'}), set, ...owned);
		// 30 % of five are one and a half, and that is two.
		expect(await status(run)).toMatchObject({expectedPods: 5, desiredHealthy: 3, currentHealthy: 4, disruptionsAllowed: 1});
	});

	test('again when pods change', async () => {
		const run = await arrange(budget({minAvailable: 1}), runningPod('a', {labels}), runningPod('b', {labels}));
		run.cluster.stage.store.remove({group: '', plural: 'pods', namespace: 'default', name: 'a'});
		await eventually(async () => expect(await status(run)).toMatchObject({currentHealthy: 1, disruptionsAllowed: 0}));
	});
});

describe('eviction', () => {
	test('takes from the budget, and the pod is gone after its grace', async () => {
		const run = await arrange(budget({minAvailable: 1}), runningPod('a', {labels}), runningPod('b', {labels}));
		expect((await evict(run, 'a')).status).toBe(201);
		const leaving = (await run.admin.ask(`${pods}/a`)).json();
		expect(leaving.metadata?.deletionTimestamp).toMatch(/Z$/);
		expect(leaving.status?.conditions).toMatchObject([
			{type: 'Ready'},
			{type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI'},
		]);
		expect(await status(run)).toMatchObject({disruptionsAllowed: 0});
		expect((await evict(run, 'b')).status).toBe(429);
		await eventually(async () => expect((await run.admin.ask(`${pods}/a`)).status).toBe(404));
	});

	test('of a pod that is not ready: only where the others suffice, or the policy is to always allow', async () => {
		const sick = runningPod('sick', {labels, ready: false});
		const enough = await arrange(budget({minAvailable: 1}), sick, runningPod('a', {labels}));
		expect((await evict(enough, 'sick')).status).toBe(201);
		await enough.stop();
		const lacking = await arrange(budget({minAvailable: 2}), sick, runningPod('a', {labels}));
		expect((await evict(lacking, 'sick')).status).toBe(429);
		await lacking.stop();
		const always = await arrange(
			budget({minAvailable: 2, unhealthyPodEvictionPolicy: 'AlwaysAllow'}),
			sick,
			runningPod('a', {labels}),
		);
		expect((await evict(always, 'sick')).status).toBe(201);
	});

	test.each(['Pending', 'Succeeded', 'Failed'])('of a pod that is %s asks no budget', async phase => {
		const run = await arrange(budget({minAvailable: 5}), runningPod('a', {labels, phase}));
		expect((await evict(run, 'a')).status).toBe(201);
	});

	test('before the budget was counted is 429 with a time to come back', async () => {
		const run = await arrange(budget({minAvailable: 1}), runningPod('a', {labels}), runningPod('b', {labels}));
		const where = {group: 'policy', plural: 'poddisruptionbudgets', namespace: 'default', name: 'budget'};
		const before = run.cluster.stage.store.get(where);
		run.cluster.stage.store.onChange(({object}) => {
			// Somebody keeps it from being counted.
			if (object.kind === 'PodDisruptionBudget' && object.metadata.generation === 2)
				(object.status as {observedGeneration: number}).observedGeneration = 1;
		});
		run.cluster.stage.store.put({...before, metadata: {...before?.metadata, generation: 2}} as KubeObject);
		const reply = await evict(run, 'a');
		expect(reply.status).toBe(429);
		expect(reply.headers['retry-after']).toBe('10');
		expect(reply.json().details?.causes).toMatchObject([
			{message: 'The disruption budget budget is still being processed by the server.'},
		]);
	});

	test('on a node whose kubelet is silent leaves the pod leaving', async () => {
		const run = await arrange(runningPod('a'));
		run.cluster.stage.silent.add('n1');
		expect((await evict(run, 'a')).status).toBe(201);
		await pause(1_500);
		expect((await run.admin.ask(`${pods}/a`)).json().metadata?.deletionTimestamp).toMatch(/Z$/);
	});

	test('must name the pod that the path names', async () => {
		const run = await arrange(runningPod('a'));
		const reply = await run.admin.ask(`${pods}/a/eviction`, {method: 'POST', json: {metadata: {name: 'b'}}});
		expect(reply.json()).toMatchObject({code: 400, message: 'name in URL does not match name in Eviction object'});
	});
});
