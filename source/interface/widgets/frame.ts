import type {Look} from './look.ts';
import type {Piece} from './piece.ts';

/** The upper edge of a box with its title at the left and its summary at the right, or the lower edge. */
export function edge(look: Look, width: number, which: 'top' | 'bottom', focused: boolean, left: Piece, right: Piece): string {
	const {corners, across} = focused ? look.glyphs.focused : look.glyphs.border;
	const [start, end] = which === 'top' ? [corners[0], corners[1]] : [corners[3], corners[2]];
	const role = focused ? 'focus' : 'border';
	const rightWidth = right.width > 0 && left.width + right.width + 8 <= width ? right.width + 3 : 0;
	const leftWidth = left.width > 0 && left.width + 5 <= width ? left.width + 3 : 0;
	const opening = leftWidth > 0 ? `${look.paint(role, start)} ${left.text} ` : look.paint(role, start + across);
	const rule = across.repeat(Math.max(0, width - (leftWidth || 2) - (rightWidth || 2)));
	const closing =
		rightWidth > 0 ? `${look.paint(role, rule)} ${right.text} ${look.paint(role, end)}` : look.paint(role, rule + across + end);
	return opening + closing;
}

/** A line between the two sides of a box; `inner` is `width - 2` columns wide. */
export function between(look: Look, focused: boolean, inner: string): string {
	const side = focused ? look.paint('focus', look.glyphs.focused.down) : look.paint('border', look.glyphs.border.down);
	return side + inner + side;
}
