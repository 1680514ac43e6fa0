import type {Oddity, PhaseKind, Range} from '../runbook.ts';
import type {Draft} from './draft.ts';

/** What comes of a piece of Markdown, in its order. */
export type Piece = {readonly is: 'prose'; readonly range: Range} | {readonly is: 'step'; readonly draft: Draft};
export type Walked = {readonly pieces: readonly Piece[]; readonly oddities: readonly Oddity[]};

/** Where in a runbook it stands. */
export type Place = {readonly kind: PhaseKind; readonly heading: string; readonly source: string};

/** One after the other. */
export const joined = (parts: readonly Walked[]): Walked => ({
	pieces: parts.flatMap(({pieces}) => pieces),
	oddities: parts.flatMap(({oddities}) => oddities),
});
/** A piece that stays as it is. */
export const prose = (range: Range): Walked => ({pieces: [{is: 'prose', range}], oddities: []});
/** Whether anything in it is to be done. */
export const hasSteps = ({pieces}: Walked): boolean => pieces.some(({is}) => is === 'step');
