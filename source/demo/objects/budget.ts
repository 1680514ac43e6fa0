import type {KubeObject} from '../model.ts';
import {object} from './object.ts';
import {shelf} from './shelf.ts';

export type BudgetObject = KubeObject & {
	spec?: {
		minAvailable?: number | string;
		maxUnavailable?: number | string;
		selector?: {matchLabels?: Record<string, string>};
	};
	status?: {disruptionsAllowed?: number};
};

export const budgets = shelf<BudgetObject>('policy', 'poddisruptionbudgets');

export type BudgetRow = {
	readonly namespace: string;
	readonly name: string;
	readonly selector: Readonly<Record<string, string>>;
	readonly minAvailable?: number;
	readonly maxUnavailable?: number;
	readonly createdAt: number;
	readonly owner?: KubeObject;
};

/** A disruption budget; the server counts what it allows. */
export function budget(row: BudgetRow): BudgetObject {
	const {namespace, name, createdAt, owner, minAvailable, maxUnavailable} = row;
	return object(
		'policy/v1',
		'PodDisruptionBudget',
		{namespace, name, createdAt, generation: 1, ...(owner ? {owner} : {})},
		{
			spec: {
				...(minAvailable === undefined ? {} : {minAvailable}),
				...(maxUnavailable === undefined ? {} : {maxUnavailable}),
				selector: {matchLabels: {...row.selector}},
			},
		},
	);
}
