import {expect, test} from 'vitest';
import {newLines, nonePrinted} from '../../../source/commands/runbook/live-lines.ts';
import {own} from '../../../source/vocabulary.ts';

/** What is printed of outputs that are seen one after the other; `…` behind one: its last line counts as whole. */
function printed(...seen: ReadonlyArray<readonly string[] | 'whole'>): readonly string[] {
	let so = nonePrinted;
	let last: readonly string[] = [];
	return seen.flatMap(one => {
		if (one !== 'whole') last = one;
		const {printed: next, news} = newLines(so, {lines: last.map(own), total: last.join('\n').length}, one === 'whole');
		so = next;
		return news;
	});
}

test('each line once, and the last one when it is whole', () => {
	expect(printed(['a', 'b'], ['a', 'b', 'c'], 'whole')).toEqual(['a', 'b', 'c']);
	expect(printed(['a'], ['a'], 'whole', 'whole')).toEqual(['a']);
});

test('what moves out of sight at the top is not printed again', () => {
	expect(printed(['a', 'b', 'c'], ['b', 'c', 'd'], ['d', 'e'], 'whole')).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a line that was thought whole and has grown is printed as it is now', () => {
	expect(printed(['a', 'b'], 'whole', ['a', 'bc', 'd'], 'whole')).toEqual(['a', 'b', 'bc', 'd']);
});

test('a gap is told where more came at once than is shown', () => {
	expect(printed(['a', 'b', 'c'], ['x', 'y'], 'whole')).toEqual(['a', 'b', '…', 'x', 'y']);
});

test('what is waited for is printed at once, and when it changes', () => {
	const {printed: so, news} = newLines(nonePrinted, {lines: [own('waiting')], total: 0}, false);
	expect(news).toEqual(['waiting']);
	expect(newLines(so, {lines: [own('waiting')], total: 0}, false).news).toEqual([]);
	expect(newLines(so, {lines: [own('waiting, and cannot tell')], total: 0}, false).news).toEqual(['waiting, and cannot tell']);
});
