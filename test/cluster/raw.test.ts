import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {entries, flag, instant, items, name, number, quantity, type Raw, text} from '../../source/cluster/raw.ts';

const readers = {text, name, number, flag, instant, items, entries, quantity};
const raw = (value: unknown) => value as Raw | undefined;

test('no value makes a reader throw, and each gives what it says', () => {
	fc.assert(
		fc.property(fc.anything(), value => {
			expect(typeof text(raw(value))).toBe('string');
			expect(typeof name(raw(value))).toBe('string');
			expect(['number', 'undefined']).toContain(typeof number(raw(value)));
			expect(typeof flag(raw(value))).toBe('boolean');
			expect(Number.isFinite(instant(raw(value)))).toBe(true);
			expect(items(raw(value)).every(item => item !== null && item !== undefined)).toBe(true);
			expect(entries(raw(value)).every(([key]) => typeof key === 'string')).toBe(true);
			expect(['number', 'undefined']).toContain(typeof quantity(raw(value)));
		}),
	);
});

test('nor does nothing at all', () => {
	for (const reader of Object.values(readers)) expect(() => reader(undefined)).not.toThrow();
});

test.each([
	['100m', 0.1],
	['2', 2],
	['2Gi', 2 ** 31],
	['1.5Mi', 1.5 * 2 ** 20],
	['1e3', 1000],
	['1E', 1e18],
	['12E2', 1200],
	['.5', 0.5],
	['-3k', -3000],
	['500n', 5e-7],
	['', undefined],
	['1 Gi', undefined],
	['1Zi', undefined],
	['Gi', undefined],
	['0x10', undefined],
])('the quantity %j is %j', (written, expected) => {
	const read = quantity(raw(written));
	if (expected === undefined) expect(read).toBeUndefined();
	else expect(read).toBeCloseTo(expected, 12);
});

test.each([
	['2026-11-21T07:00:00Z', Date.UTC(2026, 10, 21, 7)],
	['2026-11-21T07:00:00.123456Z', Date.UTC(2026, 10, 21, 7, 0, 0, 123)],
	['2026-11-21T09:00:00+02:00', Date.UTC(2026, 10, 21, 7)],
	[1_795_244_400_000, 1_795_244_400_000],
	['yesterday', 0],
	['12', 0],
	['2026-99-99T99:99:99Z', 0],
	[null, 0],
	[Number.NaN, 0],
])('the time %j is %j', (written, expected) => {
	expect(instant(raw(written))).toBe(expected);
});

test.each([
	[3, 3],
	['9007199254740991', 9_007_199_254_740_991],
	['-1.5', -1.5],
	['1e3', undefined],
	['3 apples', undefined],
	[true, undefined],
	[Number.POSITIVE_INFINITY, undefined],
])('the number %j is %j', (written, expected) => {
	expect(number(raw(written))).toBe(expected);
});

test('text is cut and made safe, a name is left as it is', () => {
	expect(text(raw('a\u001b[2Jbcdef'), 4)).toBe('abc…');
	expect(name(raw('a\u001b[2Jb'))).toBe('a\u001b[2Jb');
});
