import type {Scenario} from '../model.ts';
import {replay} from '../players/play.ts';

type Steps = Scenario['steps'];

/** The steps, with all that everybody does from one of the past to the next, and from the last of them to the start. */
export function lived(steps: Steps): Steps {
	const past = steps.filter(({at}) => at < 0).toSorted((one, other) => one.at - other.at);
	return [
		...past.map((step, index) => ({
			...step,
			act: (...[stage, at]: Parameters<typeof step.act>) => {
				step.act(stage, at);
				replay(stage, at, at + ((past[index + 1]?.at ?? 0) - step.at) * 1000);
			},
		})),
		...steps.filter(({at}) => at >= 0),
	];
}
