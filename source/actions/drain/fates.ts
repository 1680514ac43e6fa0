import {name} from '../../cluster/raw.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {own, say} from '../../vocabulary.ts';
import type {DrainOptions} from '../request.ts';
import type {BudgetRecord} from './budget.ts';
import {type Budgeted, budgeted} from './budgets.ts';
import {type DaemonSets, type Filtered, filtered} from './filters.ts';
import type {Judgements} from './judge.ts';
import type {Owners} from './owner.ts';
import {type DrainPod, isFinished} from './pod.ts';
import type {Fate, Next} from './sight.ts';

/** A pod, what the filters make of it and what the budgets say to its eviction. */
export type Sieved = {readonly pod: DrainPod; readonly filtered: Filtered; readonly budgeted: Budgeted};

/** Filters and budgets, as kubectl and then the API server go through them. `now` in epoch ms, on the server's clock. */
export function sieve(
	pods: readonly DrainPod[],
	options: DrainOptions,
	given: {readonly daemonSets: DaemonSets; readonly budgets: readonly BudgetRecord[]; readonly now: number},
): readonly Sieved[] {
	return pods.map(pod => ({
		pod,
		filtered: filtered(pod, options, given.daemonSets, given.now),
		budgeted: options.disableEviction ? {is: 'free'} : budgeted(pod, given.budgets),
	}));
}

/** Where a pod comes back, as far as that does not hang on room: undefined where it has to find a place. */
export function comesBack({pod, filtered: {is}}: Sieved, owners: Owners): Next | undefined {
	if (is === 'stays') return {is: 'stays'};
	const {controller, raw} = pod;
	if (controller === undefined) return {is: 'gone'};
	// What is over or on its way out has been replaced; but for a StatefulSet's, whose place has to become free first.
	if ((isFinished(pod) || pod.deletingAt > 0) && controller.kind !== 'StatefulSet') return {is: 'gone'};
	const owner = owners.get(controller.uid);
	if (owner?.is === 'gone') return {is: 'gone'};
	if (owner?.is === 'there' && owner.ends !== undefined) return {is: 'gone'};
	if (owner?.is === 'there' && owner.bound !== '')
		return {is: 'untold', why: own('its template names its node: no scheduler is asked')};
	const scheduler = name(raw.spec?.schedulerName);
	if (scheduler !== '' && scheduler !== 'default-scheduler') {
		return {is: 'untold', why: say`it is placed by another scheduler, ${safeText(scheduler, 63)}`};
	}
	return undefined;
}

/** What becomes of each pod. Where the API server has judged, it is believed. */
export function fatesOf(
	sieved: readonly Sieved[],
	{nexts, judgements}: {readonly nexts: ReadonlyMap<string, Next>; readonly judgements: Judgements},
): readonly Fate[] {
	const wanting = Map.groupBy(sieved, one => {
		const judged = judgements.get(one.pod.uid);
		return one.filtered.is === 'goes' && judged?.is !== 'blocked' && one.budgeted.is === 'takes'
			? one.budgeted.budget
			: undefined;
	});
	return sieved.map(one => {
		const {pod, filtered, budgeted} = one;
		const next = nexts.get(pod.uid) ?? {is: 'untold', why: own('not looked at')};
		if (filtered.is !== 'goes') return {pod, next, ...filtered};
		const judged = judgements.get(pod.uid);
		const budgets = budgeted.is === 'blocked' ? budgeted.budgets : budgeted.is === 'takes' ? [budgeted.budget] : [];
		if (judged?.is === 'blocked' || (judged === undefined && budgeted.is === 'blocked')) {
			const why = budgeted.is === 'blocked' ? budgeted.why : judged?.is === 'blocked' ? judged.why : own('');
			return {pod, next, is: 'blocked', budgets: budgets.map(({name}) => name), why};
		}
		const {loses} = filtered;
		if (budgeted.is !== 'takes') return {pod, next, is: 'leaves', loses};
		const {name: budget, allowed} = budgeted.budget;
		const among = wanting.get(budgeted.budget)?.length ?? 0;
		return {pod, next, is: 'leaves', loses, ...(among > allowed && {contested: {budget, allowed, wanting: among}})};
	});
}
