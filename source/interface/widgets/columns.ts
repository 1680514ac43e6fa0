import type {Column, Row} from '../../vocabulary.ts';
import {widthOf} from './width.ts';

/** A column that is shown: which cell of a row, and how wide. */
export type Track = {readonly column: Column; readonly cell: number; readonly width: number};

/** The columns that fit. `key` is equal exactly when two layouts draw every row the same. */
export type Tracks = {readonly tracks: readonly Track[]; readonly gap: number; readonly key: string};

const widths = new WeakMap<Row, readonly number[]>();

/** The columns each cell of a row takes; remembered, as long as the row lives. */
function cellWidths(row: Row): readonly number[] {
	const before = widths.get(row);
	if (before !== undefined) return before;
	const made = row.cells.map(cell => widthOf(cell.text));
	widths.set(row, made);
	return made;
}

function natural(columns: readonly Column[], rows: readonly Row[]): Track[] {
	const widest = columns.map(column => widthOf(column.title));
	for (const row of rows) {
		const cells = cellWidths(row);
		const indent = row.under === undefined ? 0 : 2;
		for (let at = 0; at < widest.length; at++) {
			const width = (cells[at] ?? 0) + (at === 0 ? indent : 0);
			if (width > (widest[at] ?? 0)) widest[at] = width;
		}
	}
	return columns.map((column, cell) => {
		const width = Math.max(widest[cell] ?? 0, column.min ?? 0);
		return {column, cell, width: Math.min(width, column.max ?? width)};
	});
}

/** Whether a column says anything in these rows: its title alone would take room for nothing. */
const saysSomething =
	(rows: readonly Row[]) =>
	({column, cell}: Track): boolean =>
		column.priority === 0 || rows.length === 0 || rows.some(row => row.cells[cell]?.text);

const total = (tracks: readonly Track[], gap: number): number =>
	tracks.reduce((sum, {width}) => sum + width, 0) + gap * Math.max(0, tracks.length - 1);

const resized = (tracks: readonly Track[], which: Track | undefined, by: number): Track[] =>
	tracks.map(track => (track === which ? {...track, width: track.width + by} : track));

/** How far a column may grow beyond its content: cells of one row must not drift out of sight of each other. */
const furthest = 12;

/** Below this a growing column says too little: rather another column goes. */
const comfortable = 12;

/** Narrows the growing column as far as is needed, and as it still says something. */
function squeeze(tracks: readonly Track[], excess: number): Track[] {
	const growing = tracks.find(({column}) => column.grow);
	if (growing === undefined || excess <= 0) return [...tracks];
	const least = Math.max(growing.column.min ?? 0, comfortable);
	return resized(tracks, growing, -Math.min(excess, Math.max(0, growing.width - least)));
}

/** Takes columns away, least wanted first, until the rest fits; what always stays is narrowed, widest first. */
function drop(tracks: readonly Track[], width: number, gap: number): Track[] {
	let left = [...tracks];
	while (total(left, gap) > width) {
		const least = left.reduce((found, track) => (track.column.priority >= found.column.priority ? track : found));
		if (least.column.priority === 0) return narrow(left, width, gap);
		left = left.filter(track => track !== least);
	}
	return left;
}

function narrow(tracks: readonly Track[], width: number, gap: number): Track[] {
	let left = [...tracks];
	while (left.length > 1 && total(left, gap) > width) {
		const widest = left.reduce((found, track) => (track.width > found.width ? track : found));
		const by = Math.min(total(left, gap) - width, Math.max(0, widest.width - 4));
		left = by === 0 ? left.slice(0, -1) : resized(left, widest, -by);
	}
	return left.map(track => ({...track, width: Math.min(track.width, Math.max(0, width))}));
}

/**
 * Decides which columns are shown in `width` columns of the terminal, and how wide: by content between `min` and `max`;
 * where that is too much the growing column shrinks first, then columns go by priority. What is left over it gets back.
 */
export function layColumns(columns: readonly Column[], rows: readonly Row[], width: number): Tracks {
	const wanted = natural(columns, rows).filter(saysSomething(rows));
	const narrowest = total(wanted, 2) <= width ? 2 : 1;
	const fitting = drop(squeeze(wanted, total(wanted, narrowest) - width), width, narrowest);
	const gap = total(fitting, 2) <= width ? 2 : 1;
	const spare = width - total(fitting, gap);
	const growing = fitting.find(({column}) => column.grow);
	const tracks = resized(fitting, growing, Math.max(0, Math.min(spare, furthest)));
	return {tracks, gap, key: `${gap}:${tracks.map(({cell, width: wide}) => `${cell}=${wide}`).join()}`};
}
