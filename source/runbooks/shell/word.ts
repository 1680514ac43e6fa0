import type {Word, WordPart} from 'unbash';

/** One word of a command as far as it is known before it runs. */
export type Shown = {
	/** What it says; expansions stand in it as they are written. */
	readonly text: string;
	/** Nothing in it is filled in by the shell: it is what it says, and one word. */
	readonly literal: boolean;
	/** How many characters at its beginning are surely so. */
	readonly sure: number;
	/** It may become several words, or none: an expansion outside quotes, a pattern, braces. */
	readonly several: boolean;
	/** Where it stands in the script that was parsed, the end excluded. */
	readonly pos: number;
	readonly end: number;
};

/** A word of which nothing is known. */
export function anything(at: {readonly pos: number; readonly end: number}): Shown {
	return {text: '…', literal: false, sure: 0, several: true, pos: at.pos, end: at.end};
}

type Piece = {readonly text: string; readonly literal: boolean; readonly several: boolean};

function pieceOf(part: WordPart): readonly Piece[] {
	switch (part.type) {
		case 'Literal':
		case 'SingleQuoted':
		case 'AnsiCQuoted':
			return [{text: part.value, literal: true, several: false}];
		case 'DoubleQuoted':
			return part.parts.flatMap(pieceOf).map(piece => ({...piece, several: false}));
		default:
			return [{text: part.text, literal: false, several: true}];
	}
}

/** A parsed word as it is known before it runs. A tilde is known well enough: it becomes a path. */
export function shownWord(word: Word): Shown {
	const pieces = word.parts === undefined ? [{text: word.value, literal: true, several: false}] : word.parts.flatMap(pieceOf);
	const unsure = pieces.findIndex(({literal}) => !literal);
	const sure = unsure < 0 ? pieces : pieces.slice(0, unsure);
	return {
		text: pieces.map(({text}) => text).join(''),
		literal: unsure < 0,
		sure: sure.reduce((length, {text}) => length + text.length, 0),
		several: pieces.some(({several}) => several),
		pos: word.pos,
		end: word.end,
	};
}

/** What a word is, where it is known; undefined where it is not. */
export function known(word: Shown | undefined): string | undefined {
	return word?.literal === true ? word.text : undefined;
}

/** Whether it is a flag, as far as one can see. A single dash is none. */
export function isFlag(word: Shown): boolean {
	return word.sure > 1 && word.text.startsWith('-');
}

/** Whether it might turn out to be a flag, or several words of which one is. */
export function mayBeFlag(word: Shown): boolean {
	return word.several || (!word.literal && word.sure === 0);
}
