import {describe, expect, test} from 'vitest';
import {looksFor} from '../../../source/interface/widgets/look.ts';
import {colourDepth, onlyAscii, themeName} from '../../../source/interface/widgets/terminal-kind.ts';
import {type Role, rgbOf, sgrOf, themes} from '../../../source/interface/widgets/theme.ts';

const channels = (rgb: string) => [1, 3, 5].map(at => Number.parseInt(rgb.slice(at, at + 2), 16) / 255);

/** Relative luminance and contrast as WCAG 2 defines them. */
const luminance = (rgb: string) => {
	const [red = 0, green = 0, blue = 0] = channels(rgb).map(value =>
		value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
	);
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: string, other: string) => {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
};

/** The sixteen colours of the Linux console, which most terminals stay close to. */
const sixteen: Readonly<Record<number, string>> = {
	30: '#000000',
	31: '#aa0000',
	32: '#00aa00',
	33: '#aa5500',
	34: '#0000aa',
	35: '#aa00aa',
	36: '#00aaaa',
	37: '#aaaaaa',
	90: '#555555',
	91: '#ff5555',
	92: '#55ff55',
	93: '#ffff55',
	94: '#5555ff',
	95: '#ff55ff',
	96: '#55ffff',
	97: '#ffffff',
};

const roles: readonly Role[] = ['ok', 'warn', 'bad', 'stale', 'muted', 'focus', 'text', 'border'];

describe.each(themes)('the theme $name', theme => {
	test.each(roles)('has enough contrast for %s in every depth of colour', role => {
		const colour = theme.roles[role];
		// The terminal's own colour is its own affair.
		const used =
			colour === null ? [] : [colour.rgb, rgbOf(colour[256]), ...(colour[16] === null ? [] : [sixteen[colour[16]] ?? ''])];
		for (const rgb of used) expect(contrast(rgb, theme.background), `${role} ${rgb}`).toBeGreaterThanOrEqual(4.5);
	});

	test('tells what is bad, what is warned of and what is old by different colours', () => {
		for (const depth of ['16', '256', 'true'] as const)
			expect(new Set((['bad', 'warn', 'stale', 'focus'] as const).map(role => sgrOf(theme, role, depth))).size).toBe(4);
	});
});

test('writes the shortest sequence that is exact', () => {
	const [dark] = themes;
	if (dark === undefined) throw new Error('no theme');
	const colour = {rgb: '#123456', 256: 17, 16: 34};
	const odd = {...dark, roles: {...dark.roles, bad: colour}};
	expect(sgrOf(dark, 'bad', 'true')).toBe('38;5;203');
	expect(sgrOf(odd, 'bad', 'true')).toBe('38;2;18;52;86');
	expect(sgrOf(odd, 'bad', '256')).toBe('38;5;17');
	expect(sgrOf(odd, 'bad', '16')).toBe('34');
	expect(sgrOf(odd, 'bad', 'none')).toBeUndefined();
});

test.each([
	[{TERM: 'xterm-256color'}, '256'],
	[{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, 'true'],
	[{TERM: 'xterm'}, '16'],
	[{TERM: 'dumb', COLORTERM: 'truecolor'}, 'none'],
	[{}, 'none'],
	[{TERM: 'xterm-256color', NO_COLOR: '1'}, 'none'],
	[{TERM: 'xterm-256color', NO_COLOR: ''}, '256'],
	[{TERM: 'xterm-256color', NO_COLOR: '1', FORCE_COLOR: '1'}, '16'],
	[{TERM: 'xterm', FORCE_COLOR: '3'}, 'true'],
	[{TERM: 'xterm', FORCE_COLOR: '0'}, 'none'],
])('takes %j for %s colours', (environment, depth) => {
	expect(colourDepth(environment)).toBe(depth);
});

test.each([
	[{TERM: 'xterm', LANG: 'en_US.UTF-8'}, false],
	[{TERM: 'xterm'}, false],
	[{TERM: 'xterm', LANG: 'C'}, true],
	[{TERM: 'xterm', LANG: 'C', LC_ALL: 'C.utf8'}, false],
	[{TERM: 'linux', LANG: 'C.UTF-8'}, true],
	[{TERM: 'dumb'}, true],
])('decides for %j on ASCII only: %s', (environment, ascii) => {
	expect(onlyAscii(environment)).toBe(ascii);
});

test('chooses the theme that was asked for, else the one for the background', () => {
	expect(themeName({COLORFGBG: '0;15'})).toBe('light');
	expect(themeName({COLORFGBG: '15;0'})).toBe('dark');
	expect(looksFor({environment: {TERM: 'xterm', COLORFGBG: '0;15'}}).map(({theme}) => theme)).toEqual(['light', 'dark']);
	expect(looksFor({environment: {TERM: 'xterm'}, theme: 'light'})[0].theme).toBe('light');
	expect(looksFor({environment: {TERM: 'xterm'}, theme: 'no such'})[0].theme).toBe('dark');
});

test('writes no sequence at all on a dumb terminal', () => {
	const [look] = looksFor({environment: {TERM: 'dumb'}});
	expect([look.paint('bad', 'a'), look.strong('a'), look.selected('a'), look.sign('bad')]).toEqual(['a', 'a', 'a', 'X']);
});
