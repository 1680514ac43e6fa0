import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type Running as RunningWith, Unplanned} from '../../source/actions/action.ts';
import type {AskedAction} from '../../source/actions/actions.ts';
import type {Hands} from '../../source/actions/hands.ts';
import {openUndertaking} from '../../source/actions/open-undertaking.ts';
import type {Plan} from '../../source/actions/plan.ts';
import type {Stage, Undertaking} from '../../source/actions/undertaking.ts';
import {changesAllowed} from '../../source/files/allowed.ts';
import {listRuns} from '../../source/journal/runs.ts';
import {defaults} from '../../source/settings.ts';
import {own, type RawName} from '../../source/vocabulary.ts';
import {type Running, running} from '../demo/running.ts';
import {handsOn} from './hands.ts';
import {concern, plan} from './plans.ts';

let embedded: Running;
beforeAll(async () => {
	embedded = await running();
});
afterAll(() => embedded.stop());

const request = {is: 'cordon', nodes: ['n1']} as const;

/** An action whose plan is as the test has it, which asks to patch a node, and which does nothing until it is told to. */
function acting(more: Partial<AskedAction> & {plans?: () => Partial<Plan>} = {}) {
	const begun = Promise.withResolvers<RunningWith>();
	const doing = Promise.withResolvers<void>();
	const {plans = () => ({}), ...parts} = more;
	const deeds = [{verb: 'patch', group: '', resource: 'nodes', name: 'n1'}];
	const action: AskedAction = {
		plan: async () => plan({deeds, ...plans()}),
		run: async (_, __, with_) => {
			begun.resolve(with_);
			await doing.promise;
			return {result: 'done', text: own('n1 cordoned'), rollBack: ['midwatch', 'uncordon', 'n1']};
		},
		...parts,
	};
	return {actionFor: () => action, begun: begun.promise, finish: () => doing.resolve()};
}

function until(undertaking: Undertaking, is: Stage['is']): Promise<Stage> {
	return new Promise(resolve => {
		const look = () => {
			if (undertaking.stage().is !== is) return;
			stop();
			resolve(undertaking.stage());
		};
		const stop = undertaking.subscribe(look);
		look();
	});
}

const runs = async ({environment}: Hands) => (await listRuns(environment)).runs;
const demo = {demo: true} as const;

test('planned, confirmed, permitted, written down, run', async () => {
	using hands = handsOn(embedded.cluster, demo);
	const {actionFor, begun, finish} = acting();
	const undertaking = openUndertaking(request, hands, actionFor);
	expect(undertaking.stage()).toEqual({is: 'planning', title: 'cordon n1'});
	expect(await until(undertaking, 'planned')).toMatchObject({changed: []});
	expect(await runs(hands)).toEqual([]);
	expect(undertaking.confirm({})).toBeUndefined();
	const {journal, report} = await begun;
	const progress = {short: own('1 of 1'), done: 1, total: 1, waiting: [], lines: [own('n1 cordoned')]};
	report(progress);
	expect(undertaking.stage()).toMatchObject({is: 'running', run: journal.run, progress, stopping: false});
	finish();
	const outcome = {result: 'done', text: 'n1 cordoned', rollBack: ['midwatch', 'uncordon', 'n1']};
	expect(await undertaking.ended).toMatchObject({is: 'ended', run: journal.run, outcome});
	expect(await runs(hands)).toMatchObject([
		{
			run: journal.run,
			state: 'done',
			entries: [
				{is: 'began', what: 'cordon', title: 'cordon n1', command: ['midwatch', 'cordon', 'n1'], by: 'anna@bridge'},
				{is: 'ended', result: 'done', text: 'n1 cordoned'},
			],
		},
	]);
});

test('commands that are told reach this cluster, wherever they are run', async () => {
	using hands = handsOn(embedded.cluster, {...demo, flags: ['--context', 'test']});
	const {actionFor, finish} = acting({
		plans: () => ({command: ['midwatch', 'cordon', '--', '--flags'], likewise: ['velero', 'x']}),
	});
	const undertaking = openUndertaking(request, hands, actionFor);
	expect(await until(undertaking, 'planned')).toMatchObject({
		plan: {
			command: ['midwatch', 'cordon', '--context', 'test', '--', '--flags'],
			likewise: ['velero', 'x', '--kubecontext', 'test'],
		},
	});
	finish();
	undertaking.confirm({});
	expect(await undertaking.ended).toMatchObject({outcome: {rollBack: ['midwatch', 'uncordon', 'n1', '--context', 'test']}});
});

