import type {Json} from '../body.ts';
import {invalid} from '../status.ts';

/** Options of a deletion, from its body or its query. */
export type DeleteOptions = {
	readonly gracePeriodSeconds?: number;
	readonly propagationPolicy?: string;
	readonly preconditions?: {readonly uid?: string; readonly resourceVersion?: string};
	readonly dryRun: boolean;
};

/** Whether nothing shall be kept of what is asked. */
export function isDryRun(query: URLSearchParams): boolean {
	return requireAll('CreateOptions', query.getAll('dryRun'));
}

export function deleteOptions(query: URLSearchParams, body: Json | undefined): DeleteOptions {
	const sent = (body ?? {}) as Partial<Omit<DeleteOptions, 'dryRun'>> & {dryRun?: string[]};
	const grace = query.get('gracePeriodSeconds');
	const policy = query.get('propagationPolicy');
	return {
		...(grace === null ? {} : {gracePeriodSeconds: Number(grace)}),
		...(policy === null ? {} : {propagationPolicy: policy}),
		...sent,
		dryRun: requireAll('DeleteOptions', [...query.getAll('dryRun'), ...(sent.dryRun ?? [])]),
	};
}

function requireAll(kind: string, values: readonly string[]): boolean {
	if (values.every(value => value === 'All')) return values.length > 0;
	const message = `Unsupported value: ${JSON.stringify(values)}: supported values: "All"`;
	throw invalid('meta.k8s.io', kind, '', [{reason: 'FieldValueNotSupported', message, field: 'dryRun'}]);
}
