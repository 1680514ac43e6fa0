import type {RawName, Reading, SafeText} from '../../vocabulary.ts';
import type {Concern} from '../plan.ts';
import type {DrainOptions} from '../request.ts';
import type {BudgetRecord} from './budget.ts';
import type {DrainNode} from './node.ts';
import type {Owners} from './owner.ts';
import type {DrainPod} from './pod.ts';
import type {Surroundings} from './surroundings.ts';

export type {DrainNode, DrainPod};

/** Why a pod will not run anywhere else once it is created again, or that it will, or that this cannot be told. */
export type Next =
	/** `here`: also on the node that is drained, whose cordon it tolerates. */
	| {readonly is: 'fits'; readonly here?: true}
	| {
			readonly is: 'pending';
			readonly why: SafeText;
			/** There is room for it, but not for all that move at once; which of them gets it nobody can say. */
			readonly contested?: true;
			/** The volume that can be used on no other node. */
			readonly volume?: RawName;
	  }
	/** It is not taken away. */
	| {readonly is: 'stays'}
	/** Nothing creates it again. */
	| {readonly is: 'gone'}
	| {readonly is: 'untold'; readonly why: SafeText};

/** What a drain with these options does to one pod; the same words as the oracle's. */
export type Fate = {readonly pod: DrainPod; readonly next: Next} & (
	| {
			readonly is: 'leaves';
			/** The budget over it, from which others take too: of these so many can leave, and nobody can say which. */
			readonly contested?: {readonly budget: RawName; readonly allowed: number; readonly wanting: number};
			/** What goes with it for good. */
			readonly loses: readonly SafeText[];
	  }
	| {readonly is: 'blocked'; readonly budgets: readonly RawName[]; readonly why: SafeText}
	/** One such pod, and the whole drain is refused. */
	| {
			readonly is: 'refused';
			/** With it, it would not be refused for this; missing where no option helps. */
			readonly flag?: '--force' | '--delete-emptydir-data' | '--ignore-daemonsets';
			readonly why: SafeText;
	  }
	| {readonly is: 'stays'; readonly why: SafeText}
);

/** All that preflight of a drain looks at, as it is now. */
export type DrainSight = Surroundings & {
	readonly now: number;
	readonly options: DrainOptions;
	/** The run that is taken up again: its lock is no other's. */
	readonly resumes?: string;
	/** All nodes of this drain, in their turn. */
	readonly turns: readonly RawName[];
	readonly node: DrainNode;
	/** All nodes, this one among them. */
	readonly nodes: Reading<DrainNode>;
	/** Of the pods on the node. */
	readonly fates: readonly Fate[];
	readonly budgets: Reading<BudgetRecord>;
	/** Of the pods on the node. */
	readonly owners: Owners;
};

/** One check of preflight: a file of its own under `checks/`. Pure. */
export type Check = (sight: DrainSight) => readonly Concern[];