describe('refused before anything is asked', () => {
	test('by a guard, without a plan', async () => {
		const guards = {...defaults.guards, deny: ['cordon']};
		using hands = handsOn(embedded.cluster, {...demo, settings: {...defaults, guards}});
		const {actionFor} = acting({plan: () => Promise.reject(new Error('it was planned'))});
		expect(await openUndertaking(request, hands, actionFor).ended).toMatchObject({
			by: 'guard',
			why: 'cordon is refused by guards.deny of context test in the configuration, which names it',
		});
	});

	test('by a mistake in the request, and by a server that fails', async () => {
		using hands = handsOn(embedded.cluster, demo);
		const unknown = acting({plan: () => Promise.reject(new Unplanned(own('there is no node n1')))});
		expect(await openUndertaking(request, hands, unknown.actionFor).ended).toMatchObject({
			by: 'request',
			why: 'there is no node n1',
		});
		using gone = handsOn(embedded.cluster, {...demo, server: 'https://127.0.0.1:1'});
		const asking = acting({plan: async ({reader}) => plan({done: own(JSON.stringify(await reader().get('/version')))})});
		expect(await openUndertaking(request, gone, asking.actionFor).ended).toMatchObject({
			by: 'failure',
			why: expect.stringContaining('127.0.0.1:1'),
		});
	});
});

describe('changes were never allowed', () => {
	test('so that is asked once per cluster, whatever its context is called', async () => {
		using hands = handsOn(embedded.cluster);
		const first = acting();
		const undertaking = openUndertaking(request, hands, first.actionFor);
		expect(await until(undertaking, 'planned')).toMatchObject({allow: expect.stringContaining('never allowed on test')});
		expect(undertaking.confirm({})).toContain('never allowed');
		expect(await changesAllowed(hands.environment, hands.place)).toBe(false);
		expect(undertaking.confirm({allow: true})).toBeUndefined();
		first.finish();
		await undertaking.ended;
		const renamed = {...hands, context: 'other' as RawName, place: {...hands.place, context: 'other'}};
		const second = openUndertaking(request, renamed, acting().actionFor);
		expect(await until(second, 'planned')).not.toHaveProperty('allow');
		second.stop();
	});

	test('nothing is begun where that cannot be kept', async () => {
		using hands = handsOn(embedded.cluster);
		const {actionFor} = acting();
		const undertaking = openUndertaking(request, hands, actionFor);
		await until(undertaking, 'planned');
		const state = hands.environment.XDG_STATE_HOME ?? '';
		await mkdir(join(state, 'midwatch'), {recursive: true});
		await writeFile(join(state, 'midwatch', 'allowed'), 'no folder');
		undertaking.confirm({allow: true});
		expect(await undertaking.ended).toMatchObject({by: 'failure', why: expect.stringContaining('could not be kept')});
		expect(await runs(hands)).toEqual([]);
	});
});

describe('between the yes and the first change', () => {
	test('what became different is shown, and asked again', async () => {
		using hands = handsOn(embedded.cluster, demo);
		let concerns = [concern('tells', 'all is well')];
		const {actionFor, begun, finish} = acting({plans: () => ({concerns})});
		const undertaking = openUndertaking(request, hands, actionFor);
		await until(undertaking, 'planned');
		concerns = [concern('blocks', 'budget web allows none')];
		undertaking.confirm({});
		await until(undertaking, 'starting');
		expect(await until(undertaking, 'planned')).toMatchObject({changed: ['new: budget web allows none'], plan: {concerns}});
		expect(await runs(hands)).toEqual([]);
		undertaking.confirm({});
		await begun;
		finish();
		expect(await undertaking.ended).toMatchObject({is: 'ended'});
	});

	test('a guard that was written meanwhile holds', async () => {
		let guards = defaults.guards;
		using hands = handsOn(embedded.cluster, {...demo, declared: async () => ({settings: {...defaults, guards}})});
		const undertaking = openUndertaking(request, hands, acting().actionFor);
		await until(undertaking, 'planned');
		guards = {...guards, readOnly: true};
		undertaking.confirm({});
		expect(await undertaking.ended).toMatchObject({by: 'guard', why: expect.stringContaining('guards.readOnly of context test')});
		expect(await runs(hands)).toEqual([]);
	});

	test('what is not permitted is refused with the role that would do, and nothing is written down', async () => {
		using hands = handsOn(embedded.cluster, {...demo, token: embedded.cluster.addUser('reader', [])});
		const undertaking = openUndertaking(request, hands, acting().actionFor);
		await until(undertaking, 'planned');
		undertaking.confirm({});
		expect(await undertaking.ended).toMatchObject({
			by: 'permission',
			why: expect.stringMatching(/^not permitted: patch nodes n1/),
		});
		expect(await runs(hands)).toEqual([]);
	});

	test('a permission that came meanwhile counts: it is asked right before', async () => {
		const token = embedded.cluster.addUser('late', []);
		using hands = handsOn(embedded.cluster, {...demo, token});
		const {actionFor, begun, finish} = acting();
		const undertaking = openUndertaking(request, hands, actionFor);
		await until(undertaking, 'planned');
		embedded.cluster.addUser('late', [{apiGroups: [''], resources: ['nodes'], verbs: ['patch']}]);
		undertaking.confirm({});
		await begun;
		finish();
		expect(await undertaking.ended).toMatchObject({is: 'ended'});
	});

	test('a journal that has no place refuses it', async () => {
		using hands = handsOn(embedded.cluster, demo);
		const undertaking = openUndertaking(request, hands, acting().actionFor);
		await until(undertaking, 'planned');
		const state = hands.environment.XDG_STATE_HOME ?? '';
		await mkdir(state, {recursive: true});
		await writeFile(join(state, 'midwatch'), 'no folder');
		undertaking.confirm({});
		expect(await undertaking.ended).toMatchObject({by: 'failure', why: expect.stringContaining('could not be written down')});
	});
});

