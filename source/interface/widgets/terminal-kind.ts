import type {ColourDepth} from './theme.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const forced: Readonly<Record<string, ColourDepth>> = {
	0: 'none',
	false: 'none',
	1: '16',
	true: '16',
	'': '16',
	2: '256',
	3: 'true',
};

/** How many colours to use: `FORCE_COLOR` (0–3), then `NO_COLOR`, then what the terminal says of itself. */
export function colourDepth({FORCE_COLOR: force, NO_COLOR: no, TERM: term = '', COLORTERM: more = ''}: Environment): ColourDepth {
	if (force !== undefined) return forced[force] ?? '16';
	if ((no !== undefined && no !== '') || term === '' || term === 'dumb') return 'none';
	if (/truecolor|24bit/i.test(more) || term.endsWith('-direct')) return 'true';
	return term.includes('256color') || more !== '' ? '256' : '16';
}

/** True where only ASCII is safe: the Linux console and dumb terminals, or a locale that is set and not UTF-8. */
export function onlyAscii({TERM: term = '', LC_ALL: all, LC_CTYPE: type, LANG: language}: Environment): boolean {
	if (/^(dumb|linux|vt\d+)$/.test(term)) return true;
	const locale = all || type || language;
	return locale !== undefined && locale !== '' && !/utf-?8/i.test(locale);
}

/** The theme the terminal's background asks for, where it tells (`COLORFGBG`), else dark. */
export function themeName({COLORFGBG: colours = ''}: Environment): 'dark' | 'light' {
	return /;(7|15)$/.test(colours) ? 'light' : 'dark';
}
