import type {Look} from '../widgets/look.ts';
import {beside, nothing, type Piece, piece, spread} from '../widgets/piece.ts';
import {toWidth, truncateStart, wrap} from '../widgets/width.ts';
import type {Entry, Place} from './keymap.ts';
import type {Message} from './state.ts';

/** `j k`, `1-5`: the first key of each command. */
function keysOf({keys, commands}: Entry): string {
	const first = keys.filter((_, at) => commands.indexOf(commands[at] ?? 'help') === at);
	const [from = '', ...rest] = first;
	return rest.length > 2 ? `${from}-${rest.at(-1)}` : first.join(' ');
}

function hintOf(look: Look, entry: Entry): Piece {
	return beside([piece(look, 'focus', keysOf(entry)), piece(look, 'muted', entry.hint?.text ?? '')], ' ');
}

/** The keys that matter most here, as many as fit. */
export function drawHints(look: Look, columns: number, place: Place, entries: readonly Entry[]): string {
	let hinted = entries.filter(({hint}) => hint?.at.includes(place));
	for (; hinted.length > 0; hinted = withoutLeast(hinted)) {
		const line = beside(
			hinted.map(entry => hintOf(look, entry)),
			'  ',
		);
		if (line.width + 2 <= columns) return spread({text: ` ${line.text}`, width: line.width + 1}, nothing, columns);
	}
	return ' '.repeat(columns);
}

function withoutLeast(entries: readonly Entry[]): Entry[] {
	const least = entries.reduce((found, entry) => ((entry.hint?.rank ?? 0) >= (found.hint?.rank ?? 0) ? entry : found));
	return entries.filter(entry => entry !== least);
}

/** The line a filter is typed on. */
export function drawFilter(look: Look, columns: number, filter: string, shown: number, all: number): string {
	const right = piece(look, 'muted', `${shown} of ${all}  enter keep  esc undo `);
	const room = columns - 4 - (right.width + 12 < columns ? right.width : 0);
	// The end of a long text is what is being typed.
	const seen = truncateStart(filter, room, look.glyphs.ellipsis);
	return spread(piece(look, 'focus', ` /${seen}${look.glyphs.caret}`), right, columns);
}

/** The line a note is typed on. */
export function drawNote(look: Look, columns: number, question: string, text: string): string {
	return drawAnswer(look, columns, [question, ''], text, 'enter keep  esc undo ');
}

/** The line an answer is typed on, below the longest of the questions that leaves room for it. */
export function drawAnswer(look: Look, columns: number, questions: readonly string[], text: string, keys: string): string {
	const right = piece(look, 'muted', keys);
	const ask = questions.find(question => columns > question.length + 30) ?? questions.at(-1) ?? '';
	const room = columns - 3 - ask.length - (right.width + 12 < columns - ask.length ? right.width : 0);
	const seen = truncateStart(text, Math.max(1, room), look.glyphs.ellipsis);
	return spread(piece(look, 'focus', ` ${ask}${seen}${look.glyphs.caret}`, columns), right, columns);
}

/** A message, on as many lines as it needs up to `most`; commands are printed whole where they fit. */
export function drawMessage(look: Look, columns: number, {health, text}: Message, most: number): readonly string[] {
	const width = Math.max(1, columns - 3);
	return wrap(text, width)
		.slice(0, most)
		.map((line, at) => ` ${at === 0 ? look.sign(health) : ' '} ${toWidth(line, width, look.glyphs.ellipsis)}`)
		.map(line => (columns < 4 ? ' '.repeat(columns) : line));
}
