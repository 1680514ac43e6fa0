import {own, say} from '../../../vocabulary.ts';
import {shownName} from '../../../words.ts';
import {about} from '../about.ts';
import {drainPolicy, spreadVolumes} from '../copies.ts';
import type {Check} from '../sight.ts';

const instanceManager = /^instance-manager-/;

/**
 * The budget over Longhorn's instance manager allows nothing while a volume is served from the node, and is taken away by
 * Longhorn itself once none is: unlike any other budget that blocks, it needs nothing but patience.
 */
export const longhornBudget: Check = sight => {
	const {fates, node} = sight;
	const lastHere = spreadVolumes(sight).some(({here, elsewhere}) => here.length > 0 && elsewhere.length === 0);
	const policy = drainPolicy(sight);
	const isStuck = lastHere && policy.startsWith('block-if');
	return fates.flatMap(fate => {
		if (fate.is !== 'blocked' || !fate.budgets.some(budget => instanceManager.test(budget))) return [];
		const {pod} = fate;
		const text = isStuck
			? say`Longhorn keeps the budget of ${shownName(pod)} while a last copy lies on ${shownName(node)} (node-drain-policy ${policy})`
			: say`Longhorn takes the budget of ${shownName(pod)} away once no volume is served from ${shownName(node)} (node-drain-policy ${policy})`;
		const wayOut = isStuck ? own('see last-copy') : own('nothing to do: it goes when the pods with volumes have gone');
		return [{check: 'longhorn-budget', weight: 'tells', about: about('pods', pod), text, wayOut}];
	});
};
