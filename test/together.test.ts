import {expect, test} from 'vitest';
import {momentOf, together} from '../source/together.ts';
import {own, type SourceState} from '../source/vocabulary.ts';

const live: SourceState = {is: 'live'};
const loading: SourceState = {is: 'loading'};
const absent: SourceState = {is: 'absent'};
const denied: SourceState = {is: 'denied', verb: own('list'), resource: own('nodes')};
const stale = (since: number): SourceState => ({is: 'stale', since, why: own('cut off')});
const polled = (asOf: number): SourceState => ({is: 'polled', asOf, every: 30_000});

test.each<[string, readonly SourceState[], SourceState]>([
	['loading while one is', [live, stale(1), loading, denied], loading],
	['as stale as the oldest', [stale(5), live, stale(3)], stale(3)],
	['as old as the oldest poll', [polled(9), live, polled(7)], polled(7)],
	['live where the rest is denied or absent', [denied, live, absent], live],
	['denied where nothing can be seen', [absent, denied], denied],
	['absent where nothing is served', [absent, absent], absent],
])('several sources are %s', (_, states, expected) => {
	expect(together(states)).toEqual(expected);
});

test('time stands still for what is cut off', () => {
	expect(momentOf(live, 100)).toBe(100);
	expect(momentOf(stale(40), 100)).toBe(40);
	expect(momentOf(stale(400), 100)).toBe(100);
});
