import {memoised, type Note, say} from '../../vocabulary.ts';
import type {Look} from '../widgets/look.ts';
import {roleOf} from '../widgets/theme.ts';
import {toWidth} from '../widgets/width.ts';
import type {Picture} from './model.ts';

/** The notes about the whole cluster: the connection first, when there is none. The same list for the same picture. */
export const notesOf: (picture: Picture) => readonly Note[] = memoised(({line, notes}: Picture) => {
	if (line.is === 'up' || line.why === undefined) return notes;
	if (line.is === 'connecting') return [{health: 'idle', text: line.why}, ...notes];
	return [{health: 'bad', text: say`no connection to the API server: ${line.why}`}, ...notes];
});

/** How many lines notes may take on a screen of so many rows. */
export function noteRoom(rows: number): number {
	return rows >= 28 ? 2 : rows >= 12 ? 1 : 0;
}

/** The first notes, one line each, `columns` wide; the last line says how many more there are and where. */
export function drawNotes(look: Look, columns: number, notes: readonly Note[], most: number): readonly string[] {
	return notes.slice(0, most).map(({health, text}, at) => {
		const rest = at === most - 1 ? notes.length - most : 0;
		const more = rest === 0 || columns < 40 ? '' : ` +${rest} more, see ?`;
		const room = columns - 3 - more.length;
		if (room < 1) return ' '.repeat(columns);
		return ` ${look.sign(health)} ${look.paint(roleOf(health), toWidth(text, room, look.glyphs.ellipsis))}${more}`;
	});
}
