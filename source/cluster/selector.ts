import {entries, items, name, type Raw} from './raw.ts';

/** Raw labels, for selectors; never printed. */
export type Labels = ReadonlyArray<readonly [key: string, value: string]>;

/** A label selector. An empty one selects everything; what a missing one means depends on where it is missing. */
export type Selector = {
	readonly labels: Labels;
	readonly expressions: ReadonlyArray<{readonly key: string; readonly operator: string; readonly values: readonly string[]}>;
};

/** The string pairs of an object: `labels`, `matchLabels`. */
export function labelsOf(raw: Raw | undefined): Labels {
	return entries(raw).map(([key, value]) => [key, name(value)] as const);
}

/** A selector as the API writes it; undefined where there is none. */
export function selectorOf(raw: Raw | undefined): Selector | undefined {
	if (typeof (raw ?? undefined) !== 'object') return undefined;
	return {
		labels: labelsOf(raw?.matchLabels),
		expressions: items(raw?.matchExpressions).map(expression => ({
			key: name(expression.key),
			operator: name(expression.operator),
			values: items(expression.values).map(value => name(value)),
		})),
	};
}

/** Whether a selector selects something with these labels, by Kubernetes' rules; an unknown operator selects nothing. */
export function selects({labels: wanted, expressions}: Selector, labels: Labels): boolean {
	const own = new Map(labels);
	const holds = ({key, operator, values}: Selector['expressions'][number]): boolean => {
		const value = own.get(key);
		if (operator === 'Exists') return value !== undefined;
		if (operator === 'DoesNotExist') return value === undefined;
		if (operator === 'In') return value !== undefined && values.includes(value);
		return operator === 'NotIn' && (value === undefined || !values.includes(value));
	};
	return wanted.every(([key, value]) => own.get(key) === value) && expressions.every(holds);
}

/** A selector as a query has it: `app=web,tier in (a,b),!old`. */
export function selectorQuery({labels, expressions}: Selector): string {
	const words = expressions.map(({key, operator, values}) => {
		if (operator === 'Exists') return key;
		if (operator === 'DoesNotExist') return `!${key}`;
		return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
	});
	return [...labels.map(([key, value]) => `${key}=${value}`), ...words].join(',');
}
