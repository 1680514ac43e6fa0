import {own, type SafeText, say} from '../vocabulary.ts';
import {join, shownName} from '../words.ts';
import {inWords} from './condition-words.ts';
import type {NodeFact} from './fact.ts';

/** What the owner of a node does with it now: an upgrade, a reboot by Talos, maintenance; undefined when nothing is known. */
export function upkeepOf({node, plan, maintenance}: NodeFact): SafeText | undefined {
	if (plan !== undefined)
		return join([say`upgraded by plan ${shownName(plan)}`, plan.version === '' ? undefined : plan.version], ' to ');
	if (node.cordonedByTalos) return own('upgraded or rebooted by Talos');
	return maintenance[0] && inWords(maintenance[0]);
}

/** Who keeps pods away from a node; `''` when nobody says. */
export function cordonerOf({node, plan}: NodeFact): SafeText {
	if (plan !== undefined) return say`plan ${shownName(plan)}`;
	return node.cordonedByTalos ? own('Talos') : node.cordonedBy;
}
