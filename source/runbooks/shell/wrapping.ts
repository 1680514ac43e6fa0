import type {CommandClass} from '../runbook.ts';
import type {Shown} from './word.ts';

/** What a command runs in its turn. */
export type Inner =
	| {readonly is: 'command'; readonly words: readonly Shown[]}
	/** A script for another shell. Not `literal`: something is filled in before that shell reads it. */
	| {readonly is: 'script'; readonly text: string; readonly literal: boolean}
	/** Whatever it is, it does not stand here. */
	| {readonly is: 'unclear'; readonly why: string};

/** A program that is there to run another one. */
export type Wrapping = {
	/** How it asks to be treated by itself, whatever it runs. */
	readonly class: CommandClass;
	readonly why?: string;
	readonly inner: readonly Inner[];
	/** Its own words, where it does work of its own beside what it runs. */
	readonly own?: readonly Shown[];
	/** Variables that it sets for what it runs. */
	readonly sets?: readonly string[];
};

/** A program that runs what cannot be told from its words. */
export function unclear(why: string): Wrapping {
	return {class: 'unknown', inner: [{is: 'unclear', why}]};
}
