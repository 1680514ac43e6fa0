import type {Look} from './look.ts';
import type {Role} from './theme.ts';
import {truncate, widthOf} from './width.ts';

/** Text as it is painted, and the columns it takes: what is on a line beside other things. */
export type Piece = {readonly text: string; readonly width: number};

export const nothing: Piece = {text: '', width: 0};

/** A piece of one colour, cut to at most `most` columns. */
export function piece(look: Look, role: Role, text: string, most = Number.POSITIVE_INFINITY): Piece {
	const cut = Number.isFinite(most) ? truncate(text, most, look.glyphs.ellipsis) : text;
	return {text: look.paint(role, cut), width: widthOf(cut)};
}

/** The pieces side by side, with `between` between those that are not empty. */
export function beside(pieces: readonly Piece[], between = ''): Piece {
	const shown = pieces.filter(({width}) => width > 0);
	return {
		text: shown.map(({text}) => text).join(between),
		width: shown.reduce((sum, {width}) => sum + width, 0) + Math.max(0, shown.length - 1) * between.length,
	};
}

/** How much lies above and below what is shown: `↑2 more ↓14 more`; nothing when that is all. */
export function hidden(look: Look, above: number, below: number): Piece {
	const {up, down} = look.glyphs;
	return piece(
		look,
		'muted',
		[above > 0 ? `${up}${above} more` : '', below > 0 ? `${down}${below} more` : ''].filter(Boolean).join(' '),
	);
}

/** One line of exactly `width` columns: `left` at its start and `right` at its end, as far as there is room for both. */
export function spread(left: Piece, right: Piece, width: number): string {
	const room = width - left.width - right.width;
	if (room < 1 && right.width > 0) return spread(left, nothing, width);
	return room < 0 ? ' '.repeat(width) : left.text + ' '.repeat(room) + right.text;
}
