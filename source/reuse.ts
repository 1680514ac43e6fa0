/** What a fact was made from and until when it holds: enough to know whether it must be told anew. */
export type Told = {
	readonly from: readonly unknown[];
	/** Its ages are counted to this moment, epoch ms. */
	readonly asOf: number;
	/** When its words change by time alone, epoch ms; infinite when never. */
	readonly turnsAt: number;
};

/**
 * The fact from before when its inputs are the same ones and its time has not come; else undefined.
 * An unchanged fact stays the same object, and with it its row, its line on the screen, and zero bytes on the wire.
 */
export function stillTrue<F extends Told>(before: F | undefined, from: readonly unknown[], now: number): F | undefined {
	if (before === undefined || now >= before.turnsAt) return undefined;
	if (before.from.length !== from.length) return undefined;
	return before.from.every((input, at) => Object.is(input, from[at])) ? before : undefined;
}

/** The list from before when the new one holds the same objects in the same order. */
export function sameList<F>(before: readonly F[] | undefined, list: readonly F[]): readonly F[] {
	if (before === undefined || before.length !== list.length) return list;
	return before.every((item, at) => item === list[at]) ? before : list;
}
