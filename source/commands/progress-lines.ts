import type {Progress} from '../actions/action.ts';
import {type SafeText, say} from '../vocabulary.ts';

/** What was printed of a progress so far; `said`: since something happened last, without figures. */
export type Printed = {readonly lines: readonly SafeText[]; readonly said: ReadonlySet<string>};

export const nothingPrinted: Printed = {lines: [], said: new Set()};

/** The lines that were not there before; the oldest of them may have been dropped meanwhile. */
function added(before: readonly SafeText[], now: readonly SafeText[]): readonly SafeText[] {
	for (let dropped = 0; dropped < before.length; dropped++) {
		const kept = before.length - dropped;
		if (kept <= now.length && before.every((line, at) => at < dropped || line === now[at - dropped])) return now.slice(kept);
	}
	return now;
}

/** Seconds that are counted down are no news. */
const withoutFigures = (text: SafeText): string => text.replaceAll(/\d+/g, '#');

/**
 * What is to be printed of a progress after what was printed before: a line for everything that happened, and one for what is
 * waited for, unless that was said since something happened last.
 */
export function progressLines(
	before: Printed,
	{lines, waiting: [waiting]}: Progress,
): {readonly news: readonly SafeText[]; readonly printed: Printed} {
	const happened = added(before.lines, lines);
	const said = new Set(happened.length === 0 ? before.said : happened.map(withoutFigures));
	const isNew = waiting !== undefined && !said.has(withoutFigures(waiting));
	if (waiting !== undefined) said.add(withoutFigures(waiting));
	return {news: [...happened, ...(isNew ? [say`waiting: ${waiting}`] : [])], printed: {lines, said}};
}
