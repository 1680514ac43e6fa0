import dark from '../../../themes/dark.json' with {type: 'json'};
import light from '../../../themes/light.json' with {type: 'json'};
import type {Health} from '../../vocabulary.ts';

/** What a colour says; the only names of colours outside `themes/`. */
export type Role = 'ok' | 'warn' | 'bad' | 'stale' | 'muted' | 'focus' | 'text' | 'border';

/** One colour on the three kinds of terminals; `16` is the SGR code itself. Null leaves the terminal's own colour. */
export type Colour = {readonly rgb: string; readonly 256: number; readonly 16: number | null};

/** `background` is what the colours were chosen for; it is never painted. */
export type Theme = {
	readonly name: string;
	readonly background: string;
	readonly roles: Readonly<Record<Role, Colour | null>>;
};

export const themes: readonly Theme[] = [dark, light];

/** How many colours the terminal has. */
export type ColourDepth = 'none' | '16' | '256' | 'true';

const roles: Readonly<Record<Health, Role>> = {
	bad: 'bad',
	warn: 'warn',
	unknown: 'stale',
	held: 'muted',
	risk: 'text',
	ok: 'ok',
	idle: 'muted',
};

/** The colour that goes with a health. */
export function roleOf(health: Health): Role {
	return roles[health];
}

const levels = [0, 95, 135, 175, 215, 255];

/** The colour behind an index of the 256-colour table (16–255), as `#rrggbb`. */
export function rgbOf(index: number): string {
	const cube = index - 16;
	const parts =
		index >= 232
			? Array.from({length: 3}, () => 8 + (index - 232) * 10)
			: [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level => levels[level] ?? 0);
	return `#${parts.map(part => part.toString(16).padStart(2, '0')).join('')}`;
}

/** The SGR parameters of a role, or undefined where the terminal's own colour stays. The shortest form that is exact. */
export function sgrOf(theme: Theme, role: Role, depth: ColourDepth): string | undefined {
	const colour = theme.roles[role];
	if (colour === null || depth === 'none') return undefined;
	if (depth === '16') return colour[16] === null ? undefined : `${colour[16]}`;
	if (depth === '256' || rgbOf(colour[256]) === colour.rgb) return `38;5;${colour[256]}`;
	const channels = [1, 3, 5].map(at => Number.parseInt(colour.rgb.slice(at, at + 2), 16));
	return `38;2;${channels.join(';')}`;
}
