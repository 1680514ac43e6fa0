import type {Row} from '../../vocabulary.ts';
import type {Tracks} from './columns.ts';
import type {Look} from './look.ts';
import {roleOf} from './theme.ts';
import {toWidth, widthOf} from './width.ts';

/** `selected` is under the cursor of the focused pane; `stale` rows are what was known last. */
export type RowMode = 'plain' | 'selected' | 'stale';

type Drawn = {
	readonly tracks: string;
	readonly look: Look;
	readonly mode: RowMode;
	readonly picked: boolean;
	readonly width: number;
	readonly line: string;
};

const drawn = new WeakMap<Row, Drawn>();

/** The columns left of the first cell (cursor, sign, blank), and the blank at the end of a row. */
export const gutter = 3;
export const margin = 1;

/** One row of a table, exactly `width` columns wide; remembered, as long as the row lives and looks the same. */
export function drawRow(row: Row, tracks: Tracks, width: number, look: Look, mode: RowMode, picked = false): string {
	const before = drawn.get(row);
	const isSame = before?.tracks === tracks.key && before.look === look && before.mode === mode && before.picked === picked;
	if (isSame && before.width === width) return before.line;
	const line = draw(row, tracks, width, look, mode, picked);
	drawn.set(row, {tracks: tracks.key, look, mode, picked, width, line});
	return line;
}

function draw(row: Row, tracks: Tracks, width: number, look: Look, mode: RowMode, picked: boolean): string {
	const {glyphs} = look;
	const cells = tracks.tracks.map(track => {
		const cell = row.cells[track.cell];
		const indent = track.cell === 0 && row.under !== undefined ? `${glyphs.child} ` : '';
		const text = toWidth(indent + (cell?.text ?? ''), track.width, glyphs.ellipsis, track.column.align);
		return mode === 'plain' && cell?.health !== undefined ? paintText(look, roleOf(cell.health), text) : text;
	});
	const used = tracks.tracks.reduce((sum, track) => sum + track.width, 0) + tracks.gap * Math.max(0, tracks.tracks.length - 1);
	const mark = picked ? glyphs.picked : ' ';
	const rest = mark + cells.join(' '.repeat(tracks.gap)) + ' '.repeat(Math.max(0, width - gutter - used));
	if (width < gutter) return ' '.repeat(width);
	if (mode === 'selected') return look.selected(`${glyphs.cursor}${glyphs.health[row.health]}${rest}`);
	return mode === 'stale' ? ` ${look.paint('muted', `${glyphs.health[row.health]}${rest}`)}` : ` ${look.sign(row.health)}${rest}`;
}

/** Colours the text but not the blanks around it: they would be written for nothing. */
function paintText(look: Look, role: Parameters<Look['paint']>[0], text: string): string {
	const start = text.length - text.trimStart().length;
	const word = text.trim();
	return word === '' ? text : text.slice(0, start) + look.paint(role, word) + text.slice(start + word.length);
}

/** The line of titles above the rows. */
export function drawTitles(tracks: Tracks, width: number, look: Look, sortedBy?: string): string {
	const titles = tracks.tracks.map(({column, width: wide}) =>
		toWidth(
			column.id === sortedBy ? `${column.title}${look.glyphs.down}` : column.title,
			wide,
			look.glyphs.ellipsis,
			column.align,
		),
	);
	const line = ' '.repeat(gutter) + titles.join(' '.repeat(tracks.gap));
	return look.paint('muted', line.slice(0, width)) + ' '.repeat(Math.max(0, width - widthOf(line)));
}
