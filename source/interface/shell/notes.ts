import {type Note, say} from '../../vocabulary.ts';
import type {Look} from '../widgets/look.ts';
import {roleOf} from '../widgets/theme.ts';
import {toWidth} from '../widgets/width.ts';
import type {Picture} from './model.ts';

/** The notes about the whole cluster: the connection first, when there is none. */
export function notesOf({line, notes}: Picture): readonly Note[] {
	if (line.is === 'up' || line.why === undefined) return notes;
	if (line.is === 'connecting') return [{health: 'idle', text: line.why}, ...notes];
	return [{health: 'bad', text: say`no connection to the API server: ${line.why}`}, ...notes];
}

/** How many lines notes may take on a screen of so many rows. */
export function noteRoom(rows: number): number {
	return rows >= 28 ? 2 : rows >= 12 ? 1 : 0;
}

/** The first notes, one line each, `columns` wide; the last line says how many more there are and where. */
export function drawNotes(look: Look, columns: number, notes: readonly Note[], most: number): readonly string[] {
	return notes.slice(0, most).map(({health, text}, at) => {
		const more = at === most - 1 && notes.length > most ? ` +${notes.length - most} more, see ?` : '';
		const room = Math.max(0, columns - 3 - more.length);
		return ` ${look.sign(health)} ${look.paint(roleOf(health), toWidth(text, room, look.glyphs.ellipsis))}${more}`;
	});
}
