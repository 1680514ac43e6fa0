import {setImmediate} from 'node:timers/promises';

/** Milliseconds of work after which everything else (a key press) gets its turn. */
const slice = 8;

/** Returns a function to await between pieces of work: most times it has nothing to wait for. */
export function createPace(now: () => number = performance.now.bind(performance)): () => Promise<void> | undefined {
	let since = now();
	return () => {
		if (now() - since < slice) return undefined;
		return setImmediate().then(() => {
			since = now();
		});
	};
}
