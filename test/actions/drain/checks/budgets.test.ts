import {expect, test} from 'vitest';
import {budgets} from '../../../../source/actions/drain/checks/budgets.ts';
import type {Fate, Next} from '../../../../source/actions/drain/sight.ts';
import {own, type RawName} from '../../../../source/vocabulary.ts';
import {node} from '../../../nodes/objects.ts';
import {drained, pod, sight, told} from './sight.ts';

const nodes = [node(drained)];
const web = 'web' as RawName;

test('a budget that keeps a pod is told with its counts, and is what it is about', () => {
	const why = own('budget web allows none: it needs 2 healthy and has 2');
	const objects = {nodes, pods: [pod('default/web-0', {fate: {is: 'blocked', budgets: [web], why}})]};
	expect(told(budgets, objects)).toEqual(['blocks: default/web-0: budget web allows none: it needs 2 healthy and has 2']);
	expect(budgets(sight(objects))[0]?.about).toEqual({resource: 'poddisruptionbudgets.policy', namespace: 'default', name: 'web'});
});

test('pods that one budget keeps are told in one line', () => {
	const why = own('budget web allows none: it needs 2 healthy and has 2');
	const pods = [0, 1].map(at => pod(`default/web-${at}`, {fate: {is: 'blocked', budgets: [web], why}}));
	expect(told(budgets, {nodes, pods})).toEqual([`blocks: default/web-0, default/web-1: ${why}`]);
});

test('two budgets over a pod have another way out', () => {
	const both = pod('default/web-0', {
		fate: {is: 'blocked', budgets: [web, 'front' as RawName], why: own('is under 2 budgets (web, front)')},
	});
	expect(budgets(sight({nodes, pods: [both]}))[0]?.wayOut).toMatch(/narrow the selector of one/);
});

const sharing = (...nexts: readonly Next[]) =>
	nexts.map((next, at) => {
		const fate: Partial<Fate> = {is: 'leaves', next, contested: {budget: web, allowed: 1, wanting: nexts.length}};
		return pod(`default/web-${at}`, {fate});
	});

test('pods that share a budget are told once, with how many go at once', () => {
	expect(told(budgets, {nodes, pods: sharing({is: 'fits'}, {is: 'fits'}, {is: 'fits'})})).toEqual([
		'tells: budget default/web lets 1 of 3 pods here go at once, the next ones as others take their place',
	]);
	expect(told(budgets, {nodes, pods: sharing({is: 'fits'}, {is: 'pending', why: own('full')})})).toEqual([
		'blocks: budget default/web lets 1 of 2 pods here go at once, and no more while nothing takes their place',
	]);
});

test('budgets that cannot be read are not known; nothing is said where pods simply leave', () => {
	const states = {budgets: {is: 'denied', verb: own('list'), resource: own('poddisruptionbudgets.policy')}} as const;
	expect(told(budgets, {nodes, states})).toEqual([
		'unknown: which budgets keep pods here is not known: not permitted: list poddisruptionbudgets.policy',
	]);
	expect(told(budgets, {nodes, pods: [pod('default/web-0')]})).toEqual([]);
});
