import type {Scenario} from '../model.ts';
import {nodes} from '../objects/node.ts';
import {ciliumOperator} from '../players/cilium.ts';
import {peering} from '../worlds/homelab/nodes.ts';
import {setSession} from './session.ts';

/** A node lost the label its peering selects, and another's session resets while one is watching. */
export const bgpDown: Scenario = {
	id: 'bgp-down',
	title: 'Routes are missing',
	description: 'nuc-3 lost the label that makes it peer twelve minutes ago; the session of ryzen-1 resets after the start',
	worlds: ['homelab'],
	steps: [
		{
			at: -720,
			what: 'nuc-3 loses its label',
			act: (stage, at) => {
				nodes.change(stage.store, {metadata: {name: 'nuc-3'}}, draft => {
					for (const label of Object.keys(peering)) delete draft.metadata.labels?.[label];
				});
				ciliumOperator.act(stage, at);
			},
		},
		{at: 20, what: 'the router does not answer ryzen-1', act: (stage, at) => setSession(stage, 'ryzen-1', 'active', at)},
		{at: 75, what: 'the router answers again', act: (stage, at) => setSession(stage, 'ryzen-1', 'idle', at)},
	],
};
