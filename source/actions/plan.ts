import type {Deed} from '../cluster/access.ts';
import type {Json} from '../journal/entry.ts';
import type {RawName, SafeText, Subject} from '../vocabulary.ts';
import type {ActionId} from './request.ts';

/**
 * How much something that preflight found weighs, the heaviest first: `refuses` cannot be done like this; `overrides` is not
 * done unless the name is typed, the consequence having been told; `blocks` will keep it waiting; `hurts` is lost or down by
 * it; `unknown` could not be found out; `tells` is good to know.
 */
export const weights = ['refuses', 'overrides', 'blocks', 'hurts', 'unknown', 'tells'] as const;
export type Weight = (typeof weights)[number];

/** One thing that preflight found. */
export type Concern = {
	/** The check that found it, as its file is named: `budgets`, `etcd-quorum`. */
	readonly check: string;
	readonly weight: Weight;
	/** The object it is about. */
	readonly about?: Subject;
	/** Where it is about several: all of them, of which the text may name only the first. */
	readonly objects?: readonly Subject[];
	/** What, in one sentence that names the object. */
	readonly text: SafeText;
	/** The way out, as something to do. */
	readonly wayOut?: SafeText;
};

/** What has to be typed before it is done. */
export type Confirm = {readonly ask: 'yes'} | {readonly ask: 'name'; readonly name: RawName; readonly why: SafeText};

/** One object that an action changes; '' for the uid of one that it makes. */
export type PlannedObject = {readonly subject: Subject; readonly uid: string};

/** What would be done, and all that is known to stand against it. Data: it can be printed, compared and kept. */
export type Plan = {
	readonly action: ActionId;
	/** `drain nuc-2`. */
	readonly title: SafeText;
	/** The command line of ours that asks for the same. Raw words. */
	readonly command: readonly string[];
	/** That of the field's own tool, where there is one: `kubectl drain nuc-2 --ignore-daemonsets`. Raw words. */
	readonly likewise?: readonly string[];
	/** What will be done, in order. */
	readonly steps: readonly SafeText[];
	/** Heaviest first, stable within. */
	readonly concerns: readonly Concern[];
	/** What is asked of the API server right before acting. */
	readonly deeds: readonly Deed[];
	readonly confirm: Confirm;
	/** What is changed or deleted by it, as it was when it was planned: others of the same name are others, and are asked about anew. */
	readonly objects?: readonly PlannedObject[];
	/** Nothing is left to do: why. */
	readonly done?: SafeText;
	/** All of it for programs, and what running it needs. */
	readonly data: Json;
};

/** Whether a plan may be begun at all. */
export function isRefused({concerns}: Plan): boolean {
	return concerns.some(({weight}) => weight === 'refuses');
}

/** Heaviest first, and otherwise as they came. */
export function byWeight(concerns: readonly Concern[]): readonly Concern[] {
	return concerns.toSorted((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight));
}
