/** The patience of a cluster's sources, in milliseconds. */
export type Timings = {
	/** After failures: the first wait and the longest, as client-go has them. */
	readonly retry: {readonly first: number; readonly most: number};
	/** Between two questions for a permission that is missing, or a resource that is not there. */
	readonly reask: {readonly first: number; readonly most: number};
	/** Between lists of what cannot be watched. */
	readonly poll: number;
	/** A watch that lasted this long counts as a success, a shorter one as a failure. */
	readonly healthyAfter: number;
	/** How long a refusal to let us watch is believed before we ask again. */
	readonly unwatchable: number;
	/** A watch that says nothing for so long, not even a bookmark (one a minute), is given up. */
	readonly quiet: number;
	/** Between two rounds of asking what the server serves. */
	readonly discovery: number;
};

export const timings: Timings = {
	retry: {first: 800, most: 30_000},
	reask: {first: 30_000, most: 300_000},
	poll: 30_000,
	healthyAfter: 2000,
	unwatchable: 300_000,
	quiet: 150_000,
	discovery: 300_000,
};
