/** What a run can be: an action on the cluster, or a runbook that is walked. */
export type RunKind = 'cordon' | 'uncordon' | 'drain' | 'backup' | 'pause' | 'unpause' | 'runbook';

/** How something ended. `unknown`: it was begun and nobody saw the end; to be verified, never to be repeated unasked. */
export type Result = 'done' | 'failed' | 'skipped' | 'stopped' | 'unknown';

/** A value that JSON holds as it is. */
export type Json = string | number | boolean | null | readonly Json[] | {readonly [key: string]: Json};

/**
 * What is written down, in the order it happened: what is about to be done before it is done (`intent`), and what came of it
 * after (`outcome`), tied by `step`. Texts are as the cluster gave them but for secrets; whoever shows them makes them safe.
 */
export type Happening =
	| {
			readonly is: 'began';
			readonly what: RunKind;
			/** `drain nuc-2`. */
			readonly title: string;
			/** The command line that does the same: `['midwatch', 'drain', 'nuc-2']`. */
			readonly command: readonly string[];
			readonly context: string;
			readonly server: string;
			/** `user@host`, and the program's version. */
			readonly by: string;
			readonly version: string;
			/** What was planned; enough to plan again from. */
			readonly plan?: Json;
	  }
	| {readonly is: 'intent'; readonly step: string; readonly title: string; readonly detail?: Json}
	| {readonly is: 'outcome'; readonly step: string; readonly result: Result; readonly text: string; readonly detail?: Json}
	/** Something that is neither begun nor ended by us: a note, a refusal, an answer to a question, what is waited for. */
	| {readonly is: 'noted'; readonly text: string; readonly step?: string; readonly detail?: Json}
	/** Taken up again by another process. */
	| {readonly is: 'resumed'; readonly by: string; readonly version: string}
	| {readonly is: 'ended'; readonly result: Result; readonly text: string};

/** A happening as it is kept: its place in the run (from 1) and its time, epoch ms on this machine's clock. */
export type Entry = Happening & {readonly seq: number; readonly at: number};
