/** A change to one file of a dependency, made while bundling. It must match, or the build fails. */
export type Patch = {
	readonly name: string;
	/** Why it pays, and where upstream hears of it. */
	readonly why: string;
	/** The file, as the end of its path. */
	readonly file: string;
	readonly apply: (source: string) => string;
};

/** Replaces `from`, which must stand in `source` exactly once. */
export function replaceOnce(source: string, from: string, to: string): string {
	const pieces = source.split(from);
	if (pieces.length !== 2) throw new Error(`expected exactly once, found ${pieces.length - 1} times: ${from}`);
	return pieces.join(to);
}
