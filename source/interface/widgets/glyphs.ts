import type {Health} from '../../vocabulary.ts';

/** The lines of a box: corners from the top left clockwise, then across and down. */
export type Border = {
	readonly corners: readonly [string, string, string, string];
	readonly across: string;
	readonly down: string;
};

/** Every sign that is drawn. Each takes one column. */
export type Glyphs = {
	readonly health: Readonly<Record<Health, string>>;
	readonly border: Border;
	/** Heavier, so that the focus is seen without colours. */
	readonly focused: Border;
	readonly ellipsis: string;
	readonly cursor: string;
	/** Beside the sign of a row that was picked. */
	readonly picked: string;
	readonly child: string;
	readonly dot: string;
	readonly up: string;
	readonly down: string;
	readonly caret: string;
};

export const unicode: Glyphs = {
	health: {bad: '✖', warn: '▲', unknown: '?', held: '◐', risk: '◇', ok: '●', idle: '·'},
	border: {corners: ['╭', '╮', '╯', '╰'], across: '─', down: '│'},
	focused: {corners: ['┏', '┓', '┛', '┗'], across: '━', down: '┃'},
	ellipsis: '…',
	cursor: '▸',
	picked: '✓',
	child: '└',
	dot: '·',
	up: '↑',
	down: '↓',
	caret: '▏',
};

export const ascii: Glyphs = {
	health: {bad: 'X', warn: '!', unknown: '?', held: 'o', risk: '+', ok: '*', idle: '.'},
	border: {corners: ['+', '+', '+', '+'], across: '-', down: '|'},
	focused: {corners: ['#', '#', '#', '#'], across: '=', down: '#'},
	ellipsis: '~',
	cursor: '>',
	picked: '=',
	child: '`',
	dot: '-',
	up: '^',
	down: 'v',
	caret: '_',
};
