import {safeText} from '../../../cluster/safe-text.ts';
import type {Finding} from '../../../findings/finding.ts';
import {runbooksView} from '../../../runbooks/listing.ts';
import type {Session} from '../../../runbooks/session/session.ts';
import {fittingOn, type Shelf} from '../../../runbooks/shelf.ts';
import {own, type PaneView, type Row, say} from '../../../vocabulary.ts';
import {clockTime} from '../../../words.ts';
import type {OpenRun} from './reach.ts';
import {howFar} from './walk-page.ts';

/** What there is to choose from: runs to take up again, and runbooks for what the row is about that one comes from. */
export type Listed = {
	readonly shelf: Shelf;
	readonly runs: readonly OpenRun[];
	readonly findings: readonly Finding[];
	/** The one that is walked here and is not over. */
	readonly walked?: Session;
};

/** The keys of a run, and of the runbook that is walked, among the entries. */
export const keyOfRun = (run: string): string => `run:${run}`;
export const keyOfWalk = 'walk';

function rowOfRun({run, runbook, finding, state, at, text}: OpenRun, now: number): Row {
	const why = finding === undefined ? own('') : say` for ${safeText(finding, 120)}`;
	return {
		key: keyOfRun(run),
		health: state === 'unknown' ? 'unknown' : 'held',
		cells: [
			{text: safeText(runbook, 120)},
			{text: say`${own(state)} ${clockTime(at, now)}${why}: ${text}`},
			{text: own('')},
			{text: own('to go on')},
			{text: own('')},
		],
	};
}

function rowOfWalk(session: Session): Row {
	const {runbook} = session;
	return {
		key: keyOfWalk,
		health: 'warn',
		cells: [
			{text: safeText(runbook.id, 120)},
			{text: runbook.title},
			{text: howFar(session)},
			{text: own('under way')},
			{text: own('')},
		],
	};
}

/** The runbooks that fit one of the findings, each with the first that it fits. */
export function fittingFor({shelf, findings}: Listed): ReadonlyMap<string, Finding> {
	const fits = new Map<string, Finding>();
	for (const finding of findings) {
		const occasion = {finding: {name: finding.name, subject: finding.symptom.subject}};
		for (const {id} of fittingOn(shelf, occasion)) if (!fits.has(id)) fits.set(id, finding);
	}
	return fits;
}

/** All entries as a table: runs that can be taken up again, runbooks that fit, all others. `now` is epoch ms. */
export function shelfView(listed: Listed, now: number): PaneView {
	const {shelf, runs, walked} = listed;
	const view = runbooksView(shelf.runbooks, shelf.unreadable, [...fittingFor(listed).keys()]);
	return {
		...view,
		rows: [...(walked === undefined ? [] : [rowOfWalk(walked)]), ...runs.map(run => rowOfRun(run, now)), ...view.rows],
	};
}
