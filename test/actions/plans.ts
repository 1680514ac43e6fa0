import type {Concern, Plan, PlannedObject, Weight} from '../../source/actions/plan.ts';
import {own, type RawName, type Subject} from '../../source/vocabulary.ts';

export const subject = (name: string, resource = 'pods', namespace = resource === 'nodes' ? '' : 'apps'): Subject => ({
	resource,
	namespace: namespace as RawName,
	name: name as RawName,
});

export const concern = (weight: Weight, text: string, more: Partial<Concern> = {}): Concern => ({
	check: 'budgets',
	weight,
	text: own(text),
	...more,
});

export const planned = (name: string, uid = name): PlannedObject => ({subject: subject(name), uid});

/** A plan to cordon a node, with nothing against it, unless told. */
export const plan = (more: Partial<Plan> = {}): Plan => ({
	action: 'cordon',
	title: own('cordon n1'),
	command: ['midwatch', 'cordon', 'n1'],
	steps: [own('cordon n1')],
	concerns: [],
	deeds: [],
	confirm: {ask: 'yes'},
	data: {},
	...more,
});
