import {own, say} from '../../../vocabulary.ts';
import {shownPath, whyUnread} from '../../../words.ts';
import type {Concern} from '../../plan.ts';
import {about, aboutPods} from '../about.ts';
import {calledAll} from '../called.ts';
import type {Check, DrainSight, Fate} from '../sight.ts';
import {isInstanceManager} from './longhorn-budget.ts';

const check = 'budgets';
const resource = 'poddisruptionbudgets.policy';

type Blocked = Extract<Fate, {is: 'blocked'}>;

/** Pods that the same keeps. */
function keeping([fate, ...others]: readonly Blocked[], {owners}: DrainSight): readonly Concern[] {
	if (fate === undefined) return [];
	const {pod, budgets, why} = fate;
	const [first, second] = budgets;
	const pods = [pod, ...others.map(other => other.pod)];
	return [
		{
			check,
			weight: 'blocks',
			...(first === undefined ? aboutPods(pods) : {about: about(resource, {namespace: pod.namespace, name: first})}),
			text: say`${calledAll(pods, owners)}: ${why}`,
			wayOut:
				second === undefined
					? own('run more of its pods, or bring them back to health; it is tried until it may go')
					: own('narrow the selector of one: a pod under two budgets is never evicted'),
		},
	];
}

function blocked(sight: DrainSight): readonly Concern[] {
	const kept = sight.fates.flatMap(fate => (fate.is === 'blocked' && !isInstanceManager(fate.pod) ? [fate] : []));
	const alike = Map.groupBy(kept, ({pod, budgets: of, why}) => `${pod.namespace} ${of.join(' ')} ${why}`);
	return [...alike.values()].flatMap(some => keeping(some, sight));
}

/** Several want what one budget gives: how many can go at once, told once for the budget. */
function contested({fates}: DrainSight): readonly Concern[] {
	const sharing = fates.flatMap(fate =>
		fate.is === 'leaves' && fate.contested !== undefined ? [{...fate, ...fate.contested}] : [],
	);
	const byBudget = Map.groupBy(sharing, ({pod, budget}) => `${pod.namespace}/${budget}`);
	return [...byBudget.values()].flatMap(([first, ...others]): readonly Concern[] => {
		if (first === undefined) return [];
		const {pod, budget, allowed, wanting} = first;
		const isReplaced = [first, ...others].every(({next}) => next.is === 'fits');
		const shown = shownPath({namespace: pod.namespace, name: budget});
		const text = say`budget ${shown} lets ${allowed} of ${wanting} pods here go at once`;
		const concern = {check, about: about(resource, {namespace: pod.namespace, name: budget})};
		if (isReplaced) return [{...concern, weight: 'tells', text: say`${text}, the next ones as others take their place`}];
		const wayOut = own('make room for them elsewhere, or run more of them');
		return [{...concern, weight: 'blocks', text: say`${text}, and no more while nothing takes their place`, wayOut}];
	});
}

/** Disruption budgets that will keep pods, or let them go a few at a time; that of Longhorn's own is told by its own check. */
export const budgets: Check = sight => {
	const why = whyUnread(sight.budgets.state);
	const wayOut = own('midwatch rbac prints the role that may');
	const unread: readonly Concern[] =
		why === undefined ? [] : [{check, weight: 'unknown', text: say`which budgets keep pods here is not known: ${why}`, wayOut}];
	return [...blocked(sight), ...contested(sight), ...unread];
};
