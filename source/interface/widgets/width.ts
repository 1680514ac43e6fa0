import stringWidth from 'string-width';

const plain = /^[\x20-\x7e]*$/;
const known = new Map<string, number>();
const mostKnown = 8192;

/** How many columns of the terminal a text without escape sequences takes. Remembered, as graphemes are slow to find. */
export function widthOf(text: string): number {
	if (plain.test(text)) return text.length;
	const before = known.get(text);
	if (before !== undefined) return before;
	const width = stringWidth(text);
	if (known.size >= mostKnown) known.clear();
	known.set(text, width);
	return width;
}

let segmenter: Intl.Segmenter | undefined;

/** The graphemes of a text: what a person takes for one character. */
export function graphemes(text: string): string[] {
	if (plain.test(text)) return text.split('');
	segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
	return Array.from(segmenter.segment(text), ({segment}) => segment);
}

/** Cuts a text to at most `width` columns, ending in `ellipsis` (one column) where something was cut. */
export function truncate(text: string, width: number, ellipsis: string): string {
	if (widthOf(text) <= width) return text;
	if (width <= 0) return '';
	if (plain.test(text)) return text.slice(0, width - 1) + ellipsis;
	let kept = '';
	let used = 0;
	for (const grapheme of graphemes(text)) {
		used += widthOf(grapheme);
		if (used > width - 1) break;
		kept += grapheme;
	}
	return kept + ellipsis;
}

/** The same, but the end of the text is what stays. */
export function truncateStart(text: string, width: number, ellipsis: string): string {
	if (widthOf(text) <= width) return text;
	const kept: string[] = [];
	let used = 1;
	for (const grapheme of graphemes(text).reverse()) {
		used += widthOf(grapheme);
		if (used > width) break;
		kept.unshift(grapheme);
	}
	return width <= 0 ? '' : ellipsis + kept.join('');
}

/** Cuts or pads a text to exactly `width` columns. */
export function toWidth(text: string, width: number, ellipsis: string, align: 'left' | 'right' = 'left'): string {
	const cut = truncate(text, width, ellipsis);
	const blank = ' '.repeat(Math.max(0, width - widthOf(cut)));
	return align === 'left' ? cut + blank : blank + cut;
}

/** Breaks a text into lines of at most `width` columns, at blanks where there are some. */
export function wrap(text: string, width: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (widthOf(longer) <= width) {
			line = longer;
			continue;
		}
		if (line !== '') lines.push(line);
		const pieces = chop(word, width);
		line = pieces.pop() ?? '';
		lines.push(...pieces);
	}
	return [...lines, line];
}

function chop(word: string, width: number): string[] {
	const pieces: string[] = [];
	let piece = '';
	for (const grapheme of graphemes(word)) {
		if (piece !== '' && widthOf(piece) + widthOf(grapheme) > Math.max(1, width)) {
			pieces.push(piece);
			piece = '';
		}
		piece += grapheme;
	}
	return [...pieces, piece];
}
