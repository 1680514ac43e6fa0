import {type PaneId, paneIds, type ViewId} from '../../vocabulary.ts';
import {isWhole} from './state.ts';

/** What the terminal's size is, in columns and rows; at least 1 × 1. */
export type Size = {readonly columns: number; readonly rows: number};

/** A pane and where it stands. Side by side only in the order of `Band.blocks`. */
export type Block = {readonly pane: ViewId; readonly width: number};

/** Panes of one height side by side. */
export type Band = {readonly height: number; readonly framed: boolean; readonly blocks: readonly Block[]};

/** The whole screen from top to bottom: header, incidents, strip, bands, footer; their heights add up to the rows of the terminal. */
export type Layout = {
	readonly header: boolean;
	/** Lines of the band of incidents. */
	readonly incidents: number;
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

/** How many lines the band of incidents may take on a screen of so many rows. */
export function incidentRoom(rows: number): number {
	if (rows < 8) return rows < 6 ? 0 : 1;
	return Math.max(2, Math.min(8, Math.floor(rows / 4)));
}

function split(columns: number, panes: readonly PaneId[]): Block[] {
	const width = Math.floor(columns / panes.length);
	const first = columns - width * (panes.length - 1);
	return panes.map((pane, at) => ({pane, width: at === 0 ? first : width}));
}

/** What is looked at: the view, the pane beside the incidents where only one fits, and whether one view is to be alone. */
export type Looking = {readonly focus: ViewId; readonly home?: ViewId; readonly alone?: boolean};

/** Lines that are taken already: notes, and what the incidents want. */
export type Taken = {readonly notes?: number; readonly incidents?: number};

/**
 * Arranges the panes for a size: what is wrong, then a grid where there is room, all below each other on a tall narrow
 * terminal, else the focused one alone with a strip that sums up the others. `alone` asks for one view whatever the room.
 */
export function layOut({columns, rows}: Size, looking: Looking, {notes = 0, incidents: wanted = 0}: Taken = {}): Layout {
	const {focus, home = 'nodes', alone = false} = looking;
	const whole = alone || isWhole(focus) || (focus === 'incidents' && wanted === 0);
	const header = rows >= least.header;
	const footer = rows >= least.footer;
	const incidents = whole ? 0 : Math.min(wanted, incidentRoom(rows));
	const between = rows - Number(header) - Number(footer) - notes - incidents;
	if (!whole && columns >= 100 && rows >= 28) {
		const heights = bandHeights(between, grid.length, true);
		const bands = grid.map((panes, at) => ({height: heights[at] ?? 0, framed: true, blocks: split(columns, panes)}));
		return {header, incidents, footer, strip: false, bands};
	}
	if (!whole && rows >= 42 && columns >= least.frameColumns) {
		const heights = bandHeights(between, paneIds.length, false);
		const bands = paneIds.map((pane, at) => ({height: heights[at] ?? 0, framed: true, blocks: [{pane, width: columns}]}));
		return {header, incidents, footer, strip: false, bands};
	}
	const pane = focus === 'incidents' && !whole ? (home === 'incidents' ? 'nodes' : home) : focus;
	const strip = rows >= least.strip;
	const height = between - Number(strip);
	const framed = height >= least.frame && columns >= least.frameColumns;
	return {header, incidents, footer, strip, bands: [{height, framed, blocks: [{pane, width: columns}]}]};
}
