import type {Entry, Happening, Json, Result} from '../../journal/entry.ts';
import type {SafeText} from '../../vocabulary.ts';
import type {Doing, Step} from '../runbook.ts';
import type {Edited, Session} from './session.ts';

/** What a person wants. All of it is about the step one is at, unless it says another. */
export type Wish =
	| {readonly is: 'go'; readonly to: string}
	| {readonly is: 'back'}
	/** Run it, or again. */
	| {readonly is: 'run'}
	/** Run it and all reading steps after it in its phase. */
	| {readonly is: 'run reading'}
	/** The yes that is asked for, with the name that was typed. */
	| {readonly is: 'confirm'; readonly name?: string}
	| {readonly is: 'decline'}
	| {readonly is: 'skip'; readonly reason: string}
	/** It was done by hand, or its end was found out. */
	| {readonly is: 'mark'; readonly result: 'done' | 'failed'; readonly text: string}
	| ({readonly is: 'edit'} & Edited)
	| {readonly is: 'note'; readonly text: string}
	/** Stop what runs. */
	| {readonly is: 'stop'}
	/** End here; it can be taken up again. */
	| {readonly is: 'leave'}
	| {readonly is: 'abandon'; readonly reason: string}
	| {readonly is: 'finish'};

/** How what was performed came out. */
export type Performed = {
	readonly is: 'performed';
	readonly step: string;
	readonly result: Result;
	readonly text: string;
	readonly detail?: Json;
};

export type Event =
	| Wish
	| Performed
	/** The disk has it. */
	| {readonly is: 'kept'; readonly entry: Entry}
	/** It could not be written down: why. */
	| {readonly is: 'not kept'; readonly why: SafeText};

/** One try of a step. `attempt` counts from 1. */
export type Task = {readonly step: Step; readonly doing: Doing; readonly attempt: number};

export type Effect =
	/** Write it down; then say `kept`. */
	| {readonly is: 'keep'; readonly happening: Happening}
	/** Do a step; then say `performed`. */
	| ({readonly is: 'perform'} & Task)
	/** Look what became of a step that an earlier process began, and goes on without it; then say `performed`. */
	| ({readonly is: 'follow'} & Task)
	| {readonly is: 'stop'}
	/** Nothing more comes. */
	| {readonly is: 'close'};

export type Turn = {readonly session: Session; readonly effects: readonly Effect[]};
