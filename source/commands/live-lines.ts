import type {Seen} from '../runbooks/execute/order.ts';
import {own, type SafeText} from '../vocabulary.ts';

/** The lines of a command's output that were printed. */
export type Printed = {readonly lines: readonly SafeText[]};

export const nonePrinted: Printed = {lines: []};

/** As many lines as may be compared with what was printed: more than is shown at once. */
const remembered = 4000;

/** How many lines at the end of `before` are those at the beginning of `now`. */
function overlap(before: readonly SafeText[], now: readonly SafeText[]): number {
	for (let common = Math.min(before.length, now.length); common > 0; common--) {
		const from = before.length - common;
		if (before[from] === now[0] && now.slice(0, common).every((line, at) => line === before[from + at])) return common;
	}
	return 0;
}

/** How many of the lines were printed already; a last one that has grown meanwhile was not. */
function alreadyPrinted(before: readonly SafeText[], now: readonly SafeText[]): number {
	const common = overlap(before, now);
	return common > 0 ? common : overlap(before.slice(0, -1), now);
}

/**
 * What is new in the output of a command since it was printed last; unless `isWhole`, its last line may not be whole yet and
 * waits. Where more came at once than is shown, the gap is told.
 */
export function newLines(
	printed: Printed,
	{lines, total}: Seen,
	isWhole: boolean,
): {readonly printed: Printed; readonly news: readonly SafeText[]} {
	const whole = isWhole || total === 0 ? lines : lines.slice(0, -1);
	const common = alreadyPrinted(printed.lines, whole);
	const fresh = whole.slice(common);
	if (fresh.length === 0) return {printed, news: []};
	const hasGap = common === 0 && printed.lines.length > 1 && total > 0;
	return {printed: {lines: [...printed.lines, ...fresh].slice(-remembered)}, news: [...(hasGap ? [own('…')] : []), ...fresh]};
}
