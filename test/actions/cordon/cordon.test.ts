import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {cordonAction} from '../../../source/actions/cordon/cordon.ts';
import {takeLock} from '../../../source/actions/lock.ts';
import type {KubeObject} from '../../../source/demo/model.ts';
import {cordonMark} from '../../../source/nodes/cordon-mark.ts';
import type {RawName} from '../../../source/vocabulary.ts';
import {mergePatch, read, textOf} from '../../conformance/subject.ts';
import {type Running, running} from '../../demo/running.ts';
import {handsOn} from '../hands.ts';
import {newRun} from '../running.ts';

let embedded: Running;
beforeEach(async () => {
	embedded = await running();
});
afterEach(() => embedded.stop());

const nodePath = (name: string) => `/api/v1/nodes/${name}`;
const node = (name = 'n1') => read(embedded.admin, nodePath(name));
const byKubectl = (unschedulable: boolean | null, name = 'n1') =>
	mergePatch(embedded.admin, nodePath(name), {spec: {unschedulable}});
const cordon = (...nodes: string[]) => ({is: 'cordon' as const, nodes});
const uncordon = (...nodes: string[]) => ({is: 'uncordon' as const, nodes});

test('a node is cordoned, and carries who did it, when and in which run', async () => {
	using hands = handsOn(embedded.cluster);
	const plan = await cordonAction.plan(cordon('n1'), hands);
	expect(plan).toMatchObject({
		title: 'cordon n1',
		command: ['midwatch', 'cordon', 'n1'],
		likewise: ['kubectl', 'cordon', 'n1'],
		concerns: [],
		confirm: {ask: 'yes'},
		deeds: [{verb: 'patch', resource: 'nodes', name: 'n1'}],
	});
	expect((await node()).spec?.unschedulable).toBeUndefined();

	await using run = await newRun(hands, 'cordon');
	const outcome = await cordonAction.run(plan, cordon('n1'), hands, run);
	expect(outcome).toEqual({result: 'done', text: 'n1 cordoned', rollBack: ['midwatch', 'uncordon', 'n1']});
	const {spec, metadata} = await node();
	expect(spec?.unschedulable).toBe(true);
	const mark: unknown = JSON.parse(textOf(metadata?.annotations?.[cordonMark]));
	expect(mark).toMatchObject({by: 'anna@bridge', run: run.journal.run});
	expect(await run.written()).toMatchObject([
		{is: 'intent', step: 'cordon n1'},
		{is: 'outcome', step: 'cordon n1', result: 'done'},
	]);
});

test('an Event on the node says who did it', async () => {
	using hands = handsOn(embedded.cluster);
	await using run = await newRun(hands, 'cordon');
	await cordonAction.run(await cordonAction.plan(cordon('n1'), hands), cordon('n1'), hands, run);
	const {items} = await read(embedded.admin, '/api/v1/namespaces/default/events');
	expect(items).toMatchObject([
		{
			involvedObject: {kind: 'Node', name: 'n1'},
			reason: 'Cordoned',
			reportingComponent: 'midwatch',
			message: `cordoned by anna@bridge with midwatch, run ${run.journal.run}`,
		},
	]);
});

test('who may write no Event cordons nevertheless', async () => {
	const token = embedded.cluster.addUser('few', [{apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'patch']}]);
	using hands = handsOn(embedded.cluster, {token});
	await using run = await newRun(hands, 'cordon');
	const outcome = await cordonAction.run(await cordonAction.plan(cordon('n1'), hands), cordon('n1'), hands, run);
	expect(outcome.result).toBe('done');
	expect((await node()).spec?.unschedulable).toBe(true);
});

test('a node that is cordoned already is left, and who did it is said', async () => {
	using hands = handsOn(embedded.cluster);
	await byKubectl(true);
	const plan = await cordonAction.plan(cordon('n1'), hands);
	expect(plan.done).toMatch(/^n1 is cordoned already, by midwatch-conformance, .* ago$/);
	expect(plan.steps).toEqual([]);
});

