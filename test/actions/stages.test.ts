import {describe, expect, test} from 'vitest';
import type {Outcome, Progress} from '../../source/actions/action.ts';
import type {Plan} from '../../source/actions/plan.ts';
import {begin, type Event, reduce, wrongWith} from '../../source/actions/stages.ts';
import type {Answer, Stage} from '../../source/actions/undertaking.ts';
import {own, type RawName} from '../../source/vocabulary.ts';
import {concern, plan, planned} from './plans.ts';

const title = own('cordon n1');
const planning: Stage = {is: 'planning', title};
const ready = (more: Partial<Plan> = {}): Stage => ({is: 'planned', plan: plan(more), changed: []});
const starting = (of: Plan = plan()): Stage => ({is: 'starting', plan: of});
const running: Stage = {is: 'running', plan: plan(), run: 'r', progress: undefined, stopping: false};
const yes: Event = {is: 'confirmed', answer: {}};
const stopped: Event = {is: 'stopped'};
const outcome: Outcome = {result: 'done', text: own('n1 cordoned')};

/** Goes through events one after the other: where it ends, and what was to be done on the way. */
function through(stage: Stage, ...events: readonly Event[]) {
	const done: string[] = [];
	let now = stage;
	for (const event of events) {
		const step = reduce(now, event);
		now = step.stage;
		done.push(...step.effects.map(({is}) => is));
	}
	return {stage: now, done};
}

test('from the request to its end', () => {
	const first = begin(title, undefined);
	expect(first).toEqual({stage: planning, effects: [{is: 'plan', allowing: false}]});
	const of = plan();
	const end = through(
		first.stage,
		{is: 'planned', plan: of},
		yes,
		{is: 'planned', plan: of},
		{is: 'permitted'},
		{is: 'begun', run: 'r'},
		{is: 'ended', outcome},
	);
	expect(end).toEqual({stage: {is: 'ended', plan: of, run: 'r', outcome}, done: ['plan', 'ask', 'begin', 'run']});
});

test('a guard comes before anything is asked', () => {
	expect(begin(title, own('refused by --read-only'))).toEqual({
		stage: {is: 'refused', title, by: 'guard', why: 'refused by --read-only'},
		effects: [],
	});
});

describe('what preflight says', () => {
	test('refused: its plan stays to be looked at', () => {
		const of = plan({
			concerns: [concern('refuses', 'n1 is the only node'), concern('refuses', 'and more'), concern('tells', 'x')],
		});
		expect(through(planning, {is: 'planned', plan: of})).toEqual({
			stage: {is: 'refused', title: of.title, by: 'preflight', why: 'n1 is the only node (and 1 more)', plan: of},
			done: [],
		});
	});

	test('nothing to do: ended at once, with why', () => {
		const of = plan({done: own('n1 is cordoned already')});
		expect(through(planning, {is: 'planned', plan: of}).stage).toEqual({
			is: 'ended',
			plan: of,
			run: '',
			outcome: {result: 'done', text: 'n1 is cordoned already'},
		});
	});
});

describe('between the yes and the first change', () => {
	test('a plan that became another is shown again, with the difference', () => {
		const other = plan({concerns: [concern('blocks', 'budget web allows none')]});
		const {stage, done} = through(starting(), {is: 'planned', plan: other});
		expect(stage).toEqual({is: 'planned', plan: other, changed: ['new: budget web allows none']});
		expect(done).toEqual([]);
		expect(through(stage, yes, {is: 'planned', plan: other}).done).toEqual(['plan', 'ask']);
	});

	test('a plan that is refused now, or has nothing left to do, is not begun', () => {
		expect(through(starting(), {is: 'planned', plan: plan({concerns: [concern('refuses', 'no')]})}).stage.is).toBe('refused');
		expect(through(starting(), {is: 'planned', plan: plan({done: own('already')})}).stage.is).toBe('ended');
	});

	test('the plan that is run is the one that was made last', () => {
		const [before, now] = [plan({objects: [planned('a'), planned('b')]}), plan({objects: [planned('a')]})];
		const step = reduce(starting(before), {is: 'planned', plan: now});
		expect(step).toEqual({stage: {is: 'starting', plan: now}, effects: [{is: 'ask', plan: now}]});
	});

	test('what is not permitted, or cannot be written down, changes nothing', () => {
		const why = own('not permitted: patch nodes');
		expect(through(starting(), {is: 'refused', by: 'permission', why})).toEqual({
			stage: {is: 'refused', title, by: 'permission', why, plan: plan()},
			done: [],
		});
	});
});

describe('stop', () => {
	test.each([
		['planning', planning],
		['planned', ready()],
		['starting', starting()],
	])('gives up what is %s', (_, stage) => {
		expect(through(stage, stopped)).toMatchObject({stage: {is: 'refused', by: 'person'}, done: []});
	});

	test('tells what runs to stop, once; it ends when it has', () => {
		const first = through(running, stopped);
		expect(first).toEqual({stage: {...running, stopping: true}, done: ['abort']});
		const again = reduce(first.stage, stopped);
		expect(again.stage).toBe(first.stage);
		expect(again.effects).toEqual([]);
		const left: Outcome = {result: 'stopped', text: own('3 of 20 pods are left'), resume: ['midwatch', 'drain', '--resume', 'r']};
		expect(reduce(again.stage, {is: 'ended', outcome: left}).stage).toMatchObject({is: 'ended', outcome: left});
	});

	test('a journal that was opened just then is closed again; a plan that comes late is nothing', () => {
		const {stage} = through(starting(), stopped);
		expect(through(stage, {is: 'begun', run: 'r'})).toEqual({stage, done: ['abandon']});
		expect(reduce(stage, {is: 'planned', plan: plan()}).stage).toBe(stage);
		expect(reduce(stage, {is: 'permitted'}).effects).toEqual([]);
	});
});

test('progress is a new stage, the same progress the same one', () => {
	const progress: Progress = {short: own('1 of 2'), done: 1, total: 2, waiting: [], lines: []};
	const {stage} = reduce(running, {is: 'progressed', progress});
	expect(stage).toMatchObject({progress});
	expect(reduce(stage, {is: 'progressed', progress}).stage).toBe(stage);
});

describe('answers', () => {
	const named = ready({confirm: {ask: 'name', name: 'n1' as RawName, why: own('the last copy goes')}});
	const unallowed: Stage = {is: 'planned', plan: plan(), changed: [], allow: own('Changes were never allowed on prod.')};
	test.each<[string, Stage, Answer, string | undefined]>([
		['a yes', ready(), {}, undefined],
		['the name', named, {name: 'n1'}, undefined],
		['no name', named, {}, 'Type n1 exactly, not nothing.'],
		['nearly the name', named, {name: 'N1'}, 'Type n1 exactly, not "N1".'],
		['the name and a blank', named, {name: 'n1 '}, 'Type n1 exactly, not "n1 ".'],
		['a yes where changes were never allowed', unallowed, {}, 'Changes were never allowed on prod.'],
		['a yes that allows them', unallowed, {allow: true}, undefined],
		['a yes to what is not planned yet', planning, {}, 'There is nothing to say yes to at the moment.'],
		['a yes to what runs', running, {}, 'There is nothing to say yes to at the moment.'],
	])('%s', (_, stage, answer, wrong) => {
		expect(wrongWith(stage, answer)).toBe(wrong);
	});

	test('allowing comes before planning again', () => {
		expect(reduce(unallowed, {is: 'confirmed', answer: {allow: true}}).effects).toEqual([{is: 'plan', allowing: true}]);
	});
});
