import {graphemes, widthOf} from './width.ts';

/** Our own signs in ASCII, each as wide as it was. Blocks of a trend become their height, 1 to 8. */
const twins: Readonly<Record<string, string>> = {
	'–': '-',
	'—': '-',
	'·': '-',
	'×': 'x',
	'°': ' ',
	'…': '~',
	'≥': '>',
	'≤': '<',
	'→': '>',
	'▁': '1',
	'▂': '2',
	'▃': '3',
	'▄': '4',
	'▅': '5',
	'▆': '6',
	'▇': '7',
	'█': '8',
};

const beyondAscii = /[^\x00-\x7f]/;

/** The same text, as wide, in nothing but ASCII: what has no twin becomes question marks. Escape sequences stay. */
export function toAscii(text: string): string {
	if (!beyondAscii.test(text)) return text;
	return graphemes(text)
		.map(one => (beyondAscii.test(one) ? (twins[one] ?? '?'.repeat(widthOf(one))) : one))
		.join('');
}
