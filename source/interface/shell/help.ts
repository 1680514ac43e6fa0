import type {Note} from '../../vocabulary.ts';
import type {HelpRow} from '../widgets/help-table.tsx';
import {widthOf, wrap} from '../widgets/width.ts';
import type {Entry} from './keymap.ts';

/** The part of the help that is on screen: `height` lines, the first of them the title. */
export type HelpPage = {
	readonly rows: readonly HelpRow[];
	/** How many rows are hidden above and below these. */
	readonly above: number;
	readonly below: number;
	/** The last row a page can begin with. */
	readonly last: number;
	readonly width: number;
	readonly height: number;
};

/** Around the cells of a row: a blank on either side of both. */
const padding = 4;

/** The help as rows of two columns, no wider than `width`; below the keys, all that could not be seen. */
export function helpRows(entries: readonly Entry[], width: number, notes: readonly Note[]): readonly HelpRow[] {
	const named = entries.map(({keys, does}) => [keys.join(' '), does] as const);
	const widest = Math.max(...named.map(([keys]) => widthOf(keys)));
	const keyWidth = Math.max(3, Math.min(widest, Math.floor(width / 3)));
	const textWidth = Math.max(4, width - keyWidth - padding);
	const all = [...named, ...(notes.length === 0 ? [] : [['', ''] as const]), ...notes.map(({text}) => ['notes', text] as const)];
	return all.flatMap(([keys, does]) => {
		const left = wrap(keys, keyWidth);
		const right = wrap(does, textWidth);
		return Array.from({length: Math.max(left.length, right.length)}, (_, at) => ({keys: left[at] ?? '', does: right[at] ?? ''}));
	});
}

/** The page that begins at row `top`. One line is the title, one the headings. */
export function helpPage(rows: readonly HelpRow[], top: number, width: number, height: number): HelpPage {
	const room = Math.max(0, height - 2);
	const last = Math.max(0, rows.length - room);
	const from = Math.min(top, last);
	const shown = rows.slice(from, from + room);
	return {rows: shown, above: from, below: rows.length - from - shown.length, last, width, height};
}
