import type {Result} from '../../../journal/entry.ts';
import type {RawName, SafeText} from '../../../vocabulary.ts';

/** A pod by what it is, not only by its name: another one of the same name is another one. */
export type PodRef = {readonly namespace: RawName; readonly name: RawName; readonly uid: string};

/** How far a pod is on its way off the node. Times are epoch ms on the server's clock. */
export type Course =
	/** To be evicted as soon as it is its turn. */
	| {readonly is: 'due'}
	/** The request is under way. */
	| {readonly is: 'asked'}
	/** Not now, says the server: asked again at `until`. */
	| {readonly is: 'held'; readonly until: number; readonly why: SafeText}
	/** Nobody knows what became of the request: the pod is being read. */
	| {readonly is: 'doubted'; readonly why: SafeText}
	/** Being deleted. */
	| {readonly is: 'leaving'}
	| {readonly is: 'gone'}
	/** Was deleted so long ago that it is not waited for. */
	| {readonly is: 'skipped'}
	| {readonly is: 'failed'; readonly why: SafeText};

/** A pod that has to go. */
export type Leaver = PodRef & {
	readonly course: Course;
	/** When it is to be gone, at the end of its grace; 0 where it is not being deleted. */
	readonly deletingAt: number;
	/** Its intent is in the journal. */
	readonly announced: boolean;
	/** Requests in a row of which nobody knows what became. */
	readonly troubles: number;
	/** What was noted of it last, so that it is not noted twice. */
	readonly noted: SafeText;
};

/** Why no more pods are evicted, though some are left. */
export type Ending = {
	readonly is: 'stopped' | 'timed out' | 'not permitted' | 'lock lost';
	readonly text: SafeText;
};

/** The drain of one node, from the cordon on. */
export type DrainState = {
	readonly node: RawName;
	/** What is known of the node: its kubelet reports, has fallen silent, or the node is not there any more. */
	readonly health: 'there' | 'silent' | 'gone';
	/** New pods are kept away from it; somebody else may let them come again. */
	readonly cordoned: boolean;
	/** By `namespace/name`. */
	readonly pods: ReadonlyMap<string, Leaver>;
	/** By uid: pods that need not go (of DaemonSets, static), and those that came meanwhile. */
	readonly others: ReadonlyMap<string, 'stays' | SafeText>;
	/** Why the server cannot be heard; undefined while it can. */
	readonly cutOff: SafeText | undefined;
	readonly ending: Ending | undefined;
	/** Requests at once. */
	readonly atOnce: number;
	/** When it is given up; Infinity for never. */
	readonly deadline: number;
	/** Milliseconds after the end of its grace from which on a pod is not waited for; Infinity: it always is. */
	readonly skipAfter: number;
	/** The time of the last event. */
	readonly now: number;
	/** What has happened, oldest first. */
	readonly lines: readonly SafeText[];
};

/** A pod as it is seen on the node. */
export type SeenPod = PodRef & {
	readonly deletingAt: number;
	/** Of a DaemonSet, or static: it need not go. */
	readonly stays: boolean;
};

/** What the server says to an eviction. */
export type Answer =
	/** The pod is being deleted, or gone already. */
	| {readonly is: 'accepted' | 'gone'}
	/** Not now: again in so many milliseconds. */
	| {readonly is: 'held'; readonly why: SafeText; readonly again: number}
	/** It may have happened or not. */
	| {readonly is: 'doubtful'; readonly why: SafeText}
	/** Not this pod. */
	| {readonly is: 'failed'; readonly why: SafeText}
	/** Not us, and so no other pod either. */
	| {readonly is: 'not permitted'; readonly why: SafeText};

export type DrainEvent = {readonly at: number} & (
	| {readonly is: 'woke'}
	| {readonly is: 'answered'; readonly pod: PodRef; readonly answer: Answer}
	/** Seen on the node, or read again. */
	| {readonly is: 'seen'; readonly pod: SeenPod}
	| {readonly is: 'away'; readonly pod: PodRef}
	| {readonly is: 'node'; readonly health: DrainState['health']; readonly cordoned: boolean}
	| {readonly is: 'cut off'; readonly why: SafeText | undefined}
	| {readonly is: 'ending'; readonly ending: Ending}
	/** After the end, what is under way was given its time. */
	| {readonly is: 'abandoned'}
);

export type DrainEffect =
	/** Announces it in the journal where that was not done yet, and asks the server. */
	| {readonly is: 'evict'; readonly pod: PodRef; readonly announce: boolean}
	/** Reads the pod once the server is back, and tells it as seen or away. */
	| {readonly is: 'read'; readonly pod: PodRef}
	/** Writes into the journal what came of it. */
	| {readonly is: 'record'; readonly pod: PodRef; readonly result: Result; readonly text: SafeText}
	/** Writes into the journal what is waited for. */
	| {readonly is: 'note'; readonly pod?: PodRef; readonly text: SafeText};

export type DrainStep = {readonly state: DrainState; readonly effects: readonly DrainEffect[]};