test('several nodes: those that are not cordoned yet', async () => {
	using hands = handsOn(embedded.cluster);
	await byKubectl(true);
	const plan = await cordonAction.plan(cordon('n1', 'n2', 'n2'), hands);
	expect(plan.steps).toHaveLength(1);
	await using run = await newRun(hands, 'cordon');
	const outcome = await cordonAction.run(plan, cordon('n1', 'n2'), hands, run);
	expect(outcome).toMatchObject({result: 'done', text: 'n2 cordoned', rollBack: ['midwatch', 'uncordon', 'n2']});
});

test('uncordon takes the mark off with the cordon', async () => {
	using hands = handsOn(embedded.cluster);
	await using first = await newRun(hands, 'cordon');
	await cordonAction.run(await cordonAction.plan(cordon('n1'), hands), cordon('n1'), hands, first);
	const plan = await cordonAction.plan(uncordon('n1'), hands);
	expect(plan.confirm).toEqual({ask: 'yes'});
	expect(plan.concerns).toMatchObject([{weight: 'tells', text: 'n1 was cordoned by anna@bridge with midwatch, <10s ago'}]);
	await using second = await newRun(hands, 'uncordon');
	const outcome = await cordonAction.run(plan, uncordon('n1'), hands, second);
	expect(outcome).toMatchObject({result: 'done', text: 'n1 uncordoned'});
	const {spec, metadata} = await node();
	expect(spec?.unschedulable).toBeUndefined();
	expect(metadata?.annotations?.[cordonMark]).toBeUndefined();
});

test('a mark of ours that outlived another one’s uncordon is not believed', async () => {
	using hands = handsOn(embedded.cluster);
	await using run = await newRun(hands, 'cordon');
	await cordonAction.run(await cordonAction.plan(cordon('n1'), hands), cordon('n1'), hands, run);
	await byKubectl(null);
	await byKubectl(true);
	const plan = await cordonAction.plan(uncordon('n1'), hands);
	expect(plan.concerns).toMatchObject([{text: expect.stringMatching(/^n1 was cordoned by midwatch-conformance/)}]);
});

describe('uncordon over the cordon of an upgrade', () => {
	test('of Talos wants the name typed', async () => {
		using hands = handsOn(embedded.cluster);
		const metadata = {annotations: {'talos.dev/cordoned': 'true'}};
		await mergePatch(embedded.admin, nodePath('n1'), {metadata, spec: {unschedulable: true}});
		const plan = await cordonAction.plan(uncordon('n1'), hands);
		expect(plan.concerns).toMatchObject([{check: 'talos', weight: 'overrides', text: expect.stringContaining('by Talos')}]);
		expect(plan.confirm).toMatchObject({ask: 'name', name: 'n1'});
	});

	test('of an upgrade plan wants the name typed, and says which plan', async () => {
		await embedded.stop();
		const crd = {group: 'upgrade.cattle.io', versions: ['v1'], plural: 'plans', kind: 'Plan', namespaced: true, custom: true};
		const upgrade: KubeObject = {
			apiVersion: 'upgrade.cattle.io/v1',
			kind: 'Plan',
			metadata: {name: 'server-plan', namespace: 'default'},
			status: {latestVersion: 'v1.37.0', applying: ['n1']},
		};
		embedded = await running([upgrade], {resources: [crd]});
		using hands = handsOn(embedded.cluster);
		await byKubectl(true);
		const plan = await cordonAction.plan(uncordon('n1'), hands);
		expect(plan.concerns).toMatchObject([
			{check: 'upgrade', weight: 'overrides', text: expect.stringMatching(/plan default\/server-plan.* upgraded to v1\.37\.0/)},
		]);
		expect(plan.confirm).toMatchObject({ask: 'name', name: 'n1'});
	});

	test('plans that may not be read are said to be unread', async () => {
		await embedded.stop();
		const crd = {group: 'upgrade.cattle.io', versions: ['v1'], plural: 'plans', kind: 'Plan', namespaced: true, custom: true};
		embedded = await running([], {resources: [crd]});
		await byKubectl(true);
		const token = embedded.cluster.addUser('few', [{apiGroups: [''], resources: ['nodes'], verbs: ['get', 'patch']}]);
		using hands = handsOn(embedded.cluster, {token});
		const plan = await cordonAction.plan(uncordon('n1'), hands);
		expect(plan.concerns).toMatchObject([{weight: 'unknown', text: expect.stringContaining('list plans.upgrade.cattle.io')}, {}]);
	});
});

