/** Waiting times in milliseconds that double with each failure in a row. */
export type Backoff = {
	/** Counts a failure and says how long to wait after it. */
	readonly next: () => number;
	readonly reset: () => void;
	/** Failures since the last reset. */
	readonly failures: () => number;
};

/** `spread` makes of the doubled time one that is not everybody's: `fully` (the default) or `slightly`. */
export function createBackoff(
	{first, most}: {readonly first: number; readonly most: number},
	spread: (milliseconds: number) => number = milliseconds => fully(milliseconds, Math.random),
): Backoff {
	let failures = 0;
	return {
		next: () => spread(Math.min(most, first * 2 ** failures++)),
		reset: () => {
			failures = 0;
		},
		failures: () => failures,
	};
}

/** Any time up to this one ("full jitter"): for retries, which would else come all at once. */
export function fully(milliseconds: number, random: () => number): number {
	return milliseconds * random();
}

/** At most a fifth off: for what runs at intervals. */
export function slightly(milliseconds: number, random: () => number): number {
	return milliseconds * (0.8 + 0.4 * random());
}
