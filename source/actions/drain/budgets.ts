import {selects} from '../../cluster/selector.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {join, shownName} from '../../words.ts';
import type {BudgetRecord} from './budget.ts';
import {type DrainPod, isFinished} from './pod.ts';

/** What an eviction would be told because of disruption budgets. `takes`: it goes, and that budget then allows one less. */
export type Budgeted =
	| {readonly is: 'free'}
	| {readonly is: 'takes'; readonly budget: BudgetRecord}
	| {readonly is: 'blocked'; readonly budgets: readonly BudgetRecord[]; readonly why: SafeText};

/** More than these on their way at once, and the API server evicts no more (kubernetes registry/core/pod/storage/eviction.go). */
const mostDisrupted = 2000;

const covers = ({namespace, selector}: BudgetRecord, pod: DrainPod): boolean =>
	namespace === pod.namespace && selector !== undefined && selects(selector, [...pod.labels]);

/** What does not run, or is on its way out, is no loss any more. */
const isBeyondBudgets = (pod: DrainPod): boolean => isFinished(pod) || pod.phase === 'Pending' || pod.deletingAt > 0;

/** Whether the budgets let a pod go, as the API server would decide it now. */
export function budgeted(pod: DrainPod, budgets: readonly BudgetRecord[]): Budgeted {
	if (isBeyondBudgets(pod)) return {is: 'free'};
	const [budget, ...others] = budgets.filter(each => covers(each, pod));
	if (budget === undefined) return {is: 'free'};
	if (others.length > 0) {
		const all = [budget, ...others];
		return {is: 'blocked', budgets: all, why: say`is under ${all.length} budgets (${join(all.map(shownName))})`};
	}
	if (!pod.ready && (budget.alwaysAllowsUnhealthy || (budget.desired > 0 && budget.healthy >= budget.desired)))
		return {is: 'free'};
	const why = refusal(budget);
	return why === undefined
		? {is: 'takes', budget}
		: {is: 'blocked', budgets: [budget], why: say`budget ${shownName(budget)} ${why}`};
}

/** Why a budget lets none go now; undefined where it does. */
function refusal({isBehind, allowed, disrupted, failure, healthy, desired}: BudgetRecord): SafeText | undefined {
	const uncounted = failure === '' ? undefined : say`cannot count its pods: ${failure}`;
	if (isBehind) return uncounted ?? own('has just been changed and is not counted yet');
	if (allowed < 0) return own('allows fewer than none');
	if (disrupted > mostDisrupted) return own('waits for too many evictions to be seen');
	if (allowed > 0) return undefined;
	if (uncounted !== undefined) return uncounted;
	if (healthy <= desired) return say`allows none: it needs ${desired} healthy and has ${healthy}`;
	return own('allows none now');
}
