import {expect, test} from 'vitest';
import {fragileLine} from '../../../source/runbooks/session/fragile-line.ts';
import {planOf, writtenPlan} from '../../../source/runbooks/session/written-plan.ts';
import {began} from '../../journal/home.ts';
import {nodeFailure, runbookOf} from './walking.ts';

const runbook = runbookOf(nodeFailure);

test('what a session was begun with is read again, but for what was redacted', () => {
	const plan = planOf(runbook, {NODE: 'nuc-2', LOGIN: '[redacted]'}, 'node-not-ready:nuc-2');
	expect(writtenPlan([{...began, what: 'runbook', plan, seq: 1, at: 1}])).toEqual({
		id: runbook.id,
		file: '/runbooks/node-failure.md',
		hash: runbook.hash,
		parameters: {NODE: 'nuc-2'},
		finding: 'node-not-ready:nuc-2',
	});
	expect(writtenPlan([{...began, seq: 1, at: 1}])).toBeUndefined();
	expect(writtenPlan([{...began, what: 'runbook', plan: 'nonsense', seq: 1, at: 1}])).toBeUndefined();
});

test('who comes over ssh and outside tmux is told what a cut line does', () => {
	expect(fragileLine({SSH_CONNECTION: '10.0.0.2 1 10.0.0.1 22'})).toMatch(/^This is an ssh session outside tmux or screen\./);
	expect(fragileLine({SSH_CONNECTION: '10.0.0.2 1 10.0.0.1 22', TMUX: '/tmp/tmux-0/default,1,0'})).toBeUndefined();
	expect(fragileLine({})).toBeUndefined();
});
