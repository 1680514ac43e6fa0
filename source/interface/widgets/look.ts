import type {Health} from '../../vocabulary.ts';
import {ascii, type Glyphs, unicode} from './glyphs.ts';
import {colourDepth, onlyAscii, themeName} from './terminal-kind.ts';
import {type ColourDepth, type Role, roleOf, sgrOf, type Theme, themes} from './theme.ts';

/** How everything is drawn on this terminal: colours as SGR sequences, signs, and emphasis. */
export type Look = {
	readonly theme: string;
	readonly glyphs: Glyphs;
	readonly paint: (role: Role, text: string) => string;
	/** The sign of a health in its colour. */
	readonly sign: (health: Health) => string;
	readonly strong: (text: string) => string;
	/** The row under the cursor. */
	readonly selected: (text: string) => string;
};

/** Makes the look of a theme. `plain` (a dumb terminal) means no escape sequence at all. */
export function makeLook(theme: Theme, depth: ColourDepth, glyphs: Glyphs, plain = false): Look {
	const paint = (role: Role, text: string): string => {
		const sgr = sgrOf(theme, role, plain ? 'none' : depth);
		return sgr === undefined || text === '' ? text : `\u001b[${sgr}m${text}\u001b[39m`;
	};
	return {
		theme: theme.name,
		glyphs,
		paint,
		sign: health => paint(roleOf(health), glyphs.health[health]),
		strong: text => (plain ? text : `\u001b[1m${text}\u001b[22m`),
		selected: text => (plain ? text : `\u001b[7m${text}\u001b[27m`),
	};
}

export type LookOptions = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly theme?: string;
	readonly ascii?: boolean;
};

/** All themes as looks on this terminal, the one to begin with first. An unknown name is the terminal's own choice. */
export function looksFor({environment, theme, ascii: asked = false}: LookOptions): readonly [Look, ...Look[]] {
	const name = themes.some(one => one.name === theme) ? theme : themeName(environment);
	const glyphs = asked || onlyAscii(environment) ? ascii : unicode;
	const plain = environment.TERM === 'dumb';
	const looks = themes.map(one => makeLook(one, colourDepth(environment), glyphs, plain));
	const [first, ...others] = [...looks.filter(look => look.theme === name), ...looks.filter(look => look.theme !== name)];
	if (first === undefined) throw new Error('there are no themes');
	return [first, ...others];
}
