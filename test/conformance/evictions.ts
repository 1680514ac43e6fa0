import {expect, test} from 'vitest';
import type {Reply} from './client.ts';
import {create, eventually, makeReady, pod, read, type Subject} from './subject.ts';

const policy = '/apis/policy/v1';

export function evictions(subject: () => Subject): void {
	const pods = () => `${subject().home}/pods`;

	const evict = (name: string, deleteOptions: object = {}): Promise<Reply> =>
		subject().admin.ask(`${pods()}/${name}/eviction`, {
			method: 'POST',
			json: {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name, namespace: subject().namespace}, deleteOptions},
		});

	/** Healthy pods of one application. */
	const run = async (app: string, count: number): Promise<string[]> => {
		const names = Array.from({length: count}, (_, index) => `${app}-${index}`);
		for (const name of names) {
			await create(subject().admin, pods(), pod(name, subject().node, {app}));
			await makeReady(subject().admin, `${pods()}/${name}`);
		}
		return names;
	};

	/** A budget for an application, once somebody has counted its pods. */
	const budget = async (name: string, app: string, minAvailable: number, healthy: number): Promise<void> => {
		const budgets = `${policy}/namespaces/${subject().namespace}/poddisruptionbudgets`;
		await create(subject().admin, budgets, {
			apiVersion: 'policy/v1',
			kind: 'PodDisruptionBudget',
			metadata: {name},
			spec: {minAvailable, selector: {matchLabels: {app}}},
		});
		await eventually(async () => {
			const {metadata, status} = await read(subject().admin, `${budgets}/${name}`);
			expect(status).toMatchObject({
				observedGeneration: metadata?.generation,
				currentHealthy: healthy,
				desiredHealthy: minAvailable,
			});
		});
	};

	const isLeaving = async (name: string): Promise<boolean> => {
		const reply = await subject().admin.ask(`${pods()}/${name}`);
		return reply.status === 404 || reply.json().metadata?.deletionTimestamp !== undefined;
	};

	test('without a budget the pod goes', async () => {
		await run('free', 1);
		const reply = await evict('free-0');
		expect(reply.status).toBe(201);
		expect(reply.json()).toMatchObject({kind: 'Status', status: 'Success', code: 201});
		expect(await isLeaving('free-0')).toBe(true);
	});

	test('a dry run says the same and the pod stays', async () => {
		await run('tried', 1);
		expect((await evict('tried-0', {dryRun: ['All']})).status).toBe(201);
		expect(await isLeaving('tried-0')).toBe(false);
	});

	test('an exhausted budget is 429, and names itself and its count', async () => {
		await run('needed', 2);
		await budget('needed-budget', 'needed', 2, 2);
		for (const options of [{}, {dryRun: ['All']}]) {
			const reply = await evict('needed-0', options);
			expect(reply.status).toBe(429);
			// A budget that is exhausted does not say when to come back.
			expect(reply.headers['retry-after']).toBeUndefined();
			expect(reply.json()).toMatchObject({
				kind: 'Status',
				status: 'Failure',
				reason: 'TooManyRequests',
				message: "Cannot evict pod as it would violate the pod's disruption budget.",
				details: {
					causes: [
						{reason: 'DisruptionBudget', message: 'The disruption budget needed-budget needs 2 healthy pods and has 2 currently'},
					],
				},
				code: 429,
			});
		}
		expect(await isLeaving('needed-0')).toBe(false);
	});

	test('a budget that allows one lets one go', async () => {
		await run('spare', 2);
		await budget('spare-budget', 'spare', 1, 2);
		expect((await evict('spare-0')).status).toBe(201);
		const second = await evict('spare-1');
		expect(second.status).toBe(429);
		expect(second.json().details?.causes).toMatchObject([{reason: 'DisruptionBudget'}]);
	});

	test('a pod under two budgets cannot be evicted at all', async () => {
		await run('twice', 2);
		await budget('twice-one', 'twice', 1, 2);
		await budget('twice-two', 'twice', 1, 2);
		const reply = await evict('twice-0');
		expect(reply.status).toBe(500);
		expect(reply.json().message).toBe(
			'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
		);
	});

	test('a pod that is finished goes whatever its budget says', async () => {
		await run('done', 1);
		await budget('done-budget', 'done', 1, 1);
		const path = `${pods()}/done-0/status`;
		const finished = await subject().admin.ask(path, {
			method: 'PATCH',
			type: 'application/merge-patch+json',
			json: {status: {phase: 'Succeeded'}},
		});
		expect(finished.status).toBe(200);
		expect((await evict('done-0')).status).toBe(201);
	});

	test('a pod that is not there is 404', async () => {
		const reply = await evict('none');
		expect(reply.status).toBe(404);
		expect(reply.json()).toMatchObject({reason: 'NotFound', message: 'pods "none" not found'});
	});
}
