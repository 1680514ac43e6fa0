/** The terminal while it shows our skeleton or the dashboard, and the way back from it. */
export type Screen = {
	/** True when the skeleton has been painted and nobody has restored the terminal since. */
	readonly painted: boolean;
	/** Somebody listens to it: sentences are appended, and nothing is drawn. */
	readonly speaks: boolean;
	/** Gives the terminal back; harmless when there is nothing to give back. */
	readonly restore: () => void;
	/** Writes what `draw` makes for the size of the terminal over the skeleton, where there is one. */
	readonly paint: (draw: (size: {readonly columns: number; readonly rows: number}) => string) => void;
	/** From here on the dashboard restores the terminal itself. */
	readonly handOver: () => void;
};

/** Whether stdout is a terminal on which a cursor can be moved, or does not have to be. */
export function isScreen({speaks}: Screen): boolean {
	return process.stdout.isTTY && (speaks || process.env.TERM !== 'dumb');
}
