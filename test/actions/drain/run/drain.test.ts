import {afterEach, describe, expect, test} from 'vitest';
import type {Outcome} from '../../../../source/actions/action.ts';
import {drainAction} from '../../../../source/actions/drain/drain.ts';
import type {DrainRequest} from '../../../../source/actions/drain/plan.ts';
import type {Hands} from '../../../../source/actions/hands.ts';
import {takeLock} from '../../../../source/actions/lock.ts';
import {items} from '../../../../source/cluster/raw.ts';
import type {KubeObject, Rule} from '../../../../source/demo/model.ts';
import {cordonMark} from '../../../../source/nodes/cordon-mark.ts';
import type {RawName} from '../../../../source/vocabulary.ts';
import {doorTo} from '../../../_helpers/door.ts';
import {type Passing, type Spoiler, spoilerBefore} from '../../../_helpers/spoiler.ts';
import {eventually, mergePatch, namesOf, read, textOf} from '../../../conformance/subject.ts';
import {type Running, running, runningPod} from '../../../demo/running.ts';
import {handsOn} from '../../hands.ts';
import {newRun, type Run} from '../../running.ts';
import {blocking, drainOf, podsOn} from './arrange.ts';

let embedded: Running;
afterEach(() => embedded.stop());

async function start(...objects: readonly KubeObject[]): Promise<void> {
	embedded = await running(objects, {speed: 10});
}

const podPath = (name: string) => `/api/v1/namespaces/default/pods/${name}`;
const leasePath = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/midwatch-drain';
const node = (name = 'n1') => read(embedded.admin, `/api/v1/nodes/${name}`);
const podNames = async () => namesOf(await read(embedded.admin, '/api/v1/pods'));

/** Plans and runs. */
async function drain(request: DrainRequest, hands: Hands, run: Run): Promise<Outcome> {
	return drainAction.run(await drainAction.plan(request, hands), request, hands, run);
}

/** Plans, begins, and hands over what is under way. */
async function begin(request: DrainRequest, hands: Hands, run: Run): Promise<Promise<Outcome>[]> {
	const plan = await drainAction.plan(request, hands);
	return [drainAction.run(plan, request, hands, run)];
}

const says = (run: Run, what: RegExp | string, within?: number) =>
	eventually(async () => expect(run.reported.at(-1)?.waiting.join('\n')).toMatch(what), within);

const evictions = ({passed}: Spoiler) => passed.filter(({method, path}) => method === 'POST' && path.includes('/eviction'));
const isEviction = ({method, path}: Passing) => method === 'POST' && path.includes('/eviction');

test('a node is cordoned, and all that has to go is gone; each is announced before and told after', async () => {
	const daemon = runningPod('agent');
	daemon.metadata.ownerReferences = [{apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'ds', controller: true}];
	const set: KubeObject = {
		apiVersion: 'apps/v1',
		kind: 'DaemonSet',
		metadata: {name: 'agent', namespace: 'default', uid: 'ds'},
		spec: {},
	};
	await start(...podsOn('n1', 3), ...podsOn('n2', 1, 'other'), daemon, set);
	using hands = handsOn(embedded.cluster);
	await using run = await newRun(hands, 'drain');
	const outcome = await drain(drainOf(['n1']), hands, run);
	expect(outcome).toEqual({
		result: 'done',
		text: 'n1 is drained and stays cordoned: all 3 pods that had to go are gone',
		rollBack: ['midwatch', 'uncordon', 'n1'],
	});
	expect(await podNames()).toEqual(['agent', 'other-0']);
	const {spec, metadata} = await node();
	expect(spec?.unschedulable).toBe(true);
	expect(metadata?.annotations?.[cordonMark]).toContain(run.journal.run);
	expect(run.reported.at(-1)).toMatchObject({short: 'drain n1  3 of 3 gone', done: 3, total: 3, waiting: []});
	const written = await run.written();
	expect(written.slice(0, 3)).toMatchObject([
		{is: 'noted', text: 'takes the lock of drains'},
		{is: 'intent', step: 'cordon n1'},
		{is: 'outcome', step: 'cordon n1', result: 'done'},
	]);
	for (const {seq, step} of written.flatMap(entry => (entry.is === 'outcome' ? [entry] : []))) {
		expect(written.find(entry => entry.is === 'intent' && entry.step === step)?.seq).toBeLessThan(seq);
	}
	expect(written.filter(entry => entry.is === 'outcome' && entry.result === 'done')).toHaveLength(4);
	// The lock is free again, and the node tells what was done to it.
	expect((await read(embedded.admin, leasePath)).spec).toMatchObject({holderIdentity: ''});
	const events = items((await read(embedded.admin, '/api/v1/namespaces/default/events')).items);
	const told = new Map(events.map(({reason, message}) => [textOf(reason), textOf(message)]));
	expect([...told.keys()].toSorted()).toEqual(['DrainEnded', 'DrainStarted']);
	expect(told.get('DrainEnded')).toContain('all 3 pods');
});

