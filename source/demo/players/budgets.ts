import {type BudgetObject, budgets, countedBudget} from '../objects/budget.ts';
import {conditionOf} from '../objects/node.ts';
import {isFinished, type PodObject, pods} from '../objects/pod.ts';
import type {Player} from './player.ts';

/** The disruption controller: counts what each budget still allows. */
export const budgeting: Player = {
	name: 'disruption controller',
	every: 2,
	act: ({store}, now) => {
		const all = pods.all(store).filter(pod => !isFinished(pod));
		for (const budget of budgets.all(store)) {
			const covered = all.filter(pod => covers(budget, pod));
			const healthy = covered.filter(
				pod => !pod.metadata.deletionTimestamp && conditionOf(pod, 'Ready')?.status === 'True',
			).length;
			const desired = desiredOf(budget, covered.length);
			const {currentHealthy, desiredHealthy, expectedPods, observedGeneration} = budget.status ?? {};
			const generation = budget.metadata.generation ?? 1;
			const same =
				currentHealthy === healthy &&
				desiredHealthy === desired &&
				expectedPods === covered.length &&
				observedGeneration === generation;
			if (same) continue;
			budgets.change(store, budget, draft => {
				draft.status = {
					...countedBudget({healthy, desired, expected: covered.length, since: now}),
					observedGeneration: generation,
				};
			});
		}
	},
};

function covers({metadata, spec}: BudgetObject, pod: PodObject): boolean {
	const labels = Object.entries(spec?.selector?.matchLabels ?? {});
	return metadata.namespace === pod.metadata.namespace && labels.every(([key, value]) => pod.metadata.labels?.[key] === value);
}

function desiredOf({spec}: BudgetObject, expected: number): number {
	const portion = (value: number | string) =>
		typeof value === 'number' ? value : Math.ceil((expected * Number.parseFloat(value)) / 100);
	if (spec?.maxUnavailable !== undefined) return Math.max(0, expected - portion(spec.maxUnavailable));
	return portion(spec?.minAvailable ?? 1);
}
