import {createBackoff, fully} from '../backoff.ts';

/** Brings a line back that is down. */
export type Revival = {
	/** Tries again after a pause, longer each time it is asked for; does nothing where a try is due already. */
	readonly later: () => void;
	/** The line had been up for so many milliseconds: what went wrong before is forgotten where that was long enough. */
	readonly wasUpFor: (milliseconds: number) => void;
	readonly stop: () => void;
};

const healthyAfter = 10_000;

/** `most`: the longest pause in milliseconds. Pauses are random, so that not everybody comes back to a server at once. */
export function newRevival(open: () => void, most: number): Revival {
	const backoff = createBackoff({first: 500, most}, pause => fully(pause, Math.random));
	let due: NodeJS.Timeout | undefined;
	return {
		later: () => {
			due ??= setTimeout(() => {
				due = undefined;
				open();
			}, backoff.next()).unref();
		},
		wasUpFor: milliseconds => {
			if (milliseconds > healthyAfter) backoff.reset();
		},
		stop: () => clearTimeout(due),
	};
}
