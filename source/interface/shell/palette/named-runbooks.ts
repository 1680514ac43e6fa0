import {safeText} from '../../../cluster/safe-text.ts';
import {memoised, own, type SafeText, say} from '../../../vocabulary.ts';
import type {OpenRun} from '../guide/reach.ts';
import {latest} from '../latest.ts';
import type {Offer} from './offer.ts';

/** A runbook that there is, as far as it matters to be found. */
export type NamedRunbook = {readonly id: string; readonly title: SafeText};

/** Runbooks and runs that can be taken up again, as far as they are known. */
export type KnownRunbooks = {readonly runbooks: readonly NamedRunbook[]; readonly runs: readonly OpenRun[]};

export const noRunbooks: KnownRunbooks = {runbooks: [], runs: []};

const ofRunbook = memoised(
	({id, title}: NamedRunbook): Offer => ({
		key: `runbook:${id}`,
		text: say`runbook ${safeText(id, 120)}`,
		about: title,
		line: {words: ['runbook', 'run', id]},
		lead: {is: 'runbook', id},
	}),
);

const ofRun = memoised(
	({run, runbook, finding, state}: OpenRun): Offer => ({
		key: `run:${run}`,
		text: say`resume ${safeText(runbook, 120)}`,
		about: say`${own(state)}${finding === undefined ? own('') : say`, for ${safeText(finding, 120)}`}: ${safeText(run, 120)}`,
		line: {words: ['runbook', 'resume', run]},
		lead: {is: 'run', run},
	}),
);

/** Every runbook by its id, and every run that can be taken up again. */
export const namedRunbooks = latest(({runbooks, runs}: KnownRunbooks): readonly Offer[] => [
	...runs.map(ofRun),
	...runbooks.map(ofRunbook),
]);
