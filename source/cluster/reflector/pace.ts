import {setImmediate} from 'node:timers/promises';

/** Milliseconds of work after which everything else (a key press) gets its turn. */
const slice = 8;

/** Returns a function to await between pieces of work: most times it has nothing to wait for. */
export function createPace(): () => Promise<void> | undefined {
	let since = performance.now();
	return () => {
		if (performance.now() - since < slice) return undefined;
		return setImmediate().then(() => {
			since = performance.now();
		});
	};
}
