import type {Tail} from '../transport.ts';

/** Remembers round trips for a while. */
export type RoundTrips = {
	readonly add: (milliseconds: number) => void;
	/** How slow the slowest of them are; undefined before the first. */
	readonly tail: () => Tail | undefined;
};

/** Milliseconds a round trip counts for, and how many count at most. */
const window = 10 * 60_000;
const most = 512;

/** `clock`: milliseconds that nobody sets back. */
export function newRoundTrips(clock: () => number): RoundTrips {
	let kept: ReadonlyArray<{readonly at: number; readonly took: number}> = [];
	return {
		add: took => {
			const now = clock();
			// One that has just run out stays: without it, what is left would never cover the whole window.
			kept = [...kept.filter((_, at) => (kept[at + 1]?.at ?? now) > now - window), {at: now, took}].slice(-most);
		},
		tail: () => {
			const [first] = kept;
			if (first === undefined) return undefined;
			const sorted = kept.map(({took}) => took).sort((a, b) => a - b);
			const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
			return {p99, samples: kept.length, since: Date.now() - (clock() - first.at)};
		},
	};
}
