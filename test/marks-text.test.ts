import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type Mark, markFor} from '../source/marks.ts';
import {markLine, marksOf} from '../source/marks-text.ts';
import {own} from '../source/vocabulary.ts';

const mark = (note: string, more: Partial<Mark> = {}): Mark => ({
	kind: 'acknowledged',
	note: own(note),
	at: 1000,
	fingerprint: 'f',
	...more,
});

test('what was set last holds; what was taken back is gone', () => {
	const lines = [
		markLine('node-not-ready:nuc-2', mark('looking')),
		markLine('not-offsite:tier-0', mark('known', {kind: 'accepted', until: 5000})),
		markLine('node-not-ready:nuc-2', mark('the disk again')),
		markLine('gpu-hot:gpu-1/0', mark('fan')),
		markLine('gpu-hot:gpu-1/0'),
	];
	expect(marksOf(lines.join('\n'))).toEqual(
		new Map([
			['node-not-ready:nuc-2', mark('the disk again')],
			['not-offsite:tier-0', mark('known', {kind: 'accepted', until: 5000})],
		]),
	);
});

test('cut anywhere, the lines before it say what they said', () => {
	const first = markLine('a', mark('one'));
	const second = markLine('b', mark('two'));
	const whole = `\n${first}\n\n${second}\n`;
	for (let at = 0; at <= whole.length; at++) {
		const cut = marksOf(whole.slice(0, at));
		const wanted = [at > first.length ? 'a' : '', at > first.length + second.length + 2 ? 'b' : ''].filter(name => name !== '');
		expect([...cut.keys()]).toEqual(wanted);
		// Whoever adds one now begins a line of its own.
		expect(marksOf(`${whole.slice(0, at)}\n${markLine('c', mark('three'))}\n`).get('c')).toEqual(mark('three'));
	}
});

test('whatever stands there, reading throws nothing, and notes can be printed', () => {
	const line = fc.oneof(fc.string(), fc.json(), fc.constantFrom('null', '7', '{"finding":7}', '{"finding":"a","kind":"other"}'));
	fc.assert(
		fc.property(fc.array(line), fc.string({unit: 'binary'}), (lines, note) => {
			const marks = marksOf([...lines, markLine('last', mark(note))].join('\n'));
			expect(marks.get('last')?.note).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
		}),
	);
});

test.each([
	['an acknowledgement holds whatever it says meanwhile', mark('x'), 'other', 9000, true],
	['an acceptance holds while it says the same', mark('x', {kind: 'accepted', until: 5000}), 'f', 4999, true],
	['and not when it has run out', mark('x', {kind: 'accepted', until: 5000}), 'f', 5000, false],
	['nor when it says something else', mark('x', {kind: 'accepted', until: 5000}), 'g', 4999, false],
])('%s', (_, set, fingerprint, now, holds) => {
	expect(markFor('a', fingerprint, marksOf(markLine('a', set)), now)).toEqual(holds ? set : undefined);
	expect(markFor('b', fingerprint, marksOf(markLine('a', set)), now)).toBeUndefined();
});
