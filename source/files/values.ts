import {type Shape, single} from './shape.ts';

const second = 1000;
const units: Readonly<Record<string, number>> = {
	ms: 1,
	s: second,
	m: 60 * second,
	h: 3600 * second,
	d: 24 * 3600 * second,
	w: 7 * 24 * 3600 * second,
};

/** `90s`, `1h30m`, `30d` in milliseconds; undefined when it is no length of time. A bare number is none: of what? */
function milliseconds(text: string): number | undefined {
	if (!/^(\d{1,6}(\.\d{1,3})?(ms|[smhdw]))+$/.test(text)) return undefined;
	const parts = text.matchAll(/([\d.]+)(ms|[smhdw])/g);
	const sum = [...parts].reduce((total, [, count, unit = '']) => total + Number(count) * (units[unit] ?? 0), 0);
	return sum > 0 ? sum : undefined;
}

/** `0.7` and `70%` as 0.7; undefined when it is no part of one. */
function ratioOf(value: unknown): number | undefined {
	const percent = typeof value === 'string' && /^\d{1,3}(\.\d{1,4})?%$/.test(value) ? Number(`${value.slice(0, -1)}e-2`) : value;
	return typeof percent === 'number' && percent >= 0 && percent <= 1 ? percent : undefined;
}

function isWebAddress(text: string): boolean {
	const url = URL.parse(text);
	return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && !/[{}]|%7B/i.test(url.host);
}

const textThat = (allowed: string, isOne: (text: string) => boolean): Shape<string> =>
	single(allowed, value => (typeof value === 'string' && isOne(value) ? value : undefined));

export const flag = single('true or false', value => (typeof value === 'boolean' ? value : undefined));

export const lengthOfTime = single('a length of time like "6h", "90m" or "30d"', value =>
	typeof value === 'string' ? milliseconds(value) : undefined,
);

export const ratio = single('a part of one like 0.7 or "70%"', ratioOf);

export const wholeNumber = single('a whole number', value =>
	Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined,
);

export const name = textThat('a name', text => text.trim() !== '' && text.length <= 253);

export const path = textThat('a path', text => text.trim() !== '' && !text.includes('\0') && text.length <= 4096);

export const pattern = textThat('a pattern like "media/jellyfin" or "*/traefik*"', text => /^[^/\s]+\/[^/\s]+$/.test(text));

export const objectPath = textThat('an object like "kube-system/talos-backup"', text =>
	/^[a-z0-9][-a-z0-9]{0,62}\/[a-z0-9][-.a-z0-9]{0,252}$/.test(text),
);

/** Control chords that a terminal sends for tab, enter and backspace. */
const named = ['ctrl-h', 'ctrl-i', 'ctrl-j', 'ctrl-m'];

export const chord = textThat(
	'a key like "x", "ctrl-x", "pagedown" or "tab"',
	text =>
		/^(?:[!-~]|ctrl-[a-z]|tab|shift-tab|enter|esc|space|up|down|pageup|pagedown|home|end)$/.test(text) && !named.includes(text),
);

export const webAddress = textThat('an http or https URL like "https://grafana.example/d/node?var-node={node}"', isWebAddress);

/** One of a few words. */
export function oneOf<const W extends string>(...words: readonly W[]): Shape<W> {
	return single(words.map(word => `"${word}"`).join(' or '), value => words.find(word => word === value));
}
