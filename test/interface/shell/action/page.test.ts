import {describe, expect, test} from 'vitest';
import {usualDrain} from '../../../../source/actions/request.ts';
import type {Stage} from '../../../../source/actions/undertaking.ts';
import {pageOfAction} from '../../../../source/interface/shell/action/page.ts';
import type {ActionView} from '../../../../source/interface/shell/action/underway.ts';
import {widthOf} from '../../../../source/interface/widgets/width.ts';
import {own} from '../../../../source/vocabulary.ts';
import {planOf} from '../../../_helpers/hand-undertaking.ts';

const viewOf = (stage: Stage, more: Partial<ActionView> = {}): ActionView => ({
	request: {is: 'drain', nodes: ['nuc-2'], options: usualDrain},
	stage,
	changed: [],
	...more,
});
const textOf = (stage: Stage, width = 76, more: Partial<ActionView> = {}): string => {
	const {title, lines} = pageOfAction(viewOf(stage, more), width);
	return [title, ...lines.map(({text}) => text)].join('\n');
};
const progress = {
	short: own('drain nuc-2  14 of 20 gone'),
	done: 14,
	total: 20,
	waiting: [own('default/web-0: budget web allows none, next try in 4 s')],
	lines: [own('default/a: gone'), own('default/b: gone')],
};
const plan = planOf();
const ended: Stage = {
	is: 'ended',
	plan,
	run: 'run-1',
	outcome: {
		result: 'stopped',
		text: own('nuc-2 stays cordoned, 6 of 20 pods are left'),
		resume: ['midwatch', 'drain', '--resume', 'run-1'],
		rollBack: ['midwatch', 'uncordon', 'nuc-2'],
	},
};
const stages: readonly Stage[] = [
	{is: 'planning', title: own('drain nuc-2')},
	{is: 'refused', title: own('drain nuc-2'), by: 'guard', why: own('drain is refused by guards.deny of context homelab')},
	{is: 'refused', title: own('drain nuc-2'), by: 'preflight', why: own('default/lone has no controller'), plan},
	{is: 'planned', plan, changed: []},
	{is: 'planned', plan, changed: [own('new: default/web-1 is there')], allow: own('Changes were never allowed on homelab.')},
	{is: 'starting', plan},
	{is: 'running', plan, run: 'run-1', progress, stopping: false},
	ended,
];

test.each([76, 36, 28])('keeps to %i columns, but for words of a command', width => {
	for (const stage of stages)
		for (const {text} of pageOfAction(viewOf(stage, {progress}), width).lines)
			if (text.includes(' ') && !/midwatch|kubectl|nuc-2|--|\\$/.test(text))
				expect(widthOf(text), text).toBeLessThanOrEqual(width);
});

describe('says', () => {
	test('at once that it looks, while it plans', () => {
		expect(textOf({is: 'planning', title: own('drain nuc-2')})).toBe(
			'drain nuc-2: planning\nLooking at the cluster as it is now.',
		);
	});

	test('what is different first, then that changes are to be allowed, then the plan with its options', () => {
		const text = textOf({is: 'planned', plan, changed: [own('new: default/web-1')], allow: own('Changes were never allowed.')});
		const places = [
			'new: default/web-1',
			'Changes were never allowed.',
			'--force is off',
			'budget web allows none',
			'way out: raise',
		];
		expect(places.map(part => text.indexOf(part))).toEqual(places.map(part => text.indexOf(part)).toSorted((a, b) => a - b));
		expect(text).not.toContain('-1\n-1');
		for (const part of places) expect(text).toContain(part);
	});

	test('who refused, with the plan to look at', () => {
		expect(textOf(stages[2] ?? ended)).toMatch(
			/^drain nuc-2: refused\nRefused: default\/lone has no controller\n\nOptions: .*\n\nKeeps it waiting/,
		);
	});

	test('no options where the request has none, or nothing was planned', () => {
		const request = {is: 'cordon' as const, nodes: ['nuc-2']};
		expect(textOf({is: 'planned', plan, changed: []}, 76, {request})).not.toContain('Options');
		expect(textOf(stages[1] ?? ended)).not.toContain('Options');
	});

	test('how far it is, what it waits for, and what happened, the newest first', () => {
		const text = textOf({is: 'running', plan, run: 'run-1', progress, stopping: false});
		expect(text).toBe(
			[
				'drain nuc-2  14 of 20 gone',
				'14 of 20 done',
				'',
				'Waiting for',
				'- default/web-0: budget web allows none, next try in 4 s',
				'',
				'So far, the newest first',
				'- default/b: gone',
				'- default/a: gone',
			].join('\n'),
		);
		expect(textOf({is: 'running', plan, run: 'run-1', progress, stopping: true})).toContain('It stops at the next safe point.');
	});

	test('what is left, and how to go on or back, with the key and as a command', () => {
		const text = textOf(ended, 76, {progress});
		expect(text).toMatch(/^drain nuc-2: stopped\nnuc-2 stays cordoned, 6 of 20 pods are left\n/);
		expect(text).toContain('r go on from here: midwatch drain --resume run-1');
		expect(text).toContain('u take it back: midwatch uncordon nuc-2');
		expect(text).toContain('midwatch journal show run-1');
		expect(text).toContain('default/b: gone');
	});

	test('no command where a name in it cannot be seen', () => {
		const outcome = {
			...(ended.is === 'ended' ? ended.outcome : {result: 'done' as const, text: own('')}),
			rollBack: ['midwatch', 'uncordon', 'nuc\u200b-2'],
		};
		expect(textOf({is: 'ended', plan, run: '', outcome})).not.toContain('\u200b');
	});
});
