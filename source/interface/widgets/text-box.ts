import type {Detail} from '../../vocabulary.ts';
import {between, edge} from './frame.ts';
import type {Look} from './look.ts';
import {hidden, nothing} from './piece.ts';
import {roleOf} from './theme.ts';
import {toWidth, truncate, widthOf, wrap} from './width.ts';

type Section = Detail['sections'][number];

/** One section: its labels in a column of their own, as wide as they need and no wider than two fifths. */
function sectionLines({title, lines}: Section, width: number, look: Look): readonly string[] {
	const widest = Math.max(0, ...lines.map(({label}) => widthOf(label)));
	const labelWidth = Math.min(widest, Math.floor((width * 2) / 5));
	const gap = labelWidth === 0 ? '' : '  ';
	const room = Math.max(1, width - labelWidth - gap.length - 2);
	return [
		` ${look.strong(truncate(title, width - 1, look.glyphs.ellipsis))}`,
		...lines.flatMap(({label, value, health}) =>
			wrap(value, room).map((part, row) => {
				const name = toWidth(row === 0 ? label : '', labelWidth, look.glyphs.ellipsis);
				return `  ${look.paint('muted', name)}${gap}${look.paint(health === undefined ? 'text' : roleOf(health), part)}`;
			}),
		),
	];
}

/** The lines of a detail at a width: titles of sections, then labels and values; long values go on below themselves. */
export function detailLines({sections}: Detail, width: number, look: Look): readonly string[] {
	return sections.flatMap((section, at) => [...(at === 0 ? [] : ['']), ...sectionLines(section, width, look)]);
}

/** How far text in a box can be moved: the first line on screen at most. */
export function lastTop(lines: number, height: number): number {
	return Math.max(0, lines - Math.max(0, height - 2));
}

const escapes = /\u001b\[[\d;]*m/g;

/** Narrower or lower than this a frame takes more than it gives. */
const least = {width: 12, height: 4};

/** What is left for text in a box: without room for a frame, a title takes a line. */
export function roomInBox(
	width: number,
	height: number,
): {readonly framed: boolean; readonly width: number; readonly height: number} {
	const framed = width >= least.width && height >= least.height;
	return {framed, width: framed ? width - 2 : width, height: Math.max(0, framed ? height - 2 : height - 1)};
}

/** Text in a frame, from line `top` on; `height` lines of `width` columns. */
export function drawTextBox(
	title: string,
	lines: readonly string[],
	top: number,
	width: number,
	height: number,
	look: Look,
): readonly string[] {
	const {framed, width: inner, height: room} = roomInBox(width, height);
	const from = Math.min(top, lastTop(lines.length, height));
	const shown = lines.slice(from, from + room);
	const filled = [...shown, ...Array.from({length: room - shown.length}, () => '')].map(line => padStyled(line, inner));
	if (!framed) return [toWidth(title, width, look.glyphs.ellipsis), ...filled].slice(0, height);
	const name = truncate(title, width - 6, look.glyphs.ellipsis);
	return [
		edge(look, width, 'top', true, {text: look.strong(look.paint('focus', name)), width: widthOf(name)}, nothing),
		...filled.map(line => between(look, true, line)),
		edge(look, width, 'bottom', true, nothing, hidden(look, from, lines.length - from - shown.length)),
	];
}

/** A line with styles in it, padded; one that is too long loses its styles with its end. */
function padStyled(line: string, width: number): string {
	const text = line.replaceAll(escapes, '');
	const blank = width - widthOf(text);
	return blank < 0 ? toWidth(text, width, '') : line + ' '.repeat(blank);
}
