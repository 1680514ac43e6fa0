import type {Stage} from '../model.ts';

/**
 * A controller, kubelet or agent of the cluster: a rule that looks at the stage as it is at `now` (epoch milliseconds)
 * and does the next thing. It keeps no state of its own, so it can also be played through the past.
 */
export type Player = {
	readonly name: string;
	/** Seconds of played time between two looks. */
	readonly every: number;
	readonly act: (stage: Stage, now: number) => void;
};
