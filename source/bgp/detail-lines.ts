import {type Detail, type DetailLine, own, type RawName, type SafeText, say} from '../vocabulary.ts';
import {join, shownName} from '../words.ts';

/** So many of a kind are told, the others counted. */
export const most = 8;

/** A line, where there is something to say. */
export const line = (label: string, value: SafeText | number | undefined, unit = ''): readonly DetailLine[] =>
	value === undefined || value === '' ? [] : [{label, value: say`${value}${own(unit)}`}];

/** The first lines, and how many there are beside them. */
export const firstOf = (lines: readonly DetailLine[]): readonly DetailLine[] => [
	...lines.slice(0, most),
	...line('', lines.length > most ? say`${lines.length - most} more` : undefined),
];

/** The sections that have something to say. */
export const written = (sections: Detail['sections']): Detail['sections'] => sections.filter(({lines}) => lines.length > 0);

/** Names of nodes or peer configs, and how many more. */
export const listed = (names: readonly RawName[]): SafeText =>
	join([
		...names.slice(0, most).map(name => shownName({name})),
		names.length > most ? say`${names.length - most} more` : undefined,
	]);
