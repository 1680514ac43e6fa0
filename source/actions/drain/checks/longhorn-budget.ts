import {own, say} from '../../../vocabulary.ts';
import {shownName} from '../../../words.ts';
import {about} from '../about.ts';
import {drainPolicy, spreadVolumes} from '../copies.ts';
import type {Check, DrainPod} from '../sight.ts';

/** Longhorn runs the engines and copies of a node in a pod of its own, under a budget of the same name. */
export function isInstanceManager({labels}: DrainPod): boolean {
	return labels.get('longhorn.io/component') === 'instance-manager';
}

/**
 * The budget over Longhorn's instance manager allows nothing while a volume is served from the node, and is taken away by
 * Longhorn itself once none is: unlike other budgets that block it needs nothing but patience, or another copy.
 */
export const longhornBudget: Check = sight => {
	const {fates, node} = sight;
	const lastHere = spreadVolumes(sight).some(({here, elsewhere}) => here.length > 0 && elsewhere.length === 0);
	const policy = drainPolicy(sight);
	const isStuck = lastHere && policy.startsWith('block-if');
	const [does, until] = isStuck ? ['keeps', 'while a last copy is on'] : ['lifts', 'once no volume is served from'];
	return fates
		.filter(({is, pod}) => is === 'blocked' && isInstanceManager(pod))
		.map(({pod}) => ({
			check: 'longhorn-budget',
			weight: isStuck ? 'blocks' : 'tells',
			about: about('pods', pod),
			text: say`Longhorn ${own(does)} the budget over its instance manager ${own(until)} ${shownName(node)} (node-drain-policy ${policy})`,
			wayOut: own(
				isStuck ? 'see to another copy of those volumes first' : 'nothing to do: it goes once the pods with volumes have gone',
			),
		}));
};