test('uncordon of a node that is being drained wants the name typed, and says who drains', async () => {
	using anna = handsOn(embedded.cluster);
	using ben = handsOn(embedded.cluster, {by: 'ben@desk'});
	const locking = await takeLock(anna, 'run-a', ['n1' as RawName]);
	await byKubectl(true);
	await byKubectl(true, 'n2');
	const plan = await cordonAction.plan(uncordon('n1', 'n2'), ben);
	expect(plan.concerns).toMatchObject([
		{
			check: 'draining',
			weight: 'overrides',
			about: {name: 'n1'},
			text: expect.stringContaining('anna@bridge drains with midwatch'),
		},
		{weight: 'tells', about: {name: 'n2'}},
	]);
	expect(plan.confirm).toMatchObject({ask: 'name', name: 'n1'});
	if (locking.is === 'held') await locking.lock.release();
	expect((await cordonAction.plan(uncordon('n1'), ben)).confirm).toEqual({ask: 'yes'});
});

describe('bad input is one sentence', () => {
	test.each([
		['n11', 'there is no node n11: did you mean n1?'],
		['somewhere-else', 'there is no node somewhere-else: midwatch snapshot nodes lists them'],
		['--all', '"--all" cannot be the name of a node: midwatch snapshot nodes lists them'],
		['n1;reboot\u001b[2J', '"n1;reboot" cannot be the name of a node: midwatch snapshot nodes lists them'],
		['../../pods', '"../../pods" cannot be the name of a node: midwatch snapshot nodes lists them'],
	])('%j', async (typed, sentence) => {
		using hands = handsOn(embedded.cluster);
		await expect(cordonAction.plan(cordon(typed), hands)).rejects.toMatchObject({sentence});
	});
});

test('a node that was made anew under the same name since is not touched', async () => {
	using hands = handsOn(embedded.cluster);
	const plan = await cordonAction.plan(cordon('n1'), hands);
	await embedded.admin.ask(nodePath('n1'), {method: 'DELETE'});
	await embedded.admin.ask('/api/v1/nodes', {method: 'POST', json: {metadata: {name: 'n1'}}});
	await using run = await newRun(hands, 'cordon');
	const outcome = await cordonAction.run(plan, cordon('n1'), hands, run);
	expect(outcome).toMatchObject({result: 'failed', text: 'n1 is not the node any more that was looked at'});
	expect((await node()).spec?.unschedulable).toBeUndefined();
});

test('cordoned by somebody else in between: that is said, and their cordon stays theirs', async () => {
	using hands = handsOn(embedded.cluster);
	const plan = await cordonAction.plan(cordon('n1'), hands);
	await byKubectl(true);
	await using run = await newRun(hands, 'cordon');
	const outcome = await cordonAction.run(plan, cordon('n1'), hands, run);
	expect(outcome).toEqual({result: 'done', text: 'n1 was cordoned already'});
	expect((await node()).metadata?.annotations?.[cordonMark]).toBeUndefined();
});

test('a permission that is missing fails, by the server’s word', async () => {
	const token = embedded.cluster.addUser('few', [{apiGroups: [''], resources: ['nodes'], verbs: ['get']}]);
	using hands = handsOn(embedded.cluster, {token});
	await using run = await newRun(hands, 'cordon');
	const outcome = await cordonAction.run(await cordonAction.plan(cordon('n1'), hands), cordon('n1'), hands, run);
	expect(outcome).toMatchObject({
		result: 'failed',
		text: expect.stringMatching(/^n1 could not be cordoned: 403: .*cannot patch/),
	});
	expect(outcome.rollBack).toBeUndefined();
});
