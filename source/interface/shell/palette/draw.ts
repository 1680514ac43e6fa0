import type {SafeText} from '../../../vocabulary.ts';
import type {Look} from '../../widgets/look.ts';
import {toWidth, truncate, truncateStart, widthOf, wrap} from '../../widgets/width.ts';
import {windowAt} from '../../widgets/window.ts';
import type {Offer} from './offer.ts';

/** The palette as it is drawn: what was typed, what fits to it, and which of that the cursor is on. */
export type PaletteView = {
	readonly offers: readonly Offer[];
	/** How many there are in all. */
	readonly of: number;
	readonly cursor: number;
	/** The command line of the one under the cursor, or why there is none. */
	readonly command: SafeText;
	/** What is said where nothing fits. */
	readonly none: SafeText;
};

/** Cursor and blank before an offer. */
const gutter = 3;
/** Between what is typed and what it does. */
const gap = 2;
/** Below this it says too little of what it does. */
const leastAbout = 14;

function drawOffer({text, about, not}: Offer, isSelected: boolean, name: number, width: number, look: Look): string {
	const {cursor, ellipsis} = look.glyphs;
	const room = width - gutter - name - gap - 1;
	const begin = ` ${isSelected ? cursor : ' '} `;
	const isNarrow = room < leastAbout;
	const left = begin + toWidth(text, isNarrow ? Math.max(0, width - gutter - 1) : name, ellipsis);
	const right = isNarrow ? ' ' : `${' '.repeat(gap)}${toWidth(not === undefined ? about : `no: ${not}`, room, ellipsis)} `;
	if (isSelected) return look.selected(left + right);
	return not === undefined ? left + look.paint('muted', right) : look.paint('muted', left + right);
}

/** How wide the names are: as wide as those that are seen, as long as there is room to say what they do. */
function nameWidth(offers: readonly Offer[], width: number): number {
	const widest = Math.max(8, ...offers.map(({text}) => widthOf(text)));
	const rest = width - gutter - gap - 1;
	return Math.max(8, Math.min(widest, Math.floor(rest * (width < 60 ? 0.6 : 0.5))));
}

/**
 * The palette as `height` lines of at most `width` columns: what is typed, what fits to it, and below that the command line
 * that does the same.
 */
export function drawPalette(typed: string, view: PaletteView, width: number, height: number, look: Look): readonly string[] {
	const {offers, cursor, command, none} = view;
	const {ellipsis, caret} = look.glyphs;
	const hasCommand = height >= 4;
	const room = Math.max(0, height - (hasCommand ? 2 : 1));
	const {from, to} = windowAt(offers.length, room, 0, cursor);
	const seen = offers.slice(from, to);
	const name = nameWidth(seen, width);
	const list = seen.map((offer, at) => drawOffer(offer, from + at === cursor, name, width, look));
	const said = wrap(none, Math.max(1, width - 2)).map(text => look.paint('muted', ` ${text}`));
	const lines = (list.length === 0 ? said : list).slice(0, room);
	return [
		look.paint('focus', ` :${truncateStart(typed, Math.max(1, width - 4), ellipsis)}${caret}`),
		...lines,
		...Array.from({length: room - lines.length}, () => ''),
		...(hasCommand ? [look.paint('muted', truncate(` ${command}`, width, ellipsis))] : []),
	].slice(0, height);
}
