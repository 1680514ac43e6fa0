import type {Progress} from '../actions/action.ts';
import {type SafeText, say} from '../vocabulary.ts';

/** What was printed of a progress so far. */
export type Printed = {readonly lines: readonly SafeText[]; readonly waiting: string};

export const nothingPrinted: Printed = {lines: [], waiting: ''};

/** The lines that were not there before; the oldest of them may have been dropped meanwhile. */
function added(before: readonly SafeText[], now: readonly SafeText[]): readonly SafeText[] {
	for (let dropped = 0; dropped < before.length; dropped++) {
		const kept = before.length - dropped;
		if (kept <= now.length && before.every((line, at) => at < dropped || line === now[at - dropped])) return now.slice(kept);
	}
	return now;
}

/**
 * What is to be printed of a progress after what was printed before: a line for everything that happened, and one for what is
 * waited for where that is something else. Seconds that are counted down are no news.
 */
export function progressLines(
	before: Printed,
	{lines, waiting}: Progress,
): {readonly news: readonly SafeText[]; readonly printed: Printed} {
	const [first] = waiting;
	const awaited = (first ?? '').replaceAll(/\d+/g, '#');
	const isNew = first !== undefined && awaited !== before.waiting;
	return {
		news: [...added(before.lines, lines), ...(isNew ? [say`waiting: ${first}`] : [])],
		printed: {lines, waiting: awaited},
	};
}
