import type {ViewId} from '../../vocabulary.ts';
import type {Look} from '../widgets/look.ts';
import {beside, nothing, type Piece, piece, spread} from '../widgets/piece.ts';
import {roleOf} from '../widgets/theme.ts';
import {paneTitles} from './model.ts';
import type {Tally} from './verdict.ts';

function countsOf(look: Look, tally: Tally): Piece {
	const counts = (['bad', 'warn', 'unknown'] as const)
		.filter(health => tally[health] > 0)
		.map(health => piece(look, roleOf(health), `${look.glyphs.health[health]}${tally[health]}`));
	return beside(counts, ' ');
}

function conditionOf(look: Look, tally: Tally, words: boolean): Piece {
	const counts = countsOf(look, tally);
	const {state} = tally;
	if (state === undefined) return counts.width > 0 ? counts : {text: look.sign('ok'), width: 1};
	const health = state === 'loading' || state === 'not installed' ? 'idle' : 'unknown';
	const word = words ? piece(look, roleOf(health), state) : {text: look.sign(health), width: 1};
	return beside([counts, word], ' ');
}

/** One line that sums up all panes: number, name and what is wrong in each; names get shorter, then go, where room is short. */
export function drawStrip(look: Look, columns: number, tallies: readonly Tally[], focus: ViewId): string {
	const variants = [(title: string) => title, (title: string) => title.split(' ')[0] ?? title, () => ''].flatMap(short =>
		[true, false].map(words => ({short, words})),
	);
	for (const {short, words} of variants) {
		const pieces = tallies.map((tally, at) => {
			const name = `${at + 1}${tally.pane === focus ? look.glyphs.cursor : ' '}${short(paneTitles[tally.pane])}`.trimEnd();
			const title = piece(look, tally.pane === focus ? 'focus' : 'text', name);
			const strong = tally.pane === focus ? {...title, text: look.strong(title.text)} : title;
			return beside([strong, conditionOf(look, tally, words)], ' ');
		});
		const line = beside(pieces, '  ');
		if (line.width + 1 <= columns) return spread({text: ` ${line.text}`, width: line.width + 1}, nothing, columns);
	}
	return ' '.repeat(columns);
}
