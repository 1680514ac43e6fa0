import type {SafeText} from '../vocabulary.ts';
import type {Outcome, Progress} from './action.ts';
import type {Plan} from './plan.ts';

/**
 * Who or what refused: a rule of the user's, a request that means nothing here, what preflight found, the server that does not
 * permit it, something that failed before anything was changed, or the person who gave it up.
 */
export type RefusedBy = 'guard' | 'request' | 'preflight' | 'permission' | 'failure' | 'person';

/** Where an action stands, from being asked for to its end. */
export type Stage =
	| {readonly is: 'planning'; readonly title: SafeText}
	/** It will not be done: the rule, the permission or the mistake, by name. The end, and nothing was changed. */
	| {
			readonly is: 'refused';
			readonly title: SafeText;
			readonly by: RefusedBy;
			readonly why: SafeText;
			readonly plan?: Plan;
	  }
	/** Somebody has to say yes. `changed`: what became different since they looked last. `allow`: nothing was ever changed on this cluster, and that has to be allowed first. */
	| {
			readonly is: 'planned';
			readonly plan: Plan;
			readonly changed: readonly SafeText[];
			readonly allow?: SafeText;
	  }
	/** Planned once more, permissions asked, the journal opened. */
	| {readonly is: 'starting'; readonly plan: Plan}
	| {
			readonly is: 'running';
			readonly plan: Plan;
			readonly run: string;
			readonly progress: Progress | undefined;
			readonly stopping: boolean;
	  }
	/** `run` is '' where nothing had to be done. */
	| {readonly is: 'ended'; readonly plan: Plan; readonly run: string; readonly outcome: Outcome};

/** What a person answers to a plan. `name` is what they typed; `allow` allows changes on this cluster from now on. */
export type Answer = {readonly name?: string; readonly allow?: true};

/** One action under way. It lives on, whatever is looked at meanwhile. */
export type Undertaking = {
	/** The same object while nothing changed. */
	readonly stage: () => Stage;
	readonly subscribe: (listener: () => void) => () => void;
	/** Yes, do it. Returns what is wrong with the answer, where it does not do. */
	readonly confirm: (answer: Answer) => SafeText | undefined;
	/** Before it runs: gives it up. While it runs: stops at the next safe point. */
	readonly stop: () => void;
	/** Resolves at its end with the last stage. Never rejects. */
	readonly ended: Promise<Stage>;
};
