import {type PaneId, paneIds} from '../../vocabulary.ts';

/** What the terminal's size is, in columns and rows; at least 1 × 1. */
export type Size = {readonly columns: number; readonly rows: number};

/** A pane and where it stands. Side by side only in the order of `Band.blocks`. */
export type Block = {readonly pane: PaneId; readonly width: number};

/** Panes of one height side by side. */
export type Band = {readonly height: number; readonly framed: boolean; readonly blocks: readonly Block[]};

/** The whole screen from top to bottom: header, strip, bands, footer; their heights add up to the rows of the terminal. */
export type Layout = {
	readonly header: boolean;
	/** One line that sums up all panes, where not all are on screen. */
	readonly strip: boolean;
	readonly bands: readonly Band[];
	readonly footer: boolean;
};

/** What is above and below the panes takes lines from these on. */
const least = {header: 2, footer: 5, strip: 10, frame: 6, frameColumns: 16};

const grid: ReadonlyArray<readonly PaneId[]> = [['nodes', 'storage'], ['bgp', 'backups'], ['gpu']];

/** The first bands get more of what does not divide evenly, and the last (one device per line) a little less of all. */
function bandHeights(rows: number, count: number, shrinkLast: boolean): number[] {
	const last = shrinkLast ? Math.floor(rows / count) - Math.floor(rows / 12) : Math.floor(rows / count);
	const others = rows - last;
	return Array.from({length: count}, (_, at) =>
		at === count - 1 ? last : Math.floor(others / (count - 1)) + (at < others % (count - 1) ? 1 : 0),
	);
}

function split(columns: number, panes: readonly PaneId[]): Block[] {
	const width = Math.floor(columns / panes.length);
	const first = columns - width * (panes.length - 1);
	return panes.map((pane, at) => ({pane, width: at === 0 ? first : width}));
}

/**
 * Arranges the panes for a size: a grid where there is room, all below each other on a tall narrow terminal, else the
 * focused one alone with a strip that sums up the others. `alone` asks for one pane whatever the room.
 */
export function layOut({columns, rows}: Size, focus: PaneId, alone = false, notes = 0): Layout {
	const header = rows >= least.header;
	const footer = rows >= least.footer;
	const between = rows - Number(header) - Number(footer) - notes;
	if (!alone && columns >= 100 && rows >= 28) {
		const heights = bandHeights(between, grid.length, true);
		const bands = grid.map((panes, at) => ({height: heights[at] ?? 0, framed: true, blocks: split(columns, panes)}));
		return {header, footer, strip: false, bands};
	}
	if (!alone && rows >= 42 && columns >= least.frameColumns) {
		const heights = bandHeights(between, paneIds.length, false);
		const bands = paneIds.map((pane, at) => ({height: heights[at] ?? 0, framed: true, blocks: [{pane, width: columns}]}));
		return {header, footer, strip: false, bands};
	}
	const strip = rows >= least.strip;
	const height = between - Number(strip);
	const framed = height >= least.frame && columns >= least.frameColumns;
	return {header, footer, strip, bands: [{height, framed, blocks: [{pane: focus, width: columns}]}]};
}
