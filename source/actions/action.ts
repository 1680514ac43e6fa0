import type {RunJournal} from '../journal/journal.ts';
import type {SafeText} from '../vocabulary.ts';
import type {Hands} from './hands.ts';
import type {Plan} from './plan.ts';
import type {ActionRequest} from './request.ts';

/** How far it is. The same object while nothing changed. */
export type Progress = {
	/** For the header, short: `drain nuc-2  14 of 20 gone`. */
	readonly short: SafeText;
	readonly done: number;
	readonly total: number;
	/** What it is waiting for, the most telling first: `default/web-0: budget web allows none, next try in 4 s`. */
	readonly waiting: readonly SafeText[];
	/** What has happened, oldest first, at most the last hundred lines. */
	readonly lines: readonly SafeText[];
};

/** How it ended. */
export type Outcome = {
	readonly result: 'done' | 'failed' | 'stopped';
	/** What was reached and what is left as it is: `nuc-2 stays cordoned, 3 of 20 pods are left`. */
	readonly text: SafeText;
	/** The command line that goes on from here. Raw words. */
	readonly resume?: readonly string[];
	/** What would take back what was done: `['midwatch', 'uncordon', 'nuc-2']`. Raw words. */
	readonly rollBack?: readonly string[];
};

/** What a run works with beside its hands. */
export type Running = {
	/** `began` stands in it already; `ended` is written by whoever runs the action. */
	readonly journal: RunJournal;
	readonly report: (progress: Progress) => void;
	/** Aborted when somebody says stop: leave at the next safe point, and say in the outcome what is left. */
	readonly stop: AbortSignal;
};

/** A request that cannot be planned: one sentence that says what, where, and what to do. */
export class Unplanned extends Error {
	readonly sentence: SafeText;
	constructor(sentence: SafeText) {
		super(sentence);
		this.sentence = sentence;
	}
}

/** One thing that can be done to a cluster. */
export type Action<R extends ActionRequest = ActionRequest> = {
	/**
	 * What would be done, and what stands against it. Changes nothing.
	 * @throws Unplanned, Refusal or TransportError
	 */
	readonly plan: (request: R, hands: Hands) => Promise<Plan>;
	/** Does it. Every change is announced in the journal before it is made. Rejects only where the journal fails. */
	readonly run: (plan: Plan, request: R, hands: Hands, running: Running) => Promise<Outcome>;
};
