import type {SafeText} from '../../../vocabulary.ts';
import type {Look} from '../../widgets/look.ts';
import type {Dialog, Place} from '../keymap.ts';
import type {Part} from './lines.ts';

/** What of runbooks is on the screen. The same object while nothing of it has changed. */
export type GuideView = {
	/** Whose keys hold, while nothing is typed. */
	readonly dialog: Dialog;
	/** Whose keys are hinted at. */
	readonly place: Place;
	/** What is asked, from many words to few, and what is typed so far. */
	readonly asks: {readonly questions: readonly SafeText[]; readonly typed: string} | undefined;
	/** All of it in a box. */
	readonly draw: (width: number, height: number, look: Look) => readonly string[];
	/** The same for somebody who listens: what was heard before is not heard again. */
	readonly heard: () => readonly Part[];
	/** The runbook that is walked, in the words of a header; undefined for none. */
	readonly headline: {readonly short: SafeText; readonly tiny: SafeText} | undefined;
};
