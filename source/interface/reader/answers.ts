import {safeText} from '../../cluster/safe-text.ts';
import type {Detail, Row} from '../../vocabulary.ts';
import {unknown} from '../../words.ts';
import {leavingQuestion, questionsOf} from '../shell/action/ask.ts';
import {pageOfAction} from '../shell/action/page.ts';
import {type ActionView, isElsewhere} from '../shell/action/underway.ts';
import type {Desk, LinesView, View} from '../shell/desk.ts';
import {type Picture, type PictureSource, paneTitles} from '../shell/model.ts';
import {notesOf} from '../shell/notes.ts';
import type {PaletteView} from '../shell/palette/draw.ts';
import {cursorIn, type Over} from '../shell/state.ts';
import {stateWords} from '../widgets/source-state.ts';
import {guideSentences} from './guide.ts';
import {newLines} from './new-lines.ts';
import {rowSentence} from './row.ts';
import {sentence, spoken} from './spoken.ts';

/** Where rows as shown, and what lies behind them, are looked up. */
export type Lookup = Pick<Desk, 'focused' | 'keys'> & Pick<PictureSource, 'detail'>;

/** A detail, a line of it a line: `Evidence.`, `lease: renewed 35m ago`. Commands among them are to be copied: no full stops. */
function detailSentences({title, sections}: Detail): readonly string[] {
	return [
		sentence(spoken(title)),
		...sections.flatMap(section => [
			sentence(spoken(section.title)),
			...section.lines.map(({label, value}) =>
				[label, value === unknown ? 'not known' : spoken(value)].filter(part => part !== '').join(': '),
			),
		]),
	];
}

function helpSentences(picture: Picture, {entries}: Desk['keys']): readonly string[] {
	return [
		...entries.map(({keys, does}) => sentence(`${keys.join(', ')}: ${does}`)),
		...notesOf(picture).map(({text}) => sentence(spoken(text))),
	];
}

function selected(
	lookup: Lookup,
	{picture, ui}: View,
): {readonly row: Row | undefined; readonly at: number; readonly of: number} {
	const {ui: where, rows} = lookup.focused(picture, ui);
	const at = cursorIn(where, rows);
	return {row: rows[at], at, of: rows.length};
}

/** The row that the cursor is on: `2 of 8: bad: name nuc-2, …`. */
export function whereabouts(lookup: Lookup, view: View): string {
	const {row, at, of} = selected(lookup, view);
	const {focus} = view.ui;
	const shown = view.picture.panes[focus];
	if (row === undefined)
		return sentence(`${paneTitles[focus]}: ${spoken(shown.rows.length === 0 ? shown.empty : 'no row has this text')}`);
	return `${at + 1} of ${of}: ${rowSentence(focus, shown, row)}`;
}

function titleSentences({ui: {focus}, picture}: View): readonly string[] {
	const {summary, rows} = picture.panes[focus];
	return rows.length === 0 ? [] : [sentence([paneTitles[focus], ...(summary === '' ? [] : [spoken(summary)])].join(', '))];
}

/** A view that was gone to: its title, how its source does, its notes, and the row that the cursor is on. */
function arrival(lookup: Lookup, view: View): readonly string[] {
	const {rows, state, notes} = view.picture.panes[view.ui.focus];
	const source = stateWords(state, view.now).sentence;
	return [
		...titleSentences(view),
		...(source === undefined ? [] : [sentence(`${rows.length === 0 ? `${paneTitles[view.ui.focus]}: ` : ''}${source}`)]),
		...notes.map(({text}) => sentence(spoken(text))),
		...(rows.length === 0 && source !== undefined ? [] : [whereabouts(lookup, view)]),
	];
}

function filtered(lookup: Lookup, view: View): readonly string[] {
	const {filter} = view.ui.panes[view.ui.focus];
	const {of} = selected(lookup, view);
	const all = view.picture.panes[view.ui.focus].rows.length;
	return [sentence(filter === '' ? 'no filter' : `filter ${filter}: ${of} of ${all} rows`), whereabouts(lookup, view)];
}

function lineSentences(before: LinesView | undefined, after: LinesView | undefined): readonly string[] {
	if (after === undefined) return [];
	const title = before === undefined ? [sentence(after.title)] : [];
	const note = after.note !== '' && after.note !== before?.note ? [sentence(after.note)] : [];
	return [...title, ...newLines(before?.lines ?? [], after.lines), ...note];
}

function choiceSentences(before: View, after: View, at: number): readonly string[] {
	const {contexts = []} = after;
	const chosen = contexts[at];
	if (chosen === undefined) return ['There is no other context in the kubeconfig.'];
	const said = sentence(
		`${at + 1} of ${contexts.length}: ${chosen.shown} at ${chosen.server}${chosen.isCurrent ? ', here' : ''}`,
	);
	const {over} = before.ui;
	if (over?.is === 'contexts') return over.at === at ? [] : [said];
	return ['Contexts: j and k move, enter goes there, esc leads back.', said];
}

/** What is left of what was typed, where some of it was erased. */
const erased = (before: string, after: string): readonly string[] =>
	after.length < before.length ? [after === '' ? 'empty' : after] : [];

