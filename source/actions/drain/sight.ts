import type {Raw} from '../../cluster/raw.ts';
import type {NodeRecord} from '../../nodes/node.ts';
import type {RawName, Reading, SafeText, StoredRecord} from '../../vocabulary.ts';
import type {Concern} from '../plan.ts';
import type {DrainOptions} from '../request.ts';
import type {Surroundings} from './surroundings.ts';

/** A node, as far as draining it and finding room on it goes. */
export type DrainNode = StoredRecord & {
	readonly labels: ReadonlyMap<string, string>;
	readonly annotations: ReadonlyMap<string, string>;
	readonly taints: readonly {readonly key: string; readonly value: string; readonly effect: string; readonly addedAt: number}[];
	readonly unschedulable: boolean;
	/** `True`, `False`, `Unknown`; '' where it never said. */
	readonly ready: string;
	readonly architecture: string;
	/** By resource: cores, bytes, whole devices, pods. */
	readonly allocatable: ReadonlyMap<string, number>;
	readonly resourceVersion: string;
	/** As the nodes pane knows it: roles, conditions, GPUs, who cordoned it. */
	readonly record: NodeRecord;
};

/** A pod on the node that is drained, whole: it is one node's pods, read when a drain is planned. */
export type DrainPod = StoredRecord & {
	readonly raw: Raw;
	readonly labels: ReadonlyMap<string, string>;
	readonly phase: string;
	readonly ready: boolean;
	/** Epoch ms; 0 where it is not being deleted. */
	readonly deletingAt: number;
	/** Its controller, of whatever kind. */
	readonly controller:
		| {readonly apiVersion: string; readonly kind: string; readonly name: RawName; readonly uid: string}
		| undefined;
	readonly claims: readonly RawName[];
};

/** Why a pod will not run anywhere else once it is created again, or that it will, or that this cannot be told. */
export type Next =
	| {readonly is: 'fits'}
	| {readonly is: 'pending'; readonly why: SafeText}
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
	| {readonly is: 'refused'; readonly flag: '--force' | '--delete-emptydir-data' | '--ignore-daemonsets'; readonly why: SafeText}
	| {readonly is: 'stays'; readonly why: SafeText}
);

/** All that preflight of a drain looks at, as it is now. */
export type DrainSight = Surroundings & {
	readonly now: number;
	readonly options: DrainOptions;
	/** The run that is taken up again: its lock is no other's. */
	readonly resumes?: string;
	readonly node: DrainNode;
	/** All nodes, this one among them. */
	readonly nodes: Reading<DrainNode>;
	/** Of the pods on the node. */
	readonly fates: readonly Fate[];
};

/** One check of preflight: a file of its own under `checks/`. Pure. */
export type Check = (sight: DrainSight) => readonly Concern[];
