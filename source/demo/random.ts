/** Seeded random numbers in [0, 1): mulberry32. The same seed gives the same series. */
export function createRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A version 4 UUID out of such a series. */
export function randomUuid(random: () => number): string {
	return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replaceAll(/[xy]/g, place => {
		const digit = Math.floor(random() * 16);
		return (place === 'x' ? digit : (digit & 3) | 8).toString(16);
	});
}
