import type {Parameter} from '../../../runbooks/runbook.ts';
import type {SafeText} from '../../../vocabulary.ts';

/** What is looked at: all runbooks, one of them, the one that is walked, the report of that. */
export type Page = 'shelf' | 'runbook' | 'walk' | 'report';

/** What is asked for, to be typed. */
export type Question =
	/** The value of a parameter: before the runbook is walked, or to have another one. */
	| {readonly is: 'value'; readonly parameter: Parameter; readonly before: 'walking' | 'next'}
	/** A runbook of the directory one stands in, before it is walked the first time. */
	| {readonly is: 'trust'}
	/** That anything may be changed here at all. */
	| {readonly is: 'allow'; readonly why: SafeText}
	/** The step itself: a yes, or a name. */
	| {readonly is: 'confirm'; readonly wanted: SafeText}
	| {readonly is: 'skip' | 'byHand' | 'note' | 'abandon' | 'edit'};

/** Where a person is among runbooks. */
export type GuideUi = {
	readonly page: Page;
	/** Key of the entry of the shelf that the cursor is on; undefined for the first. */
	readonly entry: string | undefined;
	/** The step of the runbook that the cursor is on; undefined for the first. */
	readonly step: string | undefined;
	/** The first line on the screen, where somebody has moved it; undefined where it follows what happens. */
	readonly top: number | undefined;
	readonly asks: Question | undefined;
	readonly typed: string;
};

export const guideAtRest: GuideUi = {
	page: 'shelf',
	entry: undefined,
	step: undefined,
	top: undefined,
	asks: undefined,
	typed: '',
};

export type Move = 'down' | 'up' | 'first' | 'last' | 'pageDown' | 'pageUp';

/** What the person sees while pressing a key. */
export type GuideSight = {
	/** Keys of the entries of the shelf. */
	readonly entries: readonly string[];
	/** Ids of the steps of the runbook, and of the first of each phase that has some. */
	readonly steps: readonly string[];
	readonly parts: readonly string[];
	/** The first line on the screen, how far that can be moved, and how many lines fit. */
	readonly top: number;
	readonly last: number;
	readonly room: number;
};

export type GuideEvent =
	| {readonly is: 'went'; readonly page: Page; readonly step?: string}
	| {readonly is: 'moved'; readonly move: Move}
	/** To the phase after or before. */
	| {readonly is: 'jumped'; readonly by: 1 | -1}
	| {readonly is: 'asked'; readonly question: Question | undefined; readonly typed?: string}
	| {readonly is: 'typed'; readonly text: string}
	/** Something happened that is to be seen. */
	| {readonly is: 'followed'};
