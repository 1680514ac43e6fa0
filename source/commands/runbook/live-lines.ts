import type {Seen} from '../../runbooks/execute/order.ts';
import {own, type SafeText} from '../../vocabulary.ts';

/** The lines of a command's output that were printed, and the one behind them that may not be whole yet. */
export type Printed = {readonly lines: readonly SafeText[]; readonly pending?: SafeText | undefined};

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

/** What was printed, as far as it is still the beginning of what is seen: a last line that has grown meanwhile was not printed. */
function stillPrinted(
	lines: readonly SafeText[],
	now: readonly SafeText[],
): {readonly common: number; readonly lines: readonly SafeText[]} {
	const common = overlap(lines, now);
	if (common > 0) return {common, lines};
	const whole = lines.slice(0, -1);
	const grown = overlap(whole, now);
	return grown > 0 ? {common: grown, lines: whole} : {common: 0, lines};
}

/**
 * What is new in the output of a command since it was printed last; unless `isWhole`, its last line may not be whole yet and
 * waits. Where more came at once than is shown, the gap is told.
 */
export function newLines(
	{lines: before, pending}: Printed,
	{lines: seen, total}: Seen,
	isWhole: boolean,
): {readonly printed: Printed; readonly news: readonly SafeText[]} {
	const waits = !isWhole && total > 0;
	const now = waits ? seen.slice(0, -1) : seen;
	const {common, lines} = stillPrinted(before, now);
	const fresh = now.slice(common);
	const printed = {lines: [...lines, ...fresh].slice(-remembered), pending: waits ? seen.at(-1) : undefined};
	const goesOn = common > 0 || (pending !== undefined && now[0]?.startsWith(pending) === true);
	const hasGap = fresh.length > 0 && !goesOn && before.length > 1 && total > 0;
	return {printed, news: [...(hasGap ? [own('…')] : []), ...fresh]};
}
