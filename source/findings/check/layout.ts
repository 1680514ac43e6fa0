import {own, type SafeText, say} from '../../vocabulary.ts';
import {age, clockTime} from '../../words.ts';
import {zoneName} from '../tell.ts';

/** The screen of somebody who has just logged in. */
const columns = 80;
/** Where the right part of a line begins, where what is said to it begins, and the margin of what follows the first word. */
const rightAt = 62;
const asideAt = 51;
const margin = 6;
/** What is left of a line after its margin. */
export const width = columns - margin;

/** The text, or as much of it as goes into so many columns, with a `~` for the rest; never half a character. */
export function cut(text: string, within: number): string {
	return text.length <= within ? text : `${text.slice(0, within - 1).replace(/[\ud800-\udbff]$/, '')}~`;
}

/** `left` at the start of a line and `right` in its last columns; `right` moves where there is no room for both. */
export function justified(left: string, right: string): string {
	const text = cut(left, columns - right.length - 2);
	return `${text.padEnd(Math.max(text.length + 2, Math.min(rightAt, columns - right.length)))}${right}`;
}

/** What one does, and a word on it, in one line; the word is left out where there is no room. */
export function withAside(left: SafeText, aside: SafeText): SafeText {
	const gap = own(' '.repeat(Math.max(1, asideAt - margin - left.length)));
	return left.length + gap.length + aside.length <= width ? say`${left}${gap}${aside}` : left;
}

/** Words in lines of the width that a label leaves, at most `most` of them. */
export function wrapped(text: string, most: number): readonly string[] {
	const out: string[] = [];
	let line = '';
	for (const word of text.trim().split(/ +/)) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (longer.length <= width || line === '') line = longer;
		else {
			out.push(line);
			line = word;
		}
	}
	const all = [...out, line];
	const kept = all.length <= most ? all : [...all.slice(0, most - 1), all.slice(most - 1).join(' ')];
	return kept.map(each => cut(each, width));
}

/** The label in front of the first of these lines, and its margin in front of the others. */
export const labelled = (label: string, lines: readonly string[]): readonly string[] =>
	lines.map((line, at) => `${(at === 0 ? label : '').padEnd(margin)}${line}`.trimEnd());

/** As many of the parts, from the front, as go into so many columns whole. */
export function fitting(parts: readonly string[], between: string, within: number): string {
	for (let kept = parts.length; kept > 0; kept--) {
		const text = parts.slice(0, kept).join(between);
		if (text.length <= within || kept === 1) return cut(text, within);
	}
	return '';
}

/** The first line: a state and what is counted, as far as there is room; then local time, zone and how long it took. */
export function headed(state: string, parts: readonly string[], head: {readonly now: number; readonly took: number}): string {
	const right = timeWords(head);
	return justified(
		fitting([`${state.padEnd(margin)}${parts[0] ?? ''}`, ...parts.slice(1)], '  ', columns - right.length - 2),
		right,
	);
}

const two = (of: number): string => String(of).padStart(2, '0');

/** `02:14 CET  0.3 s`: local time, zone, and how long it took in ms. */
function timeWords({now, took}: {readonly now: number; readonly took: number}): string {
	const date = new Date(now);
	return `${two(date.getHours())}:${two(date.getMinutes())} ${zoneName(now)}  ${(took / 1000).toFixed(1)} s`;
}

/** When something was, for a line of its own: `02:09 (5m ago)`. Both in epoch ms. */
export function whenWords(at: number, now: number): SafeText {
	return say`${clockTime(at, now)} (${age(at, now)} ago)`;
}

/** The parts in a sentence: `nuc-1, nuc-2 and nuc-3`. */
export function listed(parts: readonly SafeText[]): SafeText {
	const [last, ...rest] = parts.toReversed();
	if (last === undefined) return own('');
	return rest.length === 0 ? last : say`${own(rest.toReversed().join(', '))} and ${last}`;
}
