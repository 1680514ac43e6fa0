import {safeText} from '../../cluster/safe-text.ts';
import {own, say} from '../../vocabulary.ts';
import {isReserved} from '../reserved.ts';
import type {Oddity, Parameter} from '../runbook.ts';
import type {Draft} from './draft.ts';
import {typeByName} from './front-matter.ts';

/** Parameters in the order they are met: those declared first, then what steps use beside them. */
export function parametersOf(declared: readonly Parameter[], drafts: readonly Draft[]): readonly Parameter[] {
	const names = new Set(declared.map(({name}) => name));
	const met = [...new Set(drafts.flatMap(({step}) => step.parameters))].filter(name => !names.has(name) && !isReserved(name));
	const found = met.map((name): Parameter => {
		const written = drafts.map(draft => draft.written.get(name)).find(one => one !== undefined);
		const otherwise = drafts.map(draft => draft.defaults.get(name)).find(one => one !== undefined);
		const about = written === undefined ? own('') : say`stands for ${safeText(written, 60)}`;
		return {name, about, type: typeByName(name), ...(otherwise === undefined ? {} : {default: otherwise})};
	});
	return [...declared, ...found];
}

/** What a step takes from an earlier one: nothing comes over, since each runs in a shell of its own. */
export function carried(drafts: readonly Draft[], declared: ReadonlySet<string>): readonly Oddity[] {
	return drafts.flatMap(({step: {parameters, range}}, at) =>
		parameters.flatMap(name => {
			const earlier = drafts.slice(0, at).find(({sets}) => sets.includes(name));
			if (earlier === undefined || declared.has(name)) return [];
			return [
				{
					line: range.from,
					text: say`${safeText(name, 60)} is set in line ${earlier.step.range.from}, but every step has a shell of its own; it is asked for as a parameter`,
				},
			];
		}),
	);
}
