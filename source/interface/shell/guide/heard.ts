import {stepOf, stepsOf} from '../../../runbooks/session/steps.ts';
import {proseBetween} from '../../../runbooks/walk/page.ts';
import {own, type PaneView, type SafeText, say} from '../../../vocabulary.ts';
import {join} from '../../../words.ts';
import type {GuidePage, Part} from './lines.ts';
import {wordsOf} from './question.ts';
import type {Shown} from './shown.ts';

/** So wide that nothing is broken into lines: a voice has no edge. */
const unbroken = 10_000;

const part = (name: string, ...texts: readonly SafeText[]): Part => ({name, lines: texts.map(text => ({text}))});

/** The entry of the list that the cursor is on, as a sentence. */
function entryText({rows, columns}: PaneView, at: number): SafeText {
	const cells = rows[at]?.cells ?? [];
	const told = cells.flatMap(({text}, index) => {
		const title = columns[index]?.title.toLowerCase() ?? '';
		if (text === '') return [];
		return [index < 2 ? text : say`${own(title)} ${text}`];
	});
	return say`${at + 1} of ${rows.length}: ${join(told)}.`;
}

/** The runbook that is read: where it comes from, and the step that the cursor is on with what stands before it. */
function runbookParts({ui, book}: Shown, page: GuidePage): readonly Part[] {
	if (book === undefined) return [];
	const {runbook} = book;
	const here = ui.step === undefined ? undefined : stepOf(runbook, ui.step);
	const [head] = page.parts;
	const opening = [part('title', say`${page.title}.`), ...(head === undefined ? [] : [head])];
	if (here === undefined) return opening;
	const before = stepsOf(runbook).find(({number}) => number === here.number - 1);
	const step = page.parts.find(({name}) => name === `step:${here.id}`);
	const prose = part(`before:${here.id}`, ...proseBetween(runbook, before?.id, here.id));
	return [...opening, prose, ...(step === undefined ? [] : [step])];
}

function pageParts(shown: Shown, view: PaneView, cursor: number, pageAt: (width: number) => GuidePage): readonly Part[] {
	if (shown.ui.page === 'shelf')
		return [
			part('title', say`Runbooks: ${view.summary}. j and k move, enter opens, esc leads back.`),
			...view.notes.map(({text}, at) => part(`note:${at}`, text)),
			part('entry', view.rows.length === 0 ? view.empty : entryText(view, cursor)),
		];
	const page = pageAt(unbroken);
	if (shown.ui.page === 'runbook') return runbookParts(shown, page);
	return [part('title', say`${page.title}.`), ...page.parts];
}

/** What is to be heard of runbooks, part by part: what is as it was is not said again. */
export function heardParts(shown: Shown, view: PaneView, cursor: number, pageAt: (width: number) => GuidePage): readonly Part[] {
	const {ui, context, going} = shown;
	const step = (going && stepOf(going.session.runbook, going.session.at)?.number) ?? 0;
	const [question] = ui.asks === undefined ? [] : wordsOf(ui.asks, context, step);
	const asked =
		question === undefined ? [] : [part('asked', say`${own(question.trim().replace(/:$/, ''))}, then enter; esc leads back.`)];
	return [...pageParts(shown, view, cursor, pageAt), ...asked];
}
