import {type Health, own, type SafeText} from '../../../vocabulary.ts';
import type {Look} from '../../widgets/look.ts';
import {roleOf} from '../../widgets/theme.ts';
import {graphemes, widthOf, wrap} from '../../widgets/width.ts';

/** A line, with what it is: a heading, what is only read once, something that is run as it stands, or how well what it says is. */
export type GuideLine = {readonly text: SafeText; readonly is?: 'heading' | 'muted' | 'code' | 'selected' | Health};

/** Lines that are one thing, and are told anew where any of them is another: `step:diagnosis-2`. */
export type Part = {readonly name: string; readonly lines: readonly GuideLine[]};

/** A page in lines of at most so many columns; `seen` is the line that has to be on the screen, and whether from its top. */
export type GuidePage = {
	readonly title: SafeText;
	readonly parts: readonly Part[];
	/** The line that is to be seen first where nobody has moved; undefined for the end. */
	readonly from: number | undefined;
};

export const linesOf = ({parts}: GuidePage): readonly GuideLine[] => parts.flatMap(({lines}) => lines);

const line = (text: string, is: GuideLine['is']): GuideLine => (is === undefined ? {text: own(text)} : {text: own(text), is});

/** A sentence over as many lines as it needs, all set in as its first is. */
export function told(text: SafeText, width: number, is?: GuideLine['is']): readonly GuideLine[] {
	const [indent = ''] = /^ */.exec(text) ?? [];
	const room = Math.max(1, width - indent.length);
	return wrap(text.slice(indent.length), room).map(part => line(`${indent}${part}`, is));
}

/** What goes on on the next line begins with this there. */
const goesOn = '… ';

/** A text as it stands, whatever blanks are in it; what is too wide goes on below, and says so. */
export function asWritten(text: SafeText, width: number, is?: GuideLine['is'], by = ''): readonly GuideLine[] {
	const room = Math.max(goesOn.length + 2, width - by.length);
	const lines: string[] = [];
	let rest = '';
	for (const one of graphemes(text)) {
		if (widthOf(rest + one) > room) {
			lines.push(rest);
			rest = goesOn;
		}
		rest += one;
	}
	return [...lines, rest].map(part => line(`${by}${part}`, is));
}

/** The lines as they are painted. */
export function paintLines(lines: readonly GuideLine[], look: Look): readonly string[] {
	return lines.map(({text, is}) => {
		switch (is) {
			case undefined:
				return ` ${text}`;
			case 'heading':
				return ` ${look.strong(text)}`;
			case 'selected':
				return look.selected(` ${text} `);
			case 'muted':
				return ` ${look.paint('muted', text)}`;
			case 'code':
				return ` ${look.paint('focus', text)}`;
			default:
				return ` ${look.paint(roleOf(is), text)}`;
		}
	});
}
