import {expect, test} from 'vitest';
import type {BudgetRecord} from '../../../source/actions/drain/budget.ts';
import {comesBack, fatesOf, sieve} from '../../../source/actions/drain/fates.ts';
import type {Judgement} from '../../../source/actions/drain/judge.ts';
import {type Owner, ownerOf} from '../../../source/actions/drain/owner.ts';
import type {DrainPod} from '../../../source/actions/drain/pod.ts';
import {type DrainOptions, usualDrain} from '../../../source/actions/request.ts';
import type {Raw} from '../../../source/cluster/raw.ts';
import {own} from '../../../source/vocabulary.ts';
import {ago, now, seconds} from '../../nodes/objects.ts';
import {budget, type PodFields, pod} from './objects.ts';

const web = (at: number, fields: PodFields = {}): DrainPod => pod(`default/web-${at}`, {labels: {app: 'web'}, ...fields});

function fates(
	pods: readonly DrainPod[],
	{
		budgets = [],
		options = {},
		judged = [],
	}: {
		budgets?: readonly BudgetRecord[];
		options?: Partial<DrainOptions>;
		judged?: ReadonlyArray<readonly [string, Judgement]>;
	} = {},
) {
	const sieved = sieve(pods, {...usualDrain, ...options}, {daemonSets: new Map(), budgets, now});
	const nexts = new Map(pods.map(({uid}) => [uid, {is: 'fits'} as const]));
	return fatesOf(sieved, {nexts, judgements: new Map(judged)});
}

test('a budget that allows all that want it is contested by none', () => {
	expect(fates([web(0), web(1)], {budgets: [budget('web', 2)]})).toMatchObject([{is: 'leaves'}, {is: 'leaves'}]);
	expect(fates([web(0), web(1)], {budgets: [budget('web', 2)]})[0]).not.toHaveProperty('contested');
});

test('of a budget that allows fewer it is told how many, and nobody which', () => {
	const contested = {budget: 'web', allowed: 2, wanting: 3};
	expect(fates([web(0), web(1), web(2), pod('default/api')], {budgets: [budget('web', 2)]})).toMatchObject([
		{is: 'leaves', contested},
		{is: 'leaves', contested},
		{is: 'leaves', contested},
		{is: 'leaves'},
	]);
});

test('what needs no budget takes none from the others, nor does what is refused', () => {
	const budgets = [budget('web', 1)];
	const pods = [web(0), web(1, {ready: false}), web(2, {controller: ''}), web(3, {status: {phase: 'Succeeded'}})];
	const [first] = fates(pods, {budgets});
	expect(first).not.toHaveProperty('contested');
});

test('deleting instead of evicting goes past every budget', () => {
	expect(fates([web(0)], {budgets: [budget('web', 0)]})).toMatchObject([{is: 'blocked', budgets: ['web']}]);
	expect(fates([web(0)], {budgets: [budget('web', 0)], options: {disableEviction: true}})).toMatchObject([{is: 'leaves'}]);
});

test('where the API server has judged, it is believed', () => {
	const goes = fates([web(0)], {budgets: [budget('web', 0)], judged: [[web(0).uid, {is: 'goes'}]]});
	expect(goes).toMatchObject([{is: 'leaves'}]);
	const blocked = fates([web(0)], {judged: [[web(0).uid, {is: 'blocked', why: own('The disruption budget web needs 2')}]]});
	expect(blocked).toMatchObject([{is: 'blocked', budgets: [], why: 'The disruption budget web needs 2'}]);
});

/** Where a pod comes back; undefined where it has to find a place. */
function back(fields: PodFields, owner: Owner | undefined, options: Partial<DrainOptions> = {}) {
	const [sieved] = sieve(
		[web(0, fields)],
		{...usualDrain, ...options},
		{daemonSets: new Map([['default/agent', 'there']]), budgets: [], now},
	);
	return sieved && comesBack(sieved, new Map(owner === undefined ? [] : [['uid-web-0-set', owner]]))?.is;
}

const owned = (spec: object, kind = 'ReplicaSet', status = {}): Owner =>
	ownerOf({metadata: {namespace: 'default', name: 'web'}, spec, status} as unknown as Raw, kind);

test('what a controller wants has to find a place', () => {
	expect(back({}, owned({replicas: 1}))).toBeUndefined();
	expect(back({}, undefined)).toBeUndefined();
	expect(back({}, {is: 'unread', why: own('403: forbidden')})).toBeUndefined();
});

test('what nobody makes again is gone', () => {
	expect(back({controller: ''}, undefined, {force: true})).toBe('gone');
	expect(back({}, {is: 'gone'})).toBe('gone');
	expect(back({}, owned({replicas: 0}))).toBe('gone');
	expect(back({status: {phase: 'Failed'}}, owned({replicas: 1}))).toBe('gone');
	expect(back({metadata: {deletionTimestamp: ago(5 * seconds)}}, owned({replicas: 1}))).toBe('gone');
});

test('a StatefulSet makes again also what is finished or on its way out', () => {
	const controller = 'apps/v1 StatefulSet web-0-set';
	expect(back({controller, status: {phase: 'Failed'}}, owned({replicas: 1}, 'StatefulSet'))).toBeUndefined();
});

test('a Job makes again what is evicted, until it has failed too often, is over or suspended', () => {
	const job = (spec: object, status = {}) => back({}, owned(spec, 'Job', status));
	expect(job({})).toBeUndefined();
	expect(job({backoffLimit: 0})).toBe('gone');
	expect(job({backoffLimit: 1})).toBeUndefined();
	expect(job({backoffLimit: 1}, {failed: 1})).toBe('gone');
	const rules = [{action: 'Ignore', onPodConditions: [{type: 'DisruptionTarget'}]}];
	expect(job({backoffLimit: 0, podFailurePolicy: {rules}})).toBeUndefined();
	expect(job({suspend: true})).toBe('gone');
	expect(job({}, {conditions: [{type: 'Complete', status: 'True'}]})).toBe('gone');
	expect(job({}, {conditions: [{type: 'Complete', status: 'False'}]})).toBeUndefined();
});

test('what stays is not made again, and what no usual scheduler places is not foretold', () => {
	expect(back({controller: 'apps/v1 DaemonSet agent'}, undefined)).toBe('stays');
	expect(back({spec: {schedulerName: 'other'}}, undefined)).toBe('untold');
	expect(back({spec: {schedulerName: 'default-scheduler'}}, undefined)).toBeUndefined();
	expect(back({}, owned({replicas: 1, template: {spec: {nodeName: 'nuc-1'}}}))).toBe('untold');
});
