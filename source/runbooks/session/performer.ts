import type {Doing} from '../runbook.ts';
import type {Task} from './event.ts';
import type {Performer} from './open-session.ts';

/** Does each step as its kind is done; what is done by hand is never begun. */
export function performerOf(by: Readonly<Record<Exclude<Doing['is'], 'manual'>, Performer>>): Performer {
	const of = ({doing}: Task): Performer => {
		if (doing.is === 'manual') throw new Error('a step that is done by hand was begun');
		return by[doing.is];
	};
	return {
		perform: async (task, watching) => of(task).perform(task, watching),
		follow: async (task, watching) => of(task).follow(task, watching),
	};
}
