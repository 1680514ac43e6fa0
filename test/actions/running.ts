import type {Progress, Running} from '../../source/actions/action.ts';
import type {Hands} from '../../source/actions/hands.ts';
import type {Entry, RunKind} from '../../source/journal/entry.ts';
import {beginRun, readRun, resumeRun} from '../../source/journal/runs.ts';

/** A run that is under way, with a journal on the disk, and what it has reported. */
export type Run = Running & {
	readonly reported: Progress[];
	/** Everything it reported so far, as one text. */
	readonly told: () => string;
	readonly sayStop: () => void;
	/** What the disk has of it now. */
	readonly written: () => Promise<readonly Entry[]>;
} & AsyncDisposable;

/** Begins to write down a run, or takes one up again. */
export async function newRun({environment, place}: Hands, what: RunKind, resumes?: string): Promise<Run> {
	const journal = await (resumes === undefined
		? beginRun(environment, {place, what, subject: 'test'})
		: resumeRun(environment, resumes, {place}));
	const stopping = new AbortController();
	const reported: Progress[] = [];
	return {
		journal,
		report: progress => reported.push(progress),
		stop: stopping.signal,
		reported,
		told: () => reported.flatMap(({waiting, lines}) => [...waiting, ...lines]).join('\n'),
		sayStop: () => stopping.abort(),
		written: async () => (await readRun(environment, journal.run)).entries,
		[Symbol.asyncDispose]: journal.close,
	};
}
