import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {safeText} from '../../source/cluster/safe-text.ts';

const pieces = fc.constantFrom(
	'\u001b[31m',
	'\u001b[2J',
	'\u001b]0;title\u0007',
	'\u001b]52;c;cm0=\u001b\\',
	'\u001bP+q\u001b\\',
	'\u001bc',
	'\u001b(0',
	'\u009b1;1H',
	'\u009d0;title\u009c',
	'\r\n',
	'\t',
	'\u0000',
	'\u007f',
	'\u0085',
	'\u2028',
	'\u202e',
	'\u2066',
	'\u200b',
	'\u200d',
	'\ufeff',
	'\ufe0f',
	'\u00ad',
	'\u061c',
	'\u{e0041}',
	'\u{e0100}',
	'\ud800',
	'\udc00',
	'\ufff9',
	'\u0600',
	'\u06dd',
	'plain ',
	'käse',
	'猫',
	'🐈',
);
const hostile = fc
	.array(fc.oneof(pieces, fc.string({unit: 'binary'}), fc.string({unit: 'grapheme'})))
	.map(parts => parts.join(''));

/** All that may come out: letters, marks, numbers, punctuation, symbols, the space, and what is not assigned or private. */
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\p{Co}\p{Cn}]*$/u;
const invisible = /\p{Default_Ignorable_Code_Point}|[\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f]/u;

describe('whatever comes in', () => {
	test('nothing comes out that a terminal could take for more than text', () => {
		fc.assert(
			fc.property(hostile, text => {
				const safe = safeText(text);
				expect(safe).toMatch(printable);
				expect(safe).not.toMatch(invisible);
				expect(safe.isWellFormed()).toBe(true);
			}),
			{numRuns: 5000},
		);
	});

	test('it is never longer than the limit, and says when it was cut', () => {
		fc.assert(
			fc.property(hostile, fc.integer({min: 1, max: 50}), (text, limit) => {
				const safe = safeText(text, limit);
				expect(safe.length).toBeLessThanOrEqual(limit);
				const whole = safeText(text, 100_000);
				if (whole !== safe) expect(safe.endsWith('…')).toBe(true);
				expect(whole.startsWith(safe.replace(/…$/, ''))).toBe(true);
			}),
		);
	});

	test('made safe twice is the same', () => {
		fc.assert(
			fc.property(hostile, fc.integer({min: 1, max: 50}), (text, limit) => {
				expect(safeText(safeText(text, limit), limit)).toBe(safeText(text, limit));
			}),
		);
	});

	test('plain text of any script is left as it is', () => {
		for (const text of ['node-1 is not ready', 'Käsefondue', '猫が好き', 'שלום', 'e\u0301', '🐈 2', '100 %']) {
			expect(safeText(text)).toBe(text);
		}
	});
});

test.each([
	['a\u001b[31mred\u001b[0m', 'ared'],
	['a\u001b]0;owned\u0007b', 'ab'],
	['a\u001b]8;;https://evil\u001b\\link\u001b]8;;\u001b\\', 'alink'],
	['a\u009b2Jb', 'ab'],
	['one\r\n\ttwo', 'one two'],
	['a\u001b]0;never ended', 'a'],
	['user\u202egnp.exe', 'usergnp.exe'],
	['a\u200b\u200db', 'ab'],
	['\ud83d', ''],
])('%j becomes %j', (hostileText, expected) => {
	expect(safeText(hostileText)).toBe(expected);
});

test('takes time in proportion to the text, however it is nested', () => {
	const began = performance.now();
	for (const piece of ['\u001b]', '\u001b[', '\u009b', '\u001b[0;', '\u200b', '\u001b]0;\u001b'])
		safeText(piece.repeat(500_000), 1_000_000);
	expect(performance.now() - began).toBeLessThan(5000);
});
