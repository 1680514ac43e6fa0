import type {Standing} from '../nodes/liveness.ts';
import {memoised} from '../vocabulary.ts';
import type {PodRecord} from '../workloads/pod.ts';

/** How many of a component's pods there are. */
export type Presence = {
	readonly ready: number;
	/** Those that are ready or should be. */
	readonly wanted: number;
	/** Those that should be and are not. */
	readonly missing: readonly PodRecord[];
	/** Since when it is as it is, epoch ms: all, some, or none of them ready. 0 where no pod is left to tell. */
	readonly since: number;
};

/** What is finished is missed by nobody, nor is what leaves: there is another one for it. */
const isWanted = ({phase, ready, deletingAt}: PodRecord): boolean =>
	phase !== 'Succeeded' && phase !== 'Failed' && (ready || deletingAt === 0);

const turnedAt = ({readyAt, createdAt}: PodRecord): number => readyAt || createdAt;

/** Counts pods. The same list gives the same object. */
export const presenceOf = memoised((pods: readonly PodRecord[]): Presence => {
	const wanted = pods.filter(isWanted);
	const missing = wanted.filter(({ready}) => !ready);
	const ready = wanted.length - missing.length;
	// None are ready since the last of them went, some since the first did.
	const partly = ready > 0 && missing.length > 0;
	const since = partly ? Math.min(...missing.map(turnedAt)) : Math.max(0, ...wanted.map(turnedAt));
	return {ready, wanted: wanted.length, missing, since};
});

/** The nodes that are not there to run anything, by name. */
export const lostNodes = memoised(
	(nodes: ReadonlyMap<string, Standing>): ReadonlySet<string> =>
		new Set([...nodes].filter(([, {word}]) => word === 'silent' || word === 'not ready').map(([name]) => name)),
);
