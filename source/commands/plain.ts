import {paneTitles} from '../interface/shell/model.ts';
import {toAscii} from '../interface/widgets/ascii.ts';
import {ascii, type Glyphs, unicode} from '../interface/widgets/glyphs.ts';
import {stateWords} from '../interface/widgets/source-state.ts';
import {onlyAscii} from '../interface/widgets/terminal-kind.ts';
import {toWidth, widthOf} from '../interface/widgets/width.ts';
import type {PaneView, Row, SafeText, ViewId} from '../vocabulary.ts';
import type {Arguments} from './arguments.ts';
import type {Head} from './once.ts';

const signOf = ({health, under}: Row, glyphs: Glyphs): string =>
	`${under === undefined ? '' : `${glyphs.child} `}${glyphs.health[health]}`;

/** Rows as lines, every column as wide as it needs to be. */
function tableLines({columns, rows}: PaneView, glyphs: Glyphs): readonly string[] {
	const texts = rows.map(({cells}) => columns.map((_, at) => cells[at]?.text ?? ''));
	const widths = columns.map(({title}, at) => Math.max(widthOf(title), ...texts.map(row => widthOf(row[at] ?? ''))));
	const line = (cells: readonly string[]) =>
		cells
			.map((cell, at) => toWidth(cell, widths[at] ?? 0, glyphs.ellipsis, columns[at]?.align))
			.join('  ')
			.trimEnd();
	return [
		`  ${line(columns.map(({title}) => title))}`,
		...rows.map((row, at) => `${signOf(row, glyphs)} ${line(texts[at] ?? [])}`),
	];
}

/** The rows; what is said instead where there are none, if that is known. */
function bodyLines(view: PaneView, glyphs: Glyphs): readonly string[] {
	if (view.rows.length > 0) return tableLines(view, glyphs);
	return view.state.is === 'live' || view.state.is === 'polled' ? [`  ${view.empty}`] : [];
}

/** A table as plain text: its title, what could not be seen, its rows. `now` is epoch ms. */
export function plainTable(name: string, view: PaneView, glyphs: Glyphs, now: number): string {
	const {badge, sentence} = stateWords(view.state, now);
	const title = [name, view.summary, badge ?? ''].filter(part => part !== '').join(` ${glyphs.dot} `);
	const notes = view.notes.map(({health, text}) => `${glyphs.health[health]} ${text}`);
	return [title, ...(sentence === undefined ? [] : [`  ${sentence}`]), ...notes, ...bodyLines(view, glyphs)].join('\n');
}

/** One of the views as plain text. */
export function plainView(id: ViewId, view: PaneView, glyphs: Glyphs, now: number): string {
	return plainTable(paneTitles[id], view, glyphs, now);
}

/** The incidents as plain text, below each what proves it, as `proofs` has it by the key of the row. */
export function plainIncidents(view: PaneView, proofs: ReadonlyMap<string, readonly SafeText[]>, glyphs: Glyphs): string {
	const title = [paneTitles.incidents, view.summary].filter(part => part !== '').join(` ${glyphs.dot} `);
	const notes = view.notes.map(({health, text}) => `${glyphs.health[health]} ${text}`);
	const rows = view.rows.flatMap(row => [
		`${signOf(row, glyphs)} ${row.cells[0]?.text ?? ''}`,
		...(proofs.get(row.key) ?? []).map(line => `    ${line}`),
	]);
	return [title, ...notes, ...(rows.length === 0 ? [`  ${view.empty}`] : rows)].join('\n');
}

/** The signs that stdout is to be given. */
export function glyphsFor({ascii: asked}: Arguments['flags']): Glyphs {
	return asked === true || onlyAscii(process.env) ? ascii : unicode;
}

/** The first line of what is printed of a cluster. */
export function headLine({context, server, time, demo}: Head, {dot}: Glyphs): string {
	return ['midwatch', context, server, time, ...(demo ? ['DEMO'] : [])].join(` ${dot} `);
}

/** What could not be seen, a line each under a title; nothing where all was seen. */
export function blindLines(blind: readonly string[], {health: {unknown}}: Glyphs): readonly string[] {
	return blind.length === 0 ? [] : [['Could not be seen', ...blind.map(line => `${unknown} ${line}`)].join('\n')];
}

/** Parts below each other with a blank line between them, in the characters of the signs. */
export function plainText(parts: readonly string[], glyphs: Glyphs): string {
	const whole = `${parts.join('\n\n')}\n`;
	return glyphs === ascii ? toAscii(whole) : whole;
}
