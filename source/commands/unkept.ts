import type {Baseline} from '../findings/facts.ts';
import {noBackground} from '../findings/world.ts';
import {type Marks, noMarks} from '../marks.ts';
import type {Keeping} from './background.ts';

/** What is known of a cluster beforehand and kept of it; without a place, nothing outlives the run. */
export type Kept = Omit<Keeping, 'place'> & {readonly place?: Keeping['place']};

/** For the demo, which reads and keeps nothing: marks are set in memory alone. `baseline` is what an earlier run would have seen. */
export function unkept(baseline: Baseline): Kept {
	let marks: Marks = noMarks;
	return {
		...noBackground,
		baseline,
		known: undefined,
		complaints: [],
		marks: () => marks,
		mark: (finding, mark) => {
			const next = new Map(marks);
			if (mark === undefined) next.delete(finding);
			else next.set(finding, mark);
			marks = next;
			return Promise.resolve();
		},
	};
}
