/** What a screen reader would skip or spell, and the words for it. Of a line of signs (a trend) nothing is left. */
const words: ReadonlyArray<readonly [RegExp, string]> = [
	[/[▁-█]+ ?/g, ''],
	[/ — /g, '. '],
	[/ · /g, ', '],
	[/→ ?/g, 'to '],
	[/×(?=\d)/g, 'times '],
	[/≥ ?/g, 'at least '],
	[/≤ ?/g, 'at most '],
	[/°/g, ' degrees'],
	[/…/g, '...'],
];

const units: Readonly<Record<string, string>> = {s: 'second', m: 'minute', h: 'hour', d: 'day', y: 'year'};

const counted = (of: string, unit: string): string => `${Number(of)} ${units[unit] ?? unit}${Number(of) === 1 ? '' : 's'}`;

/** `35m` → `35 minutes`, `8h04` → `8 hours 4 minutes`, `<10s` → `less than 10 seconds`. */
function ageInWords(less: string, of: string, unit: string, minutes: string | undefined): string {
	const rest = minutes === undefined || Number(minutes) === 0 ? '' : ` ${counted(minutes, 'm')}`;
	return `${less === '' ? '' : 'less than '}${counted(of, unit)}${rest}`;
}

/** An age as it stands behind a moment, in brackets: there it cannot be part of a name. */
const ages = / \((<?)(\d+)([smhdy])(\d\d)?\)/g;

/** Printable text as it is to be heard: signs and the ages behind moments in words. Pure; text that is safe stays safe. */
export function spoken(text: string): string {
	const aged = text.replaceAll(
		ages,
		(_, less: string, of: string, unit: string, minutes?: string) => `, ${ageInWords(less, of, unit, minutes)}`,
	);
	return words.reduce((said, [sign, word]) => said.replaceAll(sign, word), aged);
}

const anyAge = /<?\d+(?:\.\d+)? ?[smhdy](?:\d\d)?\b/g;

/** The text without its ages: what tells two sentences apart that only time has changed. */
export function withoutAges(text: string): string {
	return text.replaceAll(anyAge, '');
}

/** With a full stop at its end, unless it has an end already. */
export function sentence(text: string): string {
	return /[.!?:]$/.test(text) ? text : `${text}.`;
}
