import type {Stage} from '../../../source/demo/model.ts';
import type {CommandClass} from '../../../source/runbooks/runbook.ts';

/** What a person does at one step of a runbook, and what they are to see. */
export type Step =
	/** A command runs, of this class, and prints what tells. */
	| {readonly is: 'runs'; readonly class: CommandClass; readonly tells: readonly RegExp[]}
	/** The same with another script in its place. */
	| {readonly is: 'edits'; readonly class: CommandClass; readonly script: string; readonly tells: readonly RegExp[]}
	/** An action of ours, which is confirmed; it ends with these words. */
	| {readonly is: 'acts'; readonly tells: RegExp}
	/** It fails, and says why. */
	| {readonly is: 'fails'; readonly kind: CommandClass | 'midwatch'; readonly tells: RegExp}
	/** What is waited for comes, once somebody has done something about it. */
	| {readonly is: 'waits'; readonly plays: (stage: Stage) => void}
	/** Done by hand, and so it is played. */
	| {readonly is: 'by hand'; readonly plays: (stage: Stage) => void}
	/** Not what is wrong here: a step of this kind is left out. */
	| {readonly is: 'skips'; readonly kind: CommandClass | 'midwatch' | 'wait' | 'manual'};

/** A runbook of the library, walked from its first step to its last. */
export type LibraryWalk = {
	readonly runbook: string;
	/** What is walked of it, where that is not all. */
	readonly part?: string;
	readonly scenario: string;
	/** The finding that leads to it; undefined for work that was planned. */
	readonly finding?: string;
	/** Values that no finding has. */
	readonly given?: Readonly<Record<string, string>>;
	/** How many times as fast as real time the cluster plays; 1. */
	readonly speed?: number;
	/** Programs that are played by a fake. */
	readonly fakes?: readonly string[];
	/** All its steps, in order. */
	readonly steps: readonly Step[];
};

const nothing = (): void => {};

export const reads = (...tells: readonly RegExp[]): Step => ({is: 'runs', class: 'reading', tells});
export const changes = (...tells: readonly RegExp[]): Step => ({is: 'runs', class: 'changing', tells});
export const destroys = (...tells: readonly RegExp[]): Step => ({is: 'runs', class: 'destructive', tells});
export const edits = (script: string, ...tells: readonly RegExp[]): Step => ({is: 'edits', class: 'changing', script, tells});
export const acts = (tells: RegExp): Step => ({is: 'acts', tells});
export const fails = (kind: CommandClass | 'midwatch', tells: RegExp): Step => ({is: 'fails', kind, tells});
export const waits = (plays: (stage: Stage) => void = nothing): Step => ({is: 'waits', plays});
export const byHand = (plays: (stage: Stage) => void = nothing): Step => ({is: 'by hand', plays});
export const skips = (kind: Extract<Step, {is: 'skips'}>['kind']): Step => ({is: 'skips', kind});
