import {flag, instant, items, name, type Raw} from '../../cluster/raw.ts';
import {cordonWriter, type Mark, markOf} from '../../nodes/cordon-mark.ts';
import {type PlanRecord, plansByNode} from '../../nodes/plan.ts';
import {own, type Reading, type SafeText, say} from '../../vocabulary.ts';
import {age, join, shownPath} from '../../words.ts';

/** Who keeps pods away from a node. Times are epoch ms, 0 where they are not told. */
export type Cordoner =
	| {readonly is: 'midwatch'; readonly mark: Mark}
	/** A plan of the system-upgrade-controller that works on the node now. */
	| {readonly is: 'upgrade'; readonly plan: PlanRecord; readonly at: number}
	| {readonly is: 'talos'; readonly at: number}
	/** By the name of its tool; `''` where the server does not tell. */
	| {readonly is: 'other'; readonly by: SafeText; readonly at: number};

/** Talos uncordons only what it cordoned, which it knows by this. */
const talosMark = 'talos.dev/cordoned';

/** Whether a node is cordoned, and by this run. */
export function isCordonOf(node: Raw, run: string): boolean {
	return flag(node.spec?.unschedulable) && markOf(node)?.run === run;
}

/** Who cordoned a node; undefined where it is not cordoned. */
export function cordonerOf(node: Raw, plans: Reading<PlanRecord>): Cordoner | undefined {
	if (!flag(node.spec?.unschedulable)) return undefined;
	const taint = items(node.spec?.taints).find(({key}) => name(key) === 'node.kubernetes.io/unschedulable');
	const writer = cordonWriter(node);
	const at = instant(taint?.timeAdded) || (writer?.at ?? 0);
	const plan = plansByNode(plans).get(name(node.metadata?.name));
	if (plan !== undefined) return {is: 'upgrade', plan, at};
	if (node.metadata?.annotations?.[talosMark] !== undefined) return {is: 'talos', at};
	const mark = markOf(node);
	if (mark !== undefined) return {is: 'midwatch', mark};
	return {is: 'other', by: writer?.by ?? own(''), at};
}

/** `by anna@bridge with midwatch, 12m ago`. */
export function cordonerWords(cordoner: Cordoner, now: number): SafeText {
	const since = (at: number) => (at === 0 ? undefined : say`${age(at, now)} ago`);
	switch (cordoner.is) {
		case 'midwatch':
			return join([say`by ${cordoner.mark.by} with midwatch`, since(cordoner.mark.at)]);
		case 'upgrade':
			return join([say`by the upgrade plan ${shownPath(cordoner.plan)}`, since(cordoner.at)]);
		case 'talos':
			return join([own('by Talos'), since(cordoner.at)]);
		case 'other':
			return join([cordoner.by === '' ? own('by somebody') : say`by ${cordoner.by}`, since(cordoner.at)]);
	}
}
