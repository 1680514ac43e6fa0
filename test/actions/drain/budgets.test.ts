import {expect, test} from 'vitest';
import type {BudgetRecord} from '../../../source/actions/drain/budget.ts';
import {budgeted} from '../../../source/actions/drain/budgets.ts';
import {ago, seconds} from '../../nodes/objects.ts';
import {budget, type PodFields, pod} from './objects.ts';

/** `free`, `takes NAME`, `blocked by NAMES: …`. */
function said(budgets: readonly BudgetRecord[], fields: PodFields = {}): string {
	const of = budgeted(pod('default/web-0', {labels: {app: 'web'}, ...fields}), budgets);
	if (of.is === 'free') return 'free';
	return of.is === 'takes' ? `takes ${of.budget.name}` : `blocked by ${of.budgets.map(({name}) => name).join(', ')}: ${of.why}`;
}

const none = budget('web', 0);

test('without a budget over it a pod is free, with one it takes of what it allows', () => {
	expect(said([])).toBe('free');
	expect(said([budget('web', 1)])).toBe('takes web');
	expect(said([none])).toBe('blocked by web: budget web allows none: it needs 2 healthy and has 2');
});

test('a budget is over pods of its own namespace that its selector selects; an empty one over all, a missing one over none', () => {
	expect(said([budget('web', 0, {metadata: {namespace: 'other'}})])).toBe('free');
	expect(said([none], {labels: {app: 'api'}})).toBe('free');
	expect(said([budget('all', 0, {spec: {selector: {}}})], {labels: {}})).toMatch(/^blocked by all/);
	expect(said([budget('none', 0, {spec: {selector: null}})])).toBe('free');
	const expressions = [{key: 'app', operator: 'NotIn', values: ['api']}];
	expect(said([budget('others', 0, {spec: {selector: {matchExpressions: expressions}}})])).toMatch(/^blocked by others/);
});

test('under two budgets it can never be evicted, however much they allow', () => {
	const two = [budget('web', 5), budget('front', 5)];
	expect(said(two)).toBe('blocked by web, front: is under 2 budgets (web, front)');
	expect(said([budget('web', 5), budget('api', 5, {spec: {selector: {matchLabels: {app: 'api'}}}})])).toBe('takes web');
});

test('what is finished, pending or being deleted needs no budget', () => {
	expect(said([none, budget('front', 0)], {status: {phase: 'Failed'}})).toBe('free');
	expect(said([none], {status: {phase: 'Succeeded'}})).toBe('free');
	expect(said([none], {status: {phase: 'Pending'}})).toBe('free');
	expect(said([none], {metadata: {deletionTimestamp: ago(5 * seconds)}})).toBe('free');
	expect(said([none], {status: {phase: 'Unknown'}})).toMatch(/^blocked/);
});

test('an unready pod is free while its budget has what it needs, or always where the policy says so', () => {
	const unready = {ready: false};
	expect(said([none], unready)).toBe('free');
	const short = {currentHealthy: 1, desiredHealthy: 2};
	expect(said([budget('web', 0, {status: short})], unready)).toBe(
		'blocked by web: budget web allows none: it needs 2 healthy and has 1',
	);
	expect(said([budget('web', 0, {status: {currentHealthy: 0, desiredHealthy: 0}})], unready)).toMatch(/^blocked/);
	const always = {unhealthyPodEvictionPolicy: 'AlwaysAllow'};
	expect(said([budget('web', 0, {status: short, spec: {selector: {}, ...always}})], unready)).toBe('free');
	expect(said([budget('web', 0, {status: short, spec: {selector: {}, ...always}})])).toMatch(/^blocked/);
});

test('a budget that has not been counted, or counts less than none, allows nobody', () => {
	expect(said([budget('web', 3, {metadata: {generation: 2}})])).toBe(
		'blocked by web: budget web has just been changed and is not counted yet',
	);
	expect(said([budget('web', -1)])).toBe('blocked by web: budget web allows fewer than none');
	const disruptedPods = Object.fromEntries(Array.from({length: 2001}, (_, at) => [`pod-${at}`, ago(0)]));
	expect(said([budget('web', 3, {status: {disruptedPods}})])).toMatch(/waits for too many evictions/);
	const conditions = [{type: 'DisruptionAllowed', status: 'False', reason: 'SyncFailed', message: 'found no controllers'}];
	expect(said([budget('web', 0, {status: {conditions}})])).toBe(
		'blocked by web: budget web cannot count its pods: found no controllers',
	);
	expect(said([budget('web', 0, {status: {currentHealthy: 3, desiredHealthy: 2}})])).toBe(
		'blocked by web: budget web allows none now',
	);
});
