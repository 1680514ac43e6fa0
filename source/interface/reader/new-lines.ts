import type {SafeText} from '../../vocabulary.ts';

/** Lines that came in after those that were told already; the first may have gone meanwhile. */
export function newLines(before: readonly SafeText[], after: readonly SafeText[]): readonly SafeText[] {
	const last = before.at(-1);
	return last === undefined ? after : after.slice(after.lastIndexOf(last) + 1);
}
