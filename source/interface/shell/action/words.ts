import type {Outcome} from '../../../actions/action.ts';
import type {Stage} from '../../../actions/undertaking.ts';
import {type Health, own, type SafeText, say} from '../../../vocabulary.ts';

/** `drain nuc-2`. */
export const titleOfStage = (stage: Stage): SafeText => ('title' in stage ? stage.title : stage.plan.title);

/** How something ended, as a health. */
export const healthOfResult = {done: 'ok', failed: 'bad', stopped: 'held'} as const satisfies Record<Outcome['result'], Health>;

/** Where it stands in one word: `14/20`. */
export function tinyWords(stage: Stage): SafeText {
	if (stage.is === 'ended') return own(stage.outcome.result);
	if (stage.is !== 'running' || stage.progress === undefined) return own(stage.is);
	return say`${stage.progress.done}/${stage.progress.total}`;
}

/** Where it stands, in as few words as a header has room for. */
export function shortWords(stage: Stage): SafeText {
	const title = titleOfStage(stage);
	switch (stage.is) {
		case 'running':
			return stage.stopping ? say`${title} stopping` : (stage.progress?.short ?? title);
		case 'ended':
			return say`${title} ${own(stage.outcome.result)}`;
		default:
			return say`${title} ${own(stage.is)}`;
	}
}
