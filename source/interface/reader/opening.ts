import {type Health, type PaneView, paneIds, type Row, type ViewId} from '../../vocabulary.ts';
import {freshness} from '../shell/header.ts';
import {topLevel} from '../shell/incident-band.ts';
import {type Picture, paneTitles} from '../shell/model.ts';
import {notesOf} from '../shell/notes.ts';
import {tally, verdict} from '../shell/verdict.ts';
import {stateWords} from '../widgets/source-state.ts';
import {healthWord, rowSentence} from './row.ts';
import {sentence, spoken} from './spoken.ts';

/** How many rows of one kind are named in the sentence of a pane. */
const most = 4;

/** `bad: nuc-2, nuc-3`, by the first column; the healths that somebody has to know of. */
function namedRows(id: ViewId, rows: readonly Row[]): readonly string[] {
	const wanted: readonly Health[] = ['bad', 'warn', 'unknown'];
	return wanted.flatMap(health => {
		const names = topLevel(rows)
			.filter(row => row.health === health)
			.map(({cells}) => cells[0]?.text ?? '');
		if (names.length === 0) return [];
		const rest = names.length > most ? ` and ${names.length - most} more` : '';
		return [`${healthWord(id, health)}: ${names.slice(0, most).join(', ')}${rest}`];
	});
}

/** A pane in one sentence: its title, its state where that is not well, what it sums up, its notes, and whose rows are not well. */
export function paneSentence(id: ViewId, {state, summary, rows, notes, empty}: PaneView, now: number): string {
	const words = stateWords(state, now);
	const isKnown = state.is === 'live' || state.is === 'polled';
	const parts = [
		words.sentence,
		summary === '' && rows.length === 0 && isKnown ? empty : summary,
		...notes.map(({text}) => text),
		...namedRows(id, rows),
	];
	const said = parts.filter(part => part !== undefined && part !== '').map(part => spoken(part ?? ''));
	return sentence(`${paneTitles[id]}: ${said.length === 0 ? 'well' : said.join('; ')}`);
}

/** Of many notes only the first: they are there to be read where they stand. */
function firstNotes({notes}: PaneView): readonly string[] {
	const rest = notes.length - most;
	const said = notes.slice(0, rest === 1 ? undefined : most).map(({text}) => sentence(spoken(text)));
	return rest > 1 ? [...said, `And ${rest} more notes like these: zero reads them.`] : said;
}

/** The panes that are told of without being asked for. */
export const toldPanes: readonly ViewId[] = [...paneIds, 'platform'];

/** The whole verdict in one sentence: which cluster, what is wrong, how fresh that is. */
export function verdictSentence(picture: Picture, now: number): string {
	const {context, server, demo, guard} = picture;
	const wrong = verdict(tally(picture), picture.wrong, picture.line.is === 'down').map(({text}) => text);
	return sentence(
		`${demo ? 'Demo, ' : ''}${context} at ${server}${guard === undefined ? '' : `, ${guard}`}: ${wrong.join(', ')}; ${freshness(picture, now).text}`,
	);
}

/**
 * What is said first: the verdict, the incidents by number, every pane in a sentence; without a connection only those of
 * which something is known. `now` is epoch ms.
 */
export function opening(picture: Picture, now: number): readonly string[] {
	const {incidents} = picture.panes;
	const isTold = (id: ViewId) => picture.line.is === 'up' || picture.panes[id].state.is !== 'loading';
	return [
		verdictSentence(picture, now),
		...notesOf(picture).map(({text}) => sentence(spoken(text))),
		...firstNotes(incidents),
		...topLevel(incidents.rows).map((row, at) => `${at + 1}. ${rowSentence('incidents', incidents, row)}`),
		...toldPanes.filter(isTold).map(id => paneSentence(id, picture.panes[id], now)),
	];
}
