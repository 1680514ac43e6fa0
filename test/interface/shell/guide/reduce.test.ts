import {describe, expect, test} from 'vitest';
import {reduceGuide} from '../../../../source/interface/shell/guide/reduce.ts';
import {
	type GuideEvent,
	type GuideSight,
	type GuideUi,
	guideAtRest,
	type Move,
} from '../../../../source/interface/shell/guide/state.ts';

const sight: GuideSight = {
	entries: ['a', 'b', 'c'],
	steps: ['one', 'two', 'three', 'four'],
	parts: ['one', 'three'],
	top: 10,
	last: 40,
	room: 20,
};
const after = (ui: Partial<GuideUi>, event: GuideEvent, more: Partial<GuideSight> = {}): GuideUi =>
	reduceGuide({...guideAtRest, ...ui}, event, {...sight, ...more});
const moved = (ui: Partial<GuideUi>, move: Move, more?: Partial<GuideSight>): GuideUi => after(ui, {is: 'moved', move}, more);

describe('on the shelf the cursor goes from entry to entry', () => {
	test.each<[string | undefined, Move, string]>([
		[undefined, 'down', 'b'],
		['b', 'up', 'a'],
		['a', 'up', 'a'],
		['a', 'last', 'c'],
		['c', 'pageDown', 'c'],
		['gone', 'down', 'b'],
	])('from %s, %s leads to %s', (entry, move, to) => {
		expect(moved({entry}, move).entry).toBe(to);
	});

	test('and nowhere where there is none', () => {
		expect(moved({}, 'down', {entries: []}).entry).toBeUndefined();
	});
});

describe('in a runbook', () => {
	const page = 'runbook';

	test.each<[string | undefined, Move, string]>([
		[undefined, 'down', 'two'],
		['four', 'down', 'four'],
		['four', 'first', 'one'],
		['one', 'last', 'four'],
	])('the cursor goes from step to step: from %s, %s leads to %s', (step, move, to) => {
		expect(moved({page, step, top: 7}, move)).toMatchObject({step: to, top: undefined});
	});

	test('pages are of lines, and where there is no step, all moves are', () => {
		expect(moved({page, step: 'two'}, 'pageDown')).toMatchObject({step: 'two', top: 20});
		expect(moved({page}, 'down', {steps: []}).top).toBe(11);
	});

	test.each<[string | undefined, 1 | -1, string | undefined]>([
		[undefined, 1, 'three'],
		['two', 1, 'three'],
		['three', 1, 'three'],
		['four', -1, 'three'],
		['three', -1, 'one'],
	])('from %s, by %i phases leads to %s', (step, by, to) => {
		expect(after({page, step}, {is: 'jumped', by}).step).toBe(to);
	});
});

describe('of what is walked', () => {
	const page = 'walk';

	test('lines are moved; whoever is at the end stays there', () => {
		expect(moved({page}, 'up').top).toBe(9);
		expect(moved({page, top: 39}, 'down', {top: 39}).top).toBeUndefined();
		expect(moved({page}, 'first').top).toBe(0);
	});

	test('what happens is seen, wherever somebody was', () => {
		expect(after({page, top: 3}, {is: 'followed'}).top).toBeUndefined();
		const still: GuideUi = {...guideAtRest, page};
		expect(reduceGuide(still, {is: 'followed'}, sight)).toBe(still);
	});
});

test('what is typed is kept only while something is asked', () => {
	const asking = after({page: 'walk', top: 5}, {is: 'asked', question: {is: 'note'}, typed: 'so'});
	expect(asking).toMatchObject({asks: {is: 'note'}, typed: 'so', top: undefined});
	expect(reduceGuide(asking, {is: 'typed', text: 'so far'}, sight).typed).toBe('so far');
	expect(after({}, {is: 'typed', text: 'x'}).typed).toBe('');
	expect(reduceGuide(asking, {is: 'asked', question: undefined}, sight)).toMatchObject({asks: undefined, typed: ''});
	expect(reduceGuide(asking, {is: 'went', page: 'runbook', step: 'two'}, sight)).toMatchObject({asks: undefined, step: 'two'});
});
