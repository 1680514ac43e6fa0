import type {ActionRequest} from '../../../actions/request.ts';
import type {SafeText, Subject, ViewId} from '../../../vocabulary.ts';
import type {ContextChoice} from '../context-choice.ts';
import type {Command} from '../keymap.ts';

/** Where an offer leads to. */
export type Lead =
	| {readonly is: 'command'; readonly command: Command}
	| {readonly is: 'view'; readonly view: ViewId}
	| {readonly is: 'row'; readonly view: ViewId; readonly key: string}
	| {readonly is: 'context'; readonly context: ContextChoice}
	| {readonly is: 'look'; readonly look: number}
	| {readonly is: 'action'; readonly request: ActionRequest}
	/** An action without its object: that is typed next. */
	| {readonly is: 'ask'; readonly action: ActionRequest['is']}
	/** Back to the action under way. */
	| {readonly is: 'underway'}
	/** A runbook, a run that is taken up again, the runbook that is walked. */
	| {readonly is: 'runbook'; readonly id: string}
	| {readonly is: 'run'; readonly run: string}
	| {readonly is: 'walk'};

/** The command line that does the same: words behind `midwatch`, or what kubectl shows an object with. */
export type Line = {readonly words: readonly string[]} | {readonly subject: Subject};

/** One thing that can be done or opened. The same object while nothing of it has changed. */
export type Offer = {
	readonly key: string;
	/** As it is typed: `drain nuc-2`. */
	readonly text: SafeText;
	/** Other words for it. */
	readonly also?: readonly string[];
	/** What it does or how it is. */
	readonly about: SafeText;
	/** Why not now. */
	readonly not?: SafeText;
	readonly line?: Line;
	readonly lead: Lead;
};
