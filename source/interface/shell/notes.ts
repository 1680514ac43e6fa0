import {type Health, memoised, type Note, say} from '../../vocabulary.ts';
import type {Look} from '../widgets/look.ts';
import {roleOf} from '../widgets/theme.ts';
import {toWidth, wrap} from '../widgets/width.ts';
import type {Picture} from './model.ts';

/** The notes about the whole cluster: the connection first, when there is none. The same list for the same picture. */
export const notesOf: (picture: Picture) => readonly Note[] = memoised(({line, outage, notes}: Picture) => {
	if (line.is === 'up' || line.why === undefined) return notes;
	const first: Note =
		line.is === 'connecting' && outage.length === 0
			? {health: 'idle', text: line.why}
			: {health: 'bad', text: say`no connection to the API server: ${line.why}`};
	return [first, ...outage, ...notes];
});

/** One line of the notes; the first of a note has its sign, the last of all says how many more there are. */
export type NoteLine = {readonly health: Health; readonly text: string; readonly isFirst: boolean; readonly more: string};

const sign = 3;

/** How many lines notes may take on a screen of so many rows: while the API server is gone, they are what there is to read. */
function noteRoom(rows: number, isOut: boolean): number {
	if (isOut && rows >= 12) return Math.min(9, Math.floor(rows / 3));
	return rows >= 28 ? 2 : rows >= 12 ? 1 : 0;
}

/**
 * The notes as lines of a screen: one each, the last with how many more there are and where; an outage is told to the end of
 * its sentences.
 */
export function noteLines(picture: Picture, columns: number, rows: number): readonly NoteLine[] {
	const notes = notesOf(picture);
	const isOut = picture.outage.length > 0;
	const most = noteRoom(rows, isOut);
	const whole = notes.flatMap(({health, text}) => {
		const lines = isOut ? wrap(text, Math.max(1, columns - sign)) : [text];
		return lines.map((line, at) => ({health, text: line, isFirst: at === 0, more: ''}));
	});
	const shown = whole.slice(0, most);
	const rest = notes.length - shown.filter(({isFirst}) => isFirst).length;
	const last = shown.at(-1);
	if (last === undefined || rest === 0 || columns < 40) return shown;
	return [...shown.slice(0, -1), {...last, more: ` +${rest} more, see ?`}];
}

/** The lines of the notes, each `columns` wide. */
export function drawNotes(look: Look, columns: number, lines: readonly NoteLine[]): readonly string[] {
	return lines.map(({health, text, isFirst, more}) => {
		const room = columns - sign - more.length;
		if (room < 1) return ' '.repeat(columns);
		const begin = isFirst ? look.sign(health) : ' ';
		return ` ${begin} ${look.paint(roleOf(health), toWidth(text, room, look.glyphs.ellipsis))}${more}`;
	});
}
