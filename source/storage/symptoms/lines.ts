import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import type {EventRecord} from '../../workloads/event.ts';

/** A line of evidence has so many characters, a line of names fewer, so that it needs no other; and so many lines they have. */
const width = 100;
const narrow = 74;
const most = 8;

/** Cuts to one line of evidence. */
export const line = (text: SafeText): SafeText => safeText(text, width);

/** Names in lines, the first behind what they are; those beyond the last line are counted. */
export function listed(label: SafeText | '', names: readonly SafeText[]): readonly SafeText[] {
	const [first, ...others] = names;
	if (first === undefined) return [];
	const lines: SafeText[] = [label === '' ? first : say`${label}: ${first}`];
	for (const [at, name] of others.entries()) {
		const longer = say`${lines.at(-1) ?? own('')}, ${name}`;
		if (longer.length <= narrow) lines.splice(-1, 1, longer);
		else if (lines.length === most) return [...lines.map(line), own(`and ${others.length - at} more`)];
		else lines.push(name);
	}
	return lines.map(line);
}

/** What an event says, and how often it was noted down; `said` is its message, or what matters of it. */
export function noted({reason, message, count}: EventRecord, said = message): SafeText {
	return line(say`${reason}${own(count > 1 ? ` ×${count}` : '')}: ${said}`);
}
