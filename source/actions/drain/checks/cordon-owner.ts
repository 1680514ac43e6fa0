import {plansByNode} from '../../../nodes/plan.ts';
import {own, say} from '../../../vocabulary.ts';
import {shownName, shownPath} from '../../../words.ts';
import {cordonerWords} from '../../cordon/cordoner.ts';
import type {Concern} from '../../plan.ts';
import {about, aboutNode} from '../about.ts';
import type {Check, DrainSight} from '../sight.ts';

const check = 'cordon-owner';

/** An upgrade drains the node by itself, and uncordons it when it is done. */
function upgraded({plans, node}: DrainSight): readonly Concern[] {
	const shown = shownName(node);
	const plan = plansByNode(plans).get(node.name);
	if (plan !== undefined) {
		const text = say`${shown} is being upgraded by plan ${shownPath(plan)}, which drains and uncordons it by itself`;
		return [
			{
				check,
				weight: 'overrides',
				about: about('plans.upgrade.cattle.io', plan),
				text,
				wayOut: own('wait until the plan is done with it'),
			},
		];
	}
	if (!node.record.cordonedByTalos) return [];
	const text = say`${shown} is being upgraded or rebooted by Talos, which cordoned it and uncordons it by itself`;
	return [
		{check, weight: 'overrides', about: aboutNode(node), text, wayOut: own('wait until Talos is done: talosctl dmesg --follow')},
	];
}

/** Whose cordon it is that the node has already: what others began, no roll back of ours ends. */
export const cordonOwner: Check = sight => {
	const {node, cordoner, now, resumes} = sight;
	const upgrade = upgraded(sight);
	if (upgrade.length > 0 || !node.unschedulable) return upgrade;
	if (cordoner?.is === 'midwatch' && cordoner.mark.run === resumes) return [];
	const by = cordoner === undefined ? own('by whom is not known') : cordonerWords(cordoner, now);
	const text = say`${shownName(node)} is cordoned already (${by}): no roll back takes that cordon away`;
	return [{check, weight: 'tells', about: aboutNode(node), text}];
};
