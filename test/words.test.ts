import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {own, type SourceState} from '../source/vocabulary.ts';
import {age, ageTurns, bytes, bytesOf, count, duration, inLines, join, percent, sourceNote, whyUnread} from '../source/words.ts';

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];

describe('an age', () => {
	test.each([
		[0, '<10s', '<10s'],
		[35 * second, '30s', '30s'],
		[minute, '1m', '1m'],
		[35 * minute, '35m', '35m'],
		[99 * minute, '99m', '1h39'],
		[100 * minute, '1h', '1h40'],
		[8 * hour + 4 * minute, '8h', '8h04'],
		[47 * hour, '47h', '47h00'],
		[2 * day, '2d', '2d'],
		[400 * day, '400d', '400d'],
		[800 * day, '2y', '2y'],
	])('of %i ms is %s, or fine %s', (elapsed, coarse, fine) => {
		expect([age(1e12, 1e12 + elapsed), age(1e12, 1e12 + elapsed, 'fine'), duration(elapsed, 'fine')]).toEqual([
			coarse,
			fine,
			fine,
		]);
	});

	test('of nothing is unknown, and never turns', () => {
		expect([age(0, 1e12), ageTurns(0, 1e12)]).toEqual(['–', Number.POSITIVE_INFINITY]);
	});

	test('stays the same until it turns, and is another one then', () => {
		const scale = fc.constantFrom('coarse' as const, 'fine' as const);
		fc.assert(
			fc.property(fc.nat(1000 * day), scale, fc.double({min: 0, max: 1, noNaN: true}), (elapsed, of, part) => {
				const since = 1e12;
				const now = since + elapsed;
				const turns = ageTurns(since, now, of);
				expect(turns).toBeGreaterThan(now);
				expect(age(since, Math.floor(now + part * (turns - 1 - now)), of)).toBe(age(since, now, of));
				expect(age(since, turns, of)).not.toBe(age(since, now, of));
			}),
		);
	});

	test('of what is still to come is that of now', () => {
		expect(age(1e12 + hour, 1e12)).toBe('<10s');
		expect(ageTurns(1e12 + hour, 1e12)).toBeGreaterThan(1e12);
	});
});

test.each([
	[0, '0'],
	[512, '512'],
	[1023, '1Ki'],
	[1024, '1Ki'],
	[1536, '1.5Ki'],
	[14.1 * 2 ** 30, '14.1Gi'],
	[999 * 2 ** 20, '999Mi'],
	[1000 * 2 ** 20, '1Gi'],
	[2 ** 40, '1Ti'],
	[-(2 ** 20), '-1Mi'],
	[undefined, '–'],
])('%s bytes are %s', (of, text) => {
	expect(bytes(of)).toBe(text);
});

test.each([
	[14.1 * 2 ** 30, 20 * 2 ** 30, '14.1/20Gi'],
	[512 * 2 ** 20, 20 * 2 ** 30, '512Mi/20Gi'],
	[undefined, 20 * 2 ** 30, '–/20Gi'],
	[undefined, undefined, '–/–'],
])('%s of %s bytes are %s', (used, total, text) => {
	expect(bytesOf(used, total)).toBe(text);
});

test.each([
	[0, '0%'],
	[0.234, '23%'],
	[0.999, '99%'],
	[1, '100%'],
	[1.2, '120%'],
	[undefined, '–'],
	[Number.NaN, '–'],
])('a ratio of %s is %s', (ratio, text) => {
	expect(percent(ratio)).toBe(text);
});

test('counts and lists', () => {
	expect([count(1, 'node'), count(2, 'node'), count(0, 'copy', 'copies')]).toEqual(['1 node', '2 nodes', '0 copies']);
	expect(join([own('a'), undefined, own(''), own('b')])).toBe('a, b');
});

describe('what is said of a source beside the main one', () => {
	test.each<[string | undefined, SourceState]>([
		[undefined, {is: 'live'}],
		[undefined, {is: 'loading'}],
		[undefined, {is: 'absent'}],
		['metrics: denied: list nodes', {is: 'denied', verb: own('list'), resource: own('nodes')}],
		['metrics: denied: list pods in media', {is: 'denied', verb: own('list'), resource: own('pods'), namespace: own('media')}],
		['metrics: no answer', {is: 'stale', since: 1, why: own('no answer')}],
	])('%s', (text, state) => {
		expect(sourceNote('metrics', state, {is: 'live'})?.text).toBe(text);
	});

	test('what the pane says of itself is not said again', () => {
		const cut: SourceState = {is: 'stale', since: 1, why: own('no answer')};
		expect(sourceNote('metrics', {...cut, since: 2}, cut)).toBeUndefined();
		expect(sourceNote('metrics', {...cut, why: own('too many requests')}, cut)?.text).toBe('metrics: too many requests');
	});
});

describe('why a source tells nothing', () => {
	const denied = {is: 'denied', verb: own('list'), resource: own('pods')} as const;
	test.each<[string | undefined, SourceState]>([
		[undefined, {is: 'live'}],
		[undefined, {is: 'polled', asOf: 1, every: 1}],
		[undefined, {is: 'absent'}],
		['not read yet', {is: 'loading'}],
		['waiting for kubelogin', {is: 'loading', waitingFor: own('waiting for kubelogin')}],
		['no answer', {is: 'stale', since: 1, why: own('no answer')}],
		['not permitted: list pods', denied],
		['not permitted: list pods in media', {...denied, namespace: own('media')}],
	])('%s', (why, state) => {
		expect(whyUnread(state)).toBe(why);
	});
});

describe('text in lines', () => {
	test('is broken between words, and cut where it is too long', () => {
		expect(inLines(own(''))).toEqual([]);
		expect(inLines(own('api error AccessDenied: not entitled'), 4, 20)).toEqual(['api error', 'AccessDenied: not', 'entitled']);
		expect(inLines(own('a bb ccc dddd'), 2, 5)).toEqual(['a bb', 'ccc …']);
		expect(inLines(own('abcdefghij'), 2, 5)).toEqual(['abcd…']);
	});

	test('loses no word, and is no wider than it may be', () => {
		fc.assert(
			fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/), {maxLength: 30}), words => {
				const lines = inLines(own(words.join(' ')), 99, 12);
				expect(lines.join(' ')).toBe(words.join(' '));
				for (const line of lines) expect(line.length).toBeLessThanOrEqual(12);
			}),
		);
	});
});
