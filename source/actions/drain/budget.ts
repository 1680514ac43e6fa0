import type {Kind} from '../../cluster/kind.ts';
import {entries, items, name, number, text} from '../../cluster/raw.ts';
import {type Selector, selectorOf} from '../../cluster/selector.ts';
import type {SafeText, StoredRecord} from '../../vocabulary.ts';

/** A PodDisruptionBudget, as an eviction looks at it. */
export type BudgetRecord = StoredRecord & {
	/** Missing: it covers no pod. An empty one covers every pod of its namespace. */
	readonly selector: Selector | undefined;
	readonly alwaysAllowsUnhealthy: boolean;
	/** Its controller has not counted since it was changed last. */
	readonly isBehind: boolean;
	readonly allowed: number;
	readonly healthy: number;
	readonly desired: number;
	/** Evicted, and not seen gone yet. */
	readonly disrupted: number;
	/** Why its controller cannot count its pods; `''` where it can. */
	readonly failure: SafeText;
};

export const budgetKind: Kind<BudgetRecord> = {
	id: 'drain/budgets',
	group: 'policy',
	versions: ['v1'],
	plural: 'poddisruptionbudgets',
	kind: 'PodDisruptionBudget',
	namespaced: true,
	project: ({metadata, spec, status}, identity) => {
		const condition = items(status?.conditions).find(({type}) => name(type) === 'DisruptionAllowed');
		return {
			...identity,
			selector: selectorOf(spec?.selector),
			alwaysAllowsUnhealthy: name(spec?.unhealthyPodEvictionPolicy) === 'AlwaysAllow',
			isBehind: (number(status?.observedGeneration) ?? 0) < (number(metadata?.generation) ?? 0),
			allowed: number(status?.disruptionsAllowed) ?? 0,
			healthy: number(status?.currentHealthy) ?? 0,
			desired: number(status?.desiredHealthy) ?? 0,
			disrupted: entries(status?.disruptedPods).length,
			failure: name(condition?.reason) === 'SyncFailed' ? text(condition?.message, 200) : text(undefined),
		};
	},
};
