import type {KubeObject} from '../model.ts';
import {object} from './object.ts';
import {shelf} from './shelf.ts';
import {stamp} from './time.ts';

export type BudgetObject = KubeObject & {
	spec?: {
		minAvailable?: number | string;
		maxUnavailable?: number | string;
		selector?: {matchLabels?: Record<string, string>};
	};
	status?: {
		observedGeneration?: number;
		disruptionsAllowed?: number;
		currentHealthy?: number;
		desiredHealthy?: number;
		expectedPods?: number;
		conditions?: unknown[];
	};
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

/** A disruption budget; the numbers of its status are counted by the player `budgets`. */
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
			status: countedBudget({healthy: 0, desired: 0, expected: 0, since: createdAt}),
		},
	);
}

/** The status the disruption controller writes. */
export function countedBudget(count: {
	healthy: number;
	desired: number;
	expected: number;
	since: number;
}): NonNullable<BudgetObject['status']> {
	const {healthy, desired, expected, since} = count;
	const allowed = Math.max(0, healthy - desired);
	return {
		observedGeneration: 1,
		disruptionsAllowed: allowed,
		currentHealthy: healthy,
		desiredHealthy: desired,
		expectedPods: expected,
		conditions: [
			{
				type: 'DisruptionAllowed',
				status: allowed > 0 ? 'True' : 'False',
				reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
				message: '',
				lastTransitionTime: stamp(since),
				observedGeneration: 1,
			},
		],
	};
}