/** The offer under the cursor, where that is another one than before. */
function offerSentences(before: PaletteView | undefined, after: PaletteView | undefined): readonly string[] {
	const begin = 'Palette: type what to do or open; up and down choose, tab completes, enter does it, esc leads back.';
	const opened = before === undefined ? [begin] : [];
	const [was, is] = [before?.offers[before.cursor], after?.offers[after.cursor]];
	if (after === undefined || (is !== undefined && is.key === was?.key)) return opened;
	if (is === undefined)
		return after.none === '' || (was === undefined && after.none === before?.none) ? opened : [...opened, after.none];
	const how = is.not === undefined ? is.about : `not now: ${is.not}`;
	return [...opened, sentence(`${after.cursor + 1} of ${after.offers.length}: ${spoken(is.text)}, ${spoken(how)}`)];
}

/** So wide that nothing is broken into lines: a voice has no edge. */
const unbroken = 10_000;

function pageSentences(view: ActionView): readonly string[] {
	const {title, lines} = pageOfAction(view, unbroken);
	return [sentence(spoken(title)), ...lines.map(({text}) => spoken(text).trim()).filter(text => text !== '')];
}

/** An action: its page where it stands elsewhere than before, what has happened since, what is asked. */
function actionSentences(before: View, after: View, over: Extract<Over, {is: 'action'}>): readonly string[] {
	const [was, {action: is}] = [before.ui.over, after];
	if (is === undefined) return [];
	const then = was?.is === 'action' ? before.action : undefined;
	const page =
		then === undefined || isElsewhere(then.stage, is.stage)
			? pageSentences(then?.progress === undefined ? is : {...is, progress: undefined})
			: newLines(then.progress?.lines ?? [], is.progress?.lines ?? []);
	const asked = over.asks !== undefined && (was?.is !== 'action' || was.asks !== over.asks);
	const question = over.asks === undefined ? '' : (questionsOf(is, over.asks, after.picture)[0] ?? '');
	const typed = was?.is === 'action' && was.asks === over.asks ? erased(was.typed, over.typed) : [];
	return [...page, ...(asked ? [`${question.trim().replace(/:$/, '')}, then enter; esc leads back.`] : []), ...typed];
}

const pickedSentence = (picked: readonly string[]): string =>
	sentence(
		picked.length === 0 ? 'no node is marked' : `${picked.length} marked: ${picked.map(key => safeText(key, 253)).join(', ')}`,
	);

/** What lies over the panes, where it was opened or has moved on. */
function overSentences(lookup: Lookup, before: View, after: View): readonly string[] {
	const [was, is] = [before.ui.over, after.ui.over];
	switch (is?.is) {
		case undefined:
			return was === undefined
				? []
				: was.is === 'filter'
					? filtered(lookup, after)
					: [...titleSentences(after), whereabouts(lookup, after)];
		case 'detail': {
			if (was?.is === 'detail' && was.key === is.key && was.pane === is.pane) return [];
			return [lookup.detail(is.pane, is.key)].flatMap(found =>
				found === undefined ? ['This is no longer there. esc leads back.'] : detailSentences(found),
			);
		}
		case 'help':
			return was?.is === 'help' ? [] : helpSentences(after.picture, lookup.keys);
		case 'filter': {
			const [then, now] = [before, after].map(({ui}) => ui.panes[ui.focus].filter);
			return was?.is === 'filter'
				? erased(then ?? '', now ?? '')
				: [`Filter of ${paneTitles[after.ui.focus]}: type a text, enter keeps it, esc takes it back.`];
		}
		case 'note':
			if (was?.is === 'note') return erased(was.text, is.text);
			return [
				is.pane === 'risks'
					? 'Accept: type until when and why, for example 90d until the new disks; enter keeps it, esc leads back.'
					: 'Acknowledge: type a note; enter keeps it, esc leads back.',
			];
		case 'lines':
			return lineSentences(was?.is === 'lines' && was.of === is.of ? before.lines : undefined, after.lines);
		case 'contexts':
			return choiceSentences(before, after, is.at);
		case 'palette':
			return offerSentences(was?.is === 'palette' ? before.palette : undefined, after.palette);
		case 'action':
			return actionSentences(before, after, is);
		case 'guide':
			return guideSentences(was?.is === 'guide' ? before.guide : undefined, after.guide);
		case 'leaving': {
			const question = was?.is === 'leaving' ? undefined : leavingQuestion(after);
			return question === undefined ? [] : [question.text];
		}
	}
}

/** Where somebody is among the panes, where that has changed by their own doing. */
function placeSentences(lookup: Lookup, before: View, after: View): readonly string[] {
	const {ui} = after;
	const was = before.ui;
	if (!ui.chosen || ui.over !== undefined || was.over !== undefined) return [];
	if (ui.focus !== was.focus || ui.alone !== was.alone) return arrival(lookup, after);
	const [then, now] = [was.panes[ui.focus], ui.panes[ui.focus]];
	if (then.filter !== now.filter) return filtered(lookup, after);
	if (then.sort !== now.sort) {
		const title = after.picture.panes[ui.focus].columns.find(({id}) => id === now.sort)?.title.toLowerCase();
		return [sentence(title === undefined ? 'worst first' : `sorted by ${title}`), whereabouts(lookup, after)];
	}
	if (then.picked !== now.picked) return [pickedSentence(now.picked)];
	return then.cursor === now.cursor ? [] : [whereabouts(lookup, after)];
}

/** What is said to what somebody did: between two views, by what they did alone and not by what happened in the cluster. */
export function answers(lookup: Lookup, before: View, after: View): readonly string[] {
	const {message} = after.ui;
	return [
		...overSentences(lookup, before, after),
		...placeSentences(lookup, before, after),
		...(message === undefined || message === before.ui.message ? [] : [message.text]),
	];
}
