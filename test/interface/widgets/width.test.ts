import fc from 'fast-check';
import {expect, test} from 'vitest';
import {safeText} from '../../../source/cluster/safe-text.ts';
import {graphemes, toWidth, truncate, truncateStart, widthOf, wrap} from '../../../source/interface/widgets/width.ts';

const anyText = fc
	.array(fc.constantFrom('a', 'Z', ' ', 'é', 'e\u0301', '界', '한', '🙂', '👩‍🚀', '🇩🇪', '→', '…', 'ﾊ', '−', 'ß', '\u0300'), {
		maxLength: 24,
	})
	.map(parts => safeText(parts.join('')));

test('knows wide characters', () => {
	expect(['a', '界', '🙂', 'é', 'ﾊ', ''].map(widthOf)).toEqual([1, 2, 2, 1, 1, 0]);
});

test('makes any text exactly as wide as asked', () => {
	fc.assert(
		fc.property(
			anyText,
			fc.integer({min: 0, max: 30}),
			fc.constantFrom('left' as const, 'right' as const),
			(text, width, align) => {
				expect(widthOf(toWidth(text, width, '…', align))).toBe(width);
			},
		),
	);
});

test('cuts at the end or at the start, never more than needed', () => {
	expect(truncate('cordoned 2d by us', 12, '…')).toBe('cordoned 2d…');
	expect(truncateStart('cordoned 2d by us', 6, '…')).toBe('…by us');
	expect(truncate('世界世界', 5, '…')).toBe('世界…');
	expect(truncate('世界世界', 4, '…')).toBe('世…');
	expect(truncate('short', 5, '…')).toBe('short');
	fc.assert(
		fc.property(anyText, fc.integer({min: 1, max: 30}), (text, width) => {
			expect(widthOf(truncateStart(text, width, '…'))).toBeLessThanOrEqual(width);
			expect(widthOf(truncate(text, width, '…'))).toBeGreaterThanOrEqual(Math.min(width - 1, widthOf(text)));
		}),
	);
});

test('wraps at blanks, and within words only where they are too long', () => {
	expect(wrap('no node with disk tag nvme has room', 12)).toEqual(['no node with', 'disk tag', 'nvme has', 'room']);
	expect(wrap('pvc-3f1c0a77-aaaa', 8)).toEqual(['pvc-3f1c', '0a77-aaa', 'a']);
	fc.assert(
		fc.property(anyText, fc.integer({min: 2, max: 30}), (text, width) => {
			const lines = wrap(text, width);
			for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
			const letters = (of: string) => graphemes(of.replaceAll(' ', '')).join('');
			expect(letters(lines.join(''))).toBe(letters(text));
		}),
	);
});