describe('stop', () => {
	test('before it runs gives it up', async () => {
		using hands = handsOn(embedded.cluster, demo);
		const undertaking = openUndertaking(request, hands, acting().actionFor);
		undertaking.stop();
		expect(await undertaking.ended).toMatchObject({is: 'refused', by: 'person'});
		expect(undertaking.confirm({})).toBe('There is nothing to say yes to at the moment.');
	});

	test('while it runs aborts its signal, and waits for its last word', async () => {
		using hands = handsOn(embedded.cluster, demo);
		const {actionFor, begun, finish} = acting({
			run: async (_, __, {stop}) => {
				await new Promise(resolve => stop.addEventListener('abort', resolve));
				return {result: 'stopped', text: own('n1 stays as it is'), resume: ['midwatch', 'drain', '--resume', 'r']};
			},
		});
		void begun;
		finish();
		const undertaking = openUndertaking(request, hands, actionFor);
		await until(undertaking, 'planned');
		undertaking.confirm({});
		await until(undertaking, 'running');
		undertaking.stop();
		expect(undertaking.stage()).toMatchObject({is: 'running', stopping: true});
		expect(await undertaking.ended).toMatchObject({outcome: {result: 'stopped', resume: ['midwatch', 'drain', '--resume', 'r']}});
		expect(await runs(hands)).toMatchObject([{state: 'stopped'}]);
	});
});

test('an action that breaks off is told as failed, and its journal is closed', async () => {
	using hands = handsOn(embedded.cluster, demo);
	const {actionFor} = acting({run: () => Promise.reject(new Error('disk on fire'))});
	const undertaking = openUndertaking(request, hands, actionFor);
	await until(undertaking, 'planned');
	undertaking.confirm({});
	expect(await undertaking.ended).toMatchObject({outcome: {result: 'failed', text: expect.stringContaining('disk on fire')}});
	expect(await runs(hands)).toMatchObject([{state: 'failed'}]);
});

test('one thing at a time on a cluster; another one may be looked at meanwhile', async () => {
	using hands = handsOn(embedded.cluster, demo);
	const [first, second] = [acting(), acting()];
	const one = openUndertaking(request, hands, first.actionFor);
	await until(one, 'planned');
	one.confirm({});
	await first.begun;
	const other = openUndertaking({is: 'uncordon', nodes: ['n2']}, hands, second.actionFor);
	await until(other, 'planned');
	expect(other.confirm({})).toBe('cordon n1 is under way on this cluster: wait for its end, or stop it.');
	first.finish();
	await one.ended;
	expect(other.confirm({})).toBeUndefined();
	second.finish();
	expect(await other.ended).toMatchObject({is: 'ended'});
});

test('a run that is taken up again goes on in its own journal', async () => {
	using hands = handsOn(embedded.cluster, demo);
	const stops = acting({run: async () => ({result: 'stopped', text: own('left')})});
	const drain = {
		is: 'drain',
		nodes: ['n1'],
		options: {force: false, deleteEmptyDirData: false, ignoreDaemonSets: true, disableEviction: false},
	} as const;
	const first = openUndertaking(drain, hands, stops.actionFor);
	await until(first, 'planned');
	first.confirm({});
	const ended = await first.ended;
	const run = ended.is === 'ended' ? ended.run : '';
	const goesOn = acting();
	goesOn.finish();
	const again = openUndertaking({...drain, resumes: run}, hands, goesOn.actionFor);
	await until(again, 'planned');
	again.confirm({});
	expect(await again.ended).toMatchObject({is: 'ended', run});
	expect(await runs(hands)).toMatchObject([
		{run, entries: [{is: 'began'}, {is: 'ended', result: 'stopped'}, {is: 'resumed'}, {is: 'ended', result: 'done'}]},
	]);
});
