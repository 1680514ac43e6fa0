import type {Progress} from '../../actions/action.ts';
import {type SafeText, say} from '../../vocabulary.ts';

/** What was printed of a progress so far. */
export type Printed = {
	readonly lines: readonly SafeText[];
	/** Without figures: all that was ever said, and what was said since something happened last. */
	readonly ever: ReadonlySet<string>;
	readonly said: ReadonlySet<string>;
	/** What was waited for, with its figures, when that was said last. */
	readonly waiting: SafeText | undefined;
	/** When something was printed last, epoch ms. */
	readonly at: number;
};

export const nothingPrinted: Printed = {lines: [], ever: new Set(), said: new Set(), waiting: undefined, at: 0};

/** Milliseconds without news after which it is said once more what is waited for. */
const quiet = 4000;
/** Milliseconds without news after which figures that have moved are. */
const slow = 15_000;

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
 * waited for, when that is said for the first time, when it has become quiet since something happened, or when its figures
 * have moved for a while. `now` is epoch ms.
 */
export function progressLines(
	before: Printed,
	{lines, waiting: [waiting]}: Progress,
	now: number,
): {readonly news: readonly SafeText[]; readonly printed: Printed} {
	const happened = added(before.lines, lines);
	const words = happened.map(withoutFigures);
	const ever = new Set([...before.ever, ...words]);
	const said = new Set(happened.length === 0 ? before.said : words);
	const silence = happened.length > 0 ? 0 : now - before.at;
	const isDue = (what: SafeText): boolean => {
		const plain = withoutFigures(what);
		return !ever.has(plain) || (!said.has(plain) && silence >= quiet) || (what !== before.waiting && silence >= slow);
	};
	if (waiting === undefined || !isDue(waiting)) {
		return {news: happened, printed: {...before, lines, ever, said, at: happened.length > 0 ? now : before.at}};
	}
	for (const all of [ever, said]) all.add(withoutFigures(waiting));
	return {news: [...happened, say`waiting: ${waiting}`], printed: {lines, ever, said, waiting, at: now}};
}
