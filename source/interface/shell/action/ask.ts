import {safeText} from '../../../cluster/safe-text.ts';
import {type SafeText, say} from '../../../vocabulary.ts';
import type {GuideView} from '../guide/view.ts';
import type {Picture} from '../model.ts';
import type {Message, Question, Ui} from '../state.ts';
import {type ActionView, isRunning} from './underway.ts';
import {shortWords, tinyWords, titleOfStage} from './words.ts';

/** What is asked before an action, from many words to few. */
export function questionsOf({stage}: ActionView, asks: Question, {context}: Pick<Picture, 'context'>): readonly string[] {
	if (asks === 'allow') return [`allow changes on ${context}? type yes: `, 'allow changes? type yes: '];
	const confirm = stage.is === 'planned' ? stage.plan.confirm : undefined;
	const wanted = confirm?.ask === 'name' ? safeText(confirm.name, 253) : 'yes';
	return [`type ${wanted} to ${titleOfStage(stage)}: `, `type ${wanted}: `];
}

/** What is asked of whoever leaves while an action runs, or a runbook is walked; undefined where neither is. */
export function leavingQuestion({
	action,
	guide,
}: {
	readonly action?: ActionView | undefined;
	readonly guide?: GuideView | undefined;
}): Message | undefined {
	if (action !== undefined && isRunning(action)) {
		const title = titleOfStage(action.stage);
		return {
			health: 'warn',
			text: say`${title} is running. enter stops it at the next safe point and quits, and says how to go on; esc stays. ctrl-c quits without waiting: what was begun is then to be verified.`,
		};
	}
	if (guide?.headline === undefined) return undefined;
	return {
		health: 'warn',
		text: say`${guide.headline.short} is under way. enter stops it here and quits, and says how to go on; esc stays. What a command is changing comes to its end without midwatch; ctrl-c quits without waiting.`,
	};
}

/** An action in the words of a header: where there is room, and where there is hardly any. */
export type Headline = {readonly short: SafeText; readonly tiny: SafeText};

/** What the header says of the action under way, unless it is looked at and does nothing yet; else of the runbook that is walked. */
export function headlineOf({
	action,
	guide,
	ui: {over},
}: {
	readonly action?: ActionView | undefined;
	readonly guide?: GuideView | undefined;
	readonly ui: Ui;
}): Headline | undefined {
	if (action === undefined || (over?.is === 'action' && !isRunning(action))) return guide?.headline;
	return {short: shortWords(action.stage), tiny: tinyWords(action.stage)};
}
