import {safeText} from '../../cluster/safe-text.ts';
import {type SafeText, say} from '../../vocabulary.ts';
import type {Doing, Oddity, Range, Step} from '../runbook.ts';
import {classify} from '../shell/classify.ts';
import {fill} from './placeholders.ts';
import {setIn, variablesOf} from './variables.ts';

/** A step before it has its number. */
export type Draft = {
	readonly step: Omit<Step, 'id' | 'number'>;
	/** Values that it takes where none is given, by name. */
	readonly defaults: ReadonlyMap<string, string>;
	/** What placeholders look like that became parameters, by name. */
	readonly written: ReadonlyMap<string, string>;
	/** Variables that its script sets. */
	readonly sets: readonly string[];
};

/** A title in a line: without a colon at its end. */
export function titled(text: string): SafeText {
	return safeText(
		text
			.replaceAll(/\s+/g, ' ')
			.trim()
			.replace(/[\s:]+$/, ''),
		300,
	);
}

/** What a script says of itself: its first comment, else its first line. */
export function titleOfScript(script: string): SafeText {
	const [first = ''] = script.split('\n').filter(line => line.trim() !== '');
	const [, comment] = /^\s*#+(?!!)\s*(.*\S)/.exec(first) ?? [];
	return titled(comment ?? first.replace(/\\$/, ''));
}

const nothingMore = {defaults: new Map<string, string>(), written: new Map<string, string>(), sets: []} as const;

/** A step that a person does by hand. */
export function manualDraft(title: SafeText, range: Range): Draft {
	return {...nothingMore, step: {title, doing: {is: 'manual'}, parameters: [], unquoted: [], range}};
}

/** A step of our own command lines, or one that waits. */
export function ownDraft(title: SafeText, doing: Doing, range: Range, text: string, wrong?: SafeText): Draft {
	const used = [...text.matchAll(/\$\{?([A-Za-z_]\w*)\}?/g)].map(([, name = '']) => name);
	const toEdit = wrong === undefined ? {} : {toEdit: wrong};
	return {...nothingMore, step: {title, doing, parameters: [...new Set(used)], unquoted: [], range, ...toEdit}};
}

type Shell = {readonly script: string; readonly output: string; readonly title: SafeText; readonly range: Range};

/** A step for a shell. Its placeholders become variables where that is safe. */
export function shellDraft({script: written, output, title, range}: Shell): {
	readonly draft: Draft;
	readonly oddities: readonly Oddity[];
} {
	const {script, names, shape, toEdit} = fill(written);
	const {class: of, why} = classify(shape);
	const variables = variablesOf(script);
	const asked = [...variables.map(({name}) => name), ...(toEdit === undefined ? [] : names.keys())];
	const draft: Draft = {
		step: {
			title,
			doing: {is: 'shell', script, class: of, why, output},
			parameters: [...new Set(asked)],
			unquoted: variables.filter(({unquoted}) => unquoted).map(({name}) => name),
			range,
			...(toEdit === undefined ? {} : {toEdit}),
		},
		defaults: new Map(variables.flatMap(({name, otherwise}) => (otherwise === undefined ? [] : [[name, otherwise] as const]))),
		written: names,
		sets: setIn(script),
	};
	return {draft, oddities: toEdit === undefined ? [] : [{line: range.from, text: say`this step has to be edited: ${toEdit}`}]};
}
