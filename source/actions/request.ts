import {safeText} from '../cluster/safe-text.ts';
import type {SafeText} from '../vocabulary.ts';

/** kubectl's options of a drain, with kubectl's meanings; times in milliseconds. */
export type DrainOptions = {
	/** Delete pods that nothing will create again. */
	readonly force: boolean;
	readonly deleteEmptyDirData: boolean;
	readonly ignoreDaemonSets: boolean;
	/** Instead of the pods' own grace period; undefined: theirs. */
	readonly gracePeriod?: number;
	/** For each node, until it is given up; undefined: never. */
	readonly timeout?: number;
	/** Delete instead of evicting, past every budget. On the command line only. */
	readonly disableEviction: boolean;
	/** Only these pods. */
	readonly podSelector?: string;
	/** Pods that were deleted longer ago than this are not waited for; undefined: all are. */
	readonly skipWaitForDeleteTimeout?: number;
};

/** Off is what loses something; DaemonSets are on every node, and stay. */
export const usualDrain: DrainOptions = {force: false, deleteEmptyDirData: false, ignoreDaemonSets: true, disableEviction: false};

/** What somebody wants done, as the palette and the command line say it. Names are as they were typed. */
export type ActionRequest =
	| {readonly is: 'cordon' | 'uncordon'; readonly nodes: readonly string[]}
	/** One node after the other. `resumes`, here and below: the run that is taken up again. */
	| {readonly is: 'drain'; readonly nodes: readonly string[]; readonly options: DrainOptions; readonly resumes?: string}
	/** `tier` as the pane names it: a schedule, a recurring job, a CronJob; `kind/namespace/name` where that is ambiguous. */
	| {readonly is: 'backup'; readonly tier: string; readonly resumes?: string}
	| {readonly is: 'pause' | 'unpause'; readonly tier: string};

/** What `guards.deny` may name. */
export type ActionId = ActionRequest['is'];

/** `drain nuc-2 nuc-3`. */
export function titleOf(request: ActionRequest): SafeText {
	const of = 'nodes' in request ? request.nodes.join(' ') : request.tier;
	return safeText(`${request.is} ${of}`, 200);
}