describe('a budget that allows nothing', () => {
	test('is said within two seconds, by its name; the others go; stopped, it leaves what it says', async () => {
		await start(...podsOn('n1', 2), ...podsOn('n1', 2, 'free'), blocking('web', 2));
		using hands = handsOn(embedded.cluster);
		await using run = await newRun(hands, 'drain');
		const [under] = await begin(drainOf(['n1']), hands, run);
		await says(run, /default\/web-0: budget web allows none: it needs 2 healthy and has 2/, 2000);
		await eventually(async () => expect(await podNames()).toEqual(['web-0', 'web-1']));
		await eventually(async () => expect(run.reported.at(-1)).toMatchObject({short: 'drain n1  2 of 4 gone'}));
		const stoppedAt = performance.now();
		run.sayStop();
		const outcome = await under;
		expect(performance.now() - stoppedAt).toBeLessThan(1500);
		expect(outcome).toMatchObject({
			result: 'stopped',
			text: expect.stringMatching(/^stopped: n1 stays cordoned, 2 of 4 pods are left: default\/web-0 \(budget web/),
			resume: ['midwatch', 'drain', '--resume', run.journal.run],
			rollBack: ['midwatch', 'uncordon', 'n1'],
		});
		expect(await podNames()).toEqual(['web-0', 'web-1']);
		expect((await node()).spec?.unschedulable).toBe(true);
		// Nothing is left open in the journal.
		const written = await run.written();
		const open = written.filter(
			entry => entry.is === 'intent' && !written.some(each => each.is === 'outcome' && each.step === entry.step),
		);
		expect(open).toEqual([]);
	});

	test('is tried again until it allows one', async () => {
		await start(...podsOn('n1', 1), blocking('web', 1));
		using hands = handsOn(embedded.cluster);
		await using run = await newRun(hands, 'drain');
		const [under] = await begin(drainOf(['n1']), hands, run);
		await says(run, /budget web/, 2000);
		await mergePatch(embedded.admin, '/apis/policy/v1/namespaces/default/poddisruptionbudgets/web', {spec: {minAvailable: 0}});
		expect(await under).toMatchObject({result: 'done'});
		expect(await podNames()).toEqual([]);
	});

	test('is given up when the time is over', async () => {
		await start(...podsOn('n1', 1), blocking('web', 1));
		using hands = handsOn(embedded.cluster);
		await using run = await newRun(hands, 'drain');
		const outcome = await drain(drainOf(['n1'], {timeout: 1500}), hands, run);
		expect(outcome).toMatchObject({
			result: 'failed',
			text: expect.stringMatching(/^the time it was given is over: n1 stays cordoned, 1 of 1/),
		});
	});

	test('is passed with --disable-eviction', async () => {
		await start(...podsOn('n1', 1), blocking('web', 1));
		using hands = handsOn(embedded.cluster);
		await using run = await newRun(hands, 'drain');
		expect(await drain(drainOf(['n1'], {disableEviction: true}), hands, run)).toMatchObject({result: 'done'});
		expect(await podNames()).toEqual([]);
	});

	test('twice over one pod fails that one; the others go', async () => {
		await start(...podsOn('n1', 1), ...podsOn('n1', 1, 'free'), blocking('web', 0), {
			...blocking('web', 0),
			metadata: {name: 'web-too', namespace: 'default'},
		});
		using hands = handsOn(embedded.cluster);
		await using run = await newRun(hands, 'drain');
		const outcome = await drain(drainOf(['n1']), hands, run);
		expect(outcome).toMatchObject({
			result: 'failed',
			text: expect.stringMatching(
				/^n1 stays cordoned, 1 of 2 pods is left: default\/web-0 \(500: .*more than one PodDisruptionBudget/,
			),
		});
		expect(await podNames()).toEqual(['web-0']);
	});
});

describe('429', () => {
	const busy = (headers: Record<string, string>) => ({
		status: 429,
		body: {kind: 'Status', code: 429, message: 'too busy'},
		headers,
	});

	test.each([
		['with Retry-After is tried again when the server says', {'retry-after': '1'}, 1000, 3000],
		['without is tried again after five seconds, as kubectl does', {}, 5000, 7000],
	])('%s', async (_, headers, least, most) => {
		await start(...podsOn('n1', 1));
		await using spoiler = await spoilerBefore(embedded.cluster.server, embedded.cluster.ca);
		using hands = handsOn(embedded.cluster, spoiler);
		const times: number[] = [];
		spoiler.spoil(passing => {
			if (!isEviction(passing) || passing.path.includes('dryRun')) return 'pass';
			times.push(performance.now());
			return times.length === 1 ? busy(headers) : 'pass';
		});
		await using run = await newRun(hands, 'drain');
		expect(await drain(drainOf(['n1']), hands, run)).toMatchObject({result: 'done'});
		const [first = 0, second = 0] = times;
		expect(times).toHaveLength(2);
		expect(second - first).toBeGreaterThanOrEqual(least - 20);
		expect(second - first).toBeLessThan(most);
		expect(run.told()).toMatch(/default\/web-0: the API server is too busy \(429: too busy\)/);
	});
});

describe('a server that goes away in the middle', () => {
	test('is waited for, and the drain goes on', async () => {
		await start(...podsOn('n1', 2), blocking('web', 2));
		await using door = await doorTo(embedded.cluster.server);
		using hands = handsOn(embedded.cluster, {server: door.server});
		await using run = await newRun(hands, 'drain');
		const [under] = await begin(drainOf(['n1']), hands, run);
		await says(run, /budget web/);
		await door.shut();
		await says(run, /the API server: .*; it goes on when the server is back/);
		await mergePatch(embedded.admin, '/apis/policy/v1/namespaces/default/poddisruptionbudgets/web', {spec: {minAvailable: 0}});
		await door.open();
		expect(await under).toMatchObject({
			result: 'done',
			text: 'n1 is drained and stays cordoned: all 2 pods that had to go are gone',
		});
	});

	test('before an eviction was heard: it is asked for once more, after a look', async () => {
		await start(...podsOn('n1', 1));
		await using spoiler = await spoilerBefore(embedded.cluster.server, embedded.cluster.ca);
		using hands = handsOn(embedded.cluster, spoiler);
		const plan = await drainAction.plan(drainOf(['n1']), hands);
		let lost = 0;
		spoiler.spoil(passing => (isEviction(passing) && lost++ === 0 ? 'lost' : 'pass'));
		await using run = await newRun(hands, 'drain');
		expect(await drainAction.run(plan, drainOf(['n1']), hands, run)).toMatchObject({result: 'done'});
		const asked = spoiler.passed.filter(({path}) => path.startsWith(podPath('web-0')));
		expect(asked.map(({method}) => method)).toEqual(['POST', 'GET', 'POST']);
	});

	test('after an eviction was heard: it is not asked for again', async () => {
		await start(...podsOn('n1', 3));
		await using spoiler = await spoilerBefore(embedded.cluster.server, embedded.cluster.ca);
		using hands = handsOn(embedded.cluster, spoiler);
		const plan = await drainAction.plan(drainOf(['n1']), hands);
		spoiler.spoil(passing => (isEviction(passing) ? 'answer lost' : 'pass'));
		await using run = await newRun(hands, 'drain');
		expect(await drainAction.run(plan, drainOf(['n1']), hands, run)).toMatchObject({result: 'done'});
		expect(evictions(spoiler)).toHaveLength(3);
	});

	test('while the node is cordoned: that it is ours is known nevertheless', async () => {
		await start(...podsOn('n1', 1));
		await using spoiler = await spoilerBefore(embedded.cluster.server, embedded.cluster.ca);
		using hands = handsOn(embedded.cluster, spoiler);
		spoiler.spoil(({method}) => (method === 'PATCH' ? 'answer lost' : 'pass'));
		await using run = await newRun(hands, 'drain');
		expect(await drain(drainOf(['n1']), hands, run)).toMatchObject({result: 'done', rollBack: ['midwatch', 'uncordon', 'n1']});
		expect(spoiler.passed.filter(({method}) => method === 'PATCH')).toHaveLength(1);
	});
});

describe('stopped while the server does not answer', () => {
	/** Begins on a server that never answers some requests, says stop once one of them is there, and takes the time. */
	async function stopOn(
		hangs: (passing: Passing) => boolean,
		look: (outcome: Outcome, run: Run) => Promise<void>,
	): Promise<void> {
		await start(...podsOn('n1', 1));
		await using spoiler = await spoilerBefore(embedded.cluster.server, embedded.cluster.ca);
		using hands = handsOn(embedded.cluster, spoiler);
		const plan = await drainAction.plan(drainOf(['n1']), hands);
		let hung = 0;
		spoiler.spoil(passing => {
			if (!hangs(passing)) return 'pass';
			hung += 1;
			return 'hung';
		});
		await using run = await newRun(hands, 'drain');
		const under = drainAction.run(plan, drainOf(['n1']), hands, run);
		await eventually(async () => expect(hung).toBe(1));
		const stoppedAt = performance.now();
		run.sayStop();
		const outcome = await under;
		expect(performance.now() - stoppedAt).toBeLessThan(3000);
		await look(outcome, run);
	}

	test('to an eviction: it leaves, and writes down that it does not know', async () => {
		await stopOn(isEviction, async (outcome, run) => {
			expect(outcome).toMatchObject({
				result: 'stopped',
				text: 'stopped: n1 stays cordoned, 1 of 1 pod is left: default/web-0 (asked for, without an answer)',
			});
			expect((await run.written()).at(-1)).toMatchObject({is: 'outcome', result: 'unknown'});
		});
	});

	test('to the cordon: it leaves, and says that it does not know', async () => {
		await stopOn(
			({method}) => method === 'PATCH',
			async outcome => {
				expect(outcome).toMatchObject({result: 'stopped', text: expect.stringMatching(/whether it is cordoned is not known$/)});
			},
		);
	});

	test('to the lock: nothing was done', async () => {
		await stopOn(
			({method, path}) => method === 'POST' && path.includes('leases'),
			async outcome => {
				expect(outcome).toMatchObject({
					result: 'stopped',
					text: expect.stringMatching(/^nothing was done: the lock of drains could not be taken/),
				});
			},
		);
	});
});

describe('a permission', () => {
	const rules = (...verbs: readonly string[]): readonly Rule[] => [
		{apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch', 'patch']},
		{apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch']},
		{apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: ['list']},
		{apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'list', 'create', 'update']},
		{apiGroups: [''], resources: ['pods/eviction'], verbs},
	];

	test('revoked in the middle is told by its name, and ends it with what is left', async () => {
		await start(...podsOn('n1', 1), blocking('web', 1));
		const token = embedded.cluster.addUser('drainer', rules('create'));
		using hands = handsOn(embedded.cluster, {token});
		await using run = await newRun(hands, 'drain');
		const [under] = await begin(drainOf(['n1']), hands, run);
		await says(run, /budget web/);
		embedded.cluster.addUser('drainer', rules());
		const outcome = await under;
		expect(outcome).toMatchObject({
			result: 'stopped',
			text: expect.stringMatching(
				/^not permitted any more: create pods\/eviction in namespace default: n1 stays cordoned, 1 of 1 pod is left/,
			),
			resume: expect.arrayContaining(['--resume']),
		});
	});

	test('to watch is not needed: what is gone is found by lists', async () => {
		await start(...podsOn('n1', 2));
		const token = embedded.cluster.addUser('lister', [
			{
				apiGroups: ['', 'apps', 'policy', 'coordination.k8s.io'],
				resources: ['*'],
				verbs: ['get', 'list', 'patch', 'create', 'update'],
			},
		]);
		using hands = handsOn(embedded.cluster, {token});
		await using run = await newRun(hands, 'drain');
		expect(await drain(drainOf(['n1']), hands, run)).toMatchObject({
			result: 'done',
			text: expect.stringContaining('all 2 pods that had to go are gone'),
		});
	});

	test('to keep a lock is not needed where the plan said so', async () => {
		await start(...podsOn('n1', 1));
		const token = embedded.cluster.addUser(
			'drainer',
			rules('create').filter(({apiGroups}) => !apiGroups.includes('coordination.k8s.io')),
		);
		using hands = handsOn(embedded.cluster, {token});
		const plan = await drainAction.plan(drainOf(['n1']), hands);
		expect(plan.confirm).toMatchObject({ask: 'name'});
		await using run = await newRun(hands, 'drain');
		expect(await drainAction.run(plan, drainOf(['n1']), hands, run)).toMatchObject({result: 'done'});
		const notes = (await run.written()).filter(({is}) => is === 'noted');
		expect(notes).toMatchObject([{text: 'takes the lock of drains'}, {text: expect.stringContaining('Lease midwatch-drain')}]);
	});
});

describe('two midwatches', () => {
	test('the second is refused by its plan, with who drains and since when; and where both planned before, by the lock', async () => {
		await start(...podsOn('n1', 1), ...podsOn('n2', 1, 'other'), blocking('web', 1));
		using anna = handsOn(embedded.cluster);
		using ben = handsOn(embedded.cluster, {by: 'ben@desk'});
		const early = await drainAction.plan(drainOf(['n2']), ben);
		await using first = await newRun(anna, 'drain');
		const [under] = await begin(drainOf(['n1']), anna, first);
		await says(first, /budget web/);
		const late = await drainAction.plan(drainOf(['n2']), ben);
		expect(late.concerns[0]).toMatchObject({
			weight: 'refuses',
			text: expect.stringMatching(/^anna@bridge drains with midwatch since/),
		});
		await using second = await newRun(ben, 'drain');
		const outcome = await drainAction.run(early, drainOf(['n2']), ben, second);
		expect(outcome).toMatchObject({
			result: 'failed',
			text: expect.stringMatching(/^nothing was done: anna@bridge drains with midwatch since/),
		});
		expect((await node('n2')).spec?.unschedulable).toBeUndefined();
		first.sayStop();
		await under;
	});

	test('the one who was frozen, and whose lock was taken over, stops and says so', async () => {
		await start(...podsOn('n1', 1), blocking('web', 1));
		const clock = {ahead: 0};
		using anna = handsOn(embedded.cluster, {now: () => Date.now() + clock.ahead});
		using ben = handsOn(embedded.cluster, {by: 'ben@desk'});
		await using run = await newRun(anna, 'drain');
		const [under] = await begin(drainOf(['n1']), anna, run);
		await says(run, /budget web/);
		await mergePatch(embedded.admin, leasePath, {spec: {renewTime: new Date(Date.now() - 60_000).toISOString()}});
		expect(await takeLock(ben, 'another-run', ['n2' as RawName])).toMatchObject({is: 'held'});
		clock.ahead = 60_000;
		const outcome = await under;
		expect(outcome).toMatchObject({
			result: 'stopped',
			text: expect.stringMatching(/^another midwatch has taken over the lock of drains: n1 stays cordoned/),
		});
		expect((await read(embedded.admin, leasePath)).spec).toMatchObject({holderIdentity: 'ben@desk/another-run'});
	});
});

test('a pod that never ends is waited for and named, with since when; stopped, it is left', async () => {
	const stuck = runningPod('stuck');
	stuck.metadata.finalizers = ['example.org/never'];
	await start(stuck);
	using hands = handsOn(embedded.cluster);
	await using run = await newRun(hands, 'drain');
	const [under] = await begin(drainOf(['n1']), hands, run);
	await says(run, /1 pod terminating/);
	await says(run, /default\/stuck: terminating, and should have been gone .* ago/, 20_000);
	run.sayStop();
	expect(await under).toMatchObject({
		result: 'stopped',
		text: expect.stringContaining('1 of 1 pod is left: default/stuck (terminating)'),
	});
});

test('a node that dies meanwhile is told; its pods are named and none is deleted by force', async () => {
	await start(...podsOn('n1', 2));
	embedded.cluster.stage.silent.add('n1');
	await using spoiler = await spoilerBefore(embedded.cluster.server, embedded.cluster.ca);
	using hands = handsOn(embedded.cluster, spoiler);
	await using run = await newRun(hands, 'drain');
	const [under] = await begin(drainOf(['n1']), hands, run);
	await says(run, /2 pods terminating/);
	const conditions = [{type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown'}];
	await mergePatch(embedded.admin, '/api/v1/nodes/n1/status', {status: {conditions}});
	await says(run, /n1: its kubelet is silent, so pods on it do not end; none is deleted by force/);
	expect(spoiler.passed.filter(({method, path}) => method === 'DELETE' || path.includes('gracePeriod'))).toEqual([]);
	await embedded.admin.ask('/api/v1/nodes/n1', {method: 'DELETE'});
	await says(run, /n1 is not in the cluster any more/);
	run.sayStop();
	expect(await under).toMatchObject({
		result: 'stopped',
		text: expect.stringMatching(/^stopped: n1 is not in the cluster any more, 2 of 2 pods are left/),
	});
});

test('uncordoned by somebody else meanwhile is told, also at the end', async () => {
	await start(...podsOn('n1', 1), blocking('web', 1));
	using hands = handsOn(embedded.cluster);
	await using run = await newRun(hands, 'drain');
	const [under] = await begin(drainOf(['n1']), hands, run);
	await says(run, /budget web/);
	await mergePatch(embedded.admin, '/api/v1/nodes/n1', {spec: {unschedulable: null}});
	await says(run, /n1 was uncordoned by somebody else: new pods come to it/);
	run.sayStop();
	expect((await under)?.text).toMatch(/^stopped: n1 is not cordoned any more, 1 of 1 pod is left/);
});

test('where the journal cannot be written on, nothing is done', async () => {
	await start(...podsOn('n1', 1));
	await using spoiler = await spoilerBefore(embedded.cluster.server, embedded.cluster.ca);
	using hands = handsOn(embedded.cluster, spoiler);
	const plan = await drainAction.plan(drainOf(['n1']), hands);
	const planned = spoiler.passed.length;
	await using run = await newRun(hands, 'drain');
	await run.journal.close();
	await expect(drainAction.run(plan, drainOf(['n1']), hands, run)).rejects.toThrow(/cannot be written on/);
	expect(spoiler.passed.slice(planned)).toEqual([]);
});

describe('pods that come meanwhile', () => {
	test('between plan and cordon: the node is planned anew, and they go too', async () => {
		await start(...podsOn('n1', 1));
		using hands = handsOn(embedded.cluster);
		const plan = await drainAction.plan(drainOf(['n1']), hands);
		await embedded.admin.ask('/api/v1/namespaces/default/pods', {method: 'POST', json: podsOn('n1', 1, 'late')[0]});
		await using run = await newRun(hands, 'drain');
		expect(await drainAction.run(plan, drainOf(['n1']), hands, run)).toMatchObject({
			result: 'done',
			text: expect.stringContaining('2 pods'),
		});
		expect(await podNames()).toEqual([]);
	});

	test('between plan and cordon, and would lose something nobody has agreed to: it stops there', async () => {
		const options = {force: false};
		const owned = podsOn('n1', 1)[0] ?? runningPod('web-0');
		owned.metadata.ownerReferences = [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'rs', controller: true}];
		await start(owned);
		using hands = handsOn(embedded.cluster);
		const plan = await drainAction.plan(drainOf(['n1'], options), hands);
		await embedded.admin.ask('/api/v1/namespaces/default/pods', {method: 'POST', json: podsOn('n1', 1, 'late')[0]});
		await using run = await newRun(hands, 'drain');
		const outcome = await drainAction.run(plan, drainOf(['n1'], options), hands, run);
		expect(outcome).toMatchObject({
			result: 'stopped',
			text: expect.stringMatching(/^n1 stays cordoned: planned anew, .*default\/late-0/),
		});
		expect(await podNames()).toEqual(['late-0', 'web-0']);
	});

	test('after the cordon: they are told, and left', async () => {
		await start(...podsOn('n1', 1), blocking('web', 1));
		using hands = handsOn(embedded.cluster);
		await using run = await newRun(hands, 'drain');
		const [under] = await begin(drainOf(['n1']), hands, run);
		await says(run, /budget web/);
		await embedded.admin.ask('/api/v1/namespaces/default/pods', {method: 'POST', json: podsOn('n1', 1, 'late')[0]});
		await eventually(async () =>
			expect(run.reported.at(-1)?.lines).toContain('default/late-0: came to n1 meanwhile, and is not evicted'),
		);
		run.sayStop();
		expect((await under)?.text).toMatch(/1 pod came meanwhile: default\/late-0$/);
	});

	test('under the name of one that is gone: it is another one, and left', async () => {
		await start(...podsOn('n1', 2), blocking('web', 2));
		using hands = handsOn(embedded.cluster);
		await using run = await newRun(hands, 'drain');
		const [under] = await begin(drainOf(['n1']), hands, run);
		await says(run, /web-0.*budget web(.|\n)*web-1.*budget web/);
		await embedded.admin.ask(`${podPath('web-0')}?gracePeriodSeconds=0`, {method: 'DELETE'});
		await embedded.admin.ask('/api/v1/namespaces/default/pods', {method: 'POST', json: podsOn('n1', 1)[0]});
		await eventually(async () => expect(run.told()).toContain('default/web-0: came to n1 meanwhile'));
		await embedded.admin.ask(`${podPath('web-1')}?gracePeriodSeconds=0`, {method: 'DELETE'});
		expect(await under).toMatchObject({
			result: 'done',
			text: expect.stringMatching(/all 2 pods .*; 1 pod came meanwhile: default\/web-0$/),
		});
		expect(await podNames()).toEqual(['web-0']);
	});
});

describe('taken up again', () => {
	test('it evicts nothing twice, waits for what is on its way, and knows its own cordon', async () => {
		await start(...podsOn('n1', 2), ...podsOn('n1', 2, 'gone'), blocking('web', 2));
		embedded.cluster.stage.silent.add('n1');
		using hands = handsOn(embedded.cluster);
		const first = await newRun(hands, 'drain');
		const [under] = await begin(drainOf(['n1']), hands, first);
		await says(first, /2 pods terminating/);
		first.sayStop();
		await under;
		await first.journal.close();

		await mergePatch(embedded.admin, '/apis/policy/v1/namespaces/default/poddisruptionbudgets/web', {spec: {minAvailable: 0}});
		await using spoiler = await spoilerBefore(embedded.cluster.server, embedded.cluster.ca);
		using again = handsOn(embedded.cluster, {...spoiler, environment: hands.environment});
		const request = drainOf(['n1'], {}, first.journal.run);
		const plan = await drainAction.plan(request, again);
		await using second = await newRun(again, 'drain', first.journal.run);
		const resumed = drainAction.run(plan, request, again, second);
		await says(second, /4 pods terminating/);
		expect(
			evictions(spoiler)
				.filter(({path}) => !path.includes('dryRun'))
				.map(({path}) => path.split('/')[6]),
		).toEqual(['web-0', 'web-1']);
		embedded.cluster.stage.silent.delete('n1');
		expect(await resumed).toEqual({
			result: 'done',
			text: 'n1 is drained and stays cordoned: all 4 pods that had to go are gone',
			rollBack: ['midwatch', 'uncordon', 'n1'],
		});
	});

	test('a cordon of somebody else stays theirs, also in a drain that is ours', async () => {
		await start(...podsOn('n1', 1));
		await mergePatch(embedded.admin, '/api/v1/nodes/n1', {spec: {unschedulable: true}});
		using hands = handsOn(embedded.cluster);
		await using run = await newRun(hands, 'drain');
		const outcome = await drain(drainOf(['n1']), hands, run);
		expect(outcome.result).toBe('done');
		expect(outcome.rollBack).toBeUndefined();
	});
});

describe('several nodes', () => {
	test('go one after the other', async () => {
		await start(...podsOn('n1', 2), ...podsOn('n2', 2, 'other'));
		using hands = handsOn(embedded.cluster);
		await using run = await newRun(hands, 'drain');
		const outcome = await drain(drainOf(['n1', 'n2']), hands, run);
		expect(outcome).toMatchObject({
			result: 'done',
			text: expect.stringMatching(/^n1 is drained.*; n2 is drained and stays cordoned: all 2 pods that had to go are gone$/),
			rollBack: ['midwatch', 'uncordon', 'n1', 'n2'],
		});
		expect(run.reported.map(({short}) => short)).toContain('drain n1 (1 of 2)  2 of 2 gone');
		expect(run.reported.map(({short}) => short)).toContain('drain n2 (2 of 2)  0 of 2 gone');
	});

	test('of which two are etcd servers: what both leave is agreed to in the plan, and keeps the second from nothing', async () => {
		await start(...podsOn('n1', 1), ...podsOn('n2', 1, 'other'));
		for (const name of ['n1', 'n2']) {
			const labels = {'node-role.kubernetes.io/etcd': 'true', 'node-role.kubernetes.io/control-plane': 'true'};
			await mergePatch(embedded.admin, `/api/v1/nodes/${name}`, {metadata: {labels}});
		}
		const third = {...(await node('n2')), metadata: {name: 'n3', labels: (await node('n2')).metadata?.labels}};
		embedded.cluster.stage.store.put(third as unknown as KubeObject);
		using hands = handsOn(embedded.cluster);
		await using run = await newRun(hands, 'drain');
		const request = drainOf(['n1', 'n2']);
		const plan = await drainAction.plan(request, hands);
		expect(plan.confirm).toMatchObject({
			ask: 'name',
			name: 'n2',
			why: expect.stringMatching(/^without n2 and n1 \(drained before it\) etcd has 1 of 3 voters and needs 2/),
		});
		expect(await drainAction.run(plan, request, hands, run)).toMatchObject({
			result: 'done',
			text: expect.stringMatching(/^n1 is drained.*; n2 is drained/),
		});
	});

	test('end with the first that does not get empty; the others are left', async () => {
		await start(...podsOn('n1', 1), ...podsOn('n2', 1, 'other'), blocking('web', 1));
		using hands = handsOn(embedded.cluster);
		await using run = await newRun(hands, 'drain');
		const [under] = await begin(drainOf(['n1', 'n2']), hands, run);
		await says(run, /budget web/);
		run.sayStop();
		expect(await under).toMatchObject({
			result: 'stopped',
			text: expect.stringMatching(/^stopped: n1 stays cordoned.*; not begun: n2$/),
		});
		expect((await node('n2')).spec?.unschedulable).toBeUndefined();
	});
});

test('names made to mislead are never acted on, and never reach a terminal raw', async () => {
	const hostile = runningPod('web\u001b[2J; reboot');
	await start(...podsOn('n1', 1), hostile);
	await using spoiler = await spoilerBefore(embedded.cluster.server, embedded.cluster.ca);
	using hands = handsOn(embedded.cluster, spoiler);
	const plan = await drainAction.plan(drainOf(['n1']), hands);
	await using run = await newRun(hands, 'drain');
	await drainAction.run(plan, drainOf(['n1']), hands, run);
	expect(evictions(spoiler).filter(({path}) => !path.includes('web-0'))).toEqual([]);
	expect(run.told()).not.toContain('\u001b');
});
