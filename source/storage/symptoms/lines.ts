import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {join} from '../../words.ts';
import type {EventRecord} from '../../workloads/event.ts';

/** A line of evidence has so many characters, a list of names so many lines. */
const width = 100;
const most = 8;

/** Cuts to one line of evidence. */
export const line = (text: SafeText): SafeText => safeText(text, width);

/** Names in lines; those beyond the last line are counted. */
export function listed(names: readonly SafeText[]): readonly SafeText[] {
	const lines: SafeText[][] = [[]];
	for (const name of names) {
		const last = lines.at(-1) ?? [];
		if (last.length > 0 && join([...last, name]).length > width) lines.push([name]);
		else last.push(name);
	}
	const shown = lines.slice(0, most);
	const rest = names.length - shown.flat().length;
	return [...shown.map(each => line(join(each))), ...(rest === 0 ? [] : [own(`and ${rest} more`)])];
}

/** Names in one line behind what they are; those that do not fit are counted. */
export function labelled(label: string, names: readonly SafeText[]): SafeText {
	const rest = (shown: number) => (shown === names.length ? undefined : own(`${names.length - shown} more`));
	for (let shown = names.length; shown > 0; shown--) {
		const text = say`${own(label)}: ${join([...names.slice(0, shown), rest(shown)])}`;
		if (text.length <= width || shown === 1) return line(text);
	}
	return own(label);
}

/** What an event says, and how often it was noted down. */
export function noted({reason, message, count}: EventRecord): SafeText {
	return line(say`${reason}${own(count > 1 ? ` (${count} times)` : '')}: ${message}`);
}
