import {expect, test} from 'vitest';
import {settled, stillSettled} from '../source/settled.ts';
import {own, type SourceState} from '../source/vocabulary.ts';

type Facts = {
	from: readonly unknown[];
	asOf: number;
	turnsAt: number;
	rows: readonly string[];
	states: Record<string, SourceState>;
};
const rows = ['a'];
const facts = (from: readonly unknown[], more: Partial<Facts> = {}): Facts => ({
	from,
	asOf: 1,
	turnsAt: 100,
	rows,
	states: {one: {is: 'live'}},
	...more,
});

test('facts that say the same are the ones from before, and what they were made from is not looked at twice', () => {
	const before = facts(['old']);
	expect(stillSettled(before, ['new'], 50)).toBeUndefined();
	expect(settled(before, facts(['new']))).toBe(before);
	expect(stillSettled(before, ['new'], 50)).toBe(before);
	expect(stillSettled(before, ['new'], 100)).toBeUndefined();
	expect(stillSettled(before, ['newer'], 50)).toBeUndefined();
});

test.each<[string, Partial<Facts>]>([
	['a list', {rows: ['a']}],
	['the time they change', {turnsAt: 200}],
	['a state', {states: {one: {is: 'stale', since: 1, why: own('cut off')}}}],
	['one more state', {states: {one: {is: 'live'}, two: {is: 'live'}}}],
])('facts that differ in %s are new', (_, more) => {
	const after = facts(['new'], more);
	expect(settled(facts(['old']), after)).toBe(after);
});

test('the first facts are new', () => {
	const first = facts([]);
	expect(settled(undefined, first)).toBe(first);
	expect(stillSettled(undefined, [], 0)).toBeUndefined();
});
