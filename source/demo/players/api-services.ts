import type {Stage} from '../model.ts';
import {type ApiServiceObject, apiServices as allServices} from '../objects/api-service.ts';
import {conditionOf} from '../objects/node.ts';
import {stamp} from '../objects/time.ts';
import {hasEndpoint} from './admission.ts';
import type {Player} from './player.ts';

/** The aggregator: an API that another program serves is available while its service has an endpoint. */
export const apiServices: Player = {
	name: 'API aggregator',
	every: 5,
	act: (stage, now) => {
		for (const each of allServices.all(stage.store)) if (each.spec.service) judge(stage, each, each.spec.service, now);
	},
};

function judge(
	stage: Stage,
	each: ApiServiceObject,
	{namespace, name}: {readonly namespace: string; readonly name: string},
	now: number,
): void {
	const status = hasEndpoint(stage, namespace, name) ? 'True' : 'False';
	if (conditionOf(each, 'Available')?.status === status) return;
	const message = `endpointslices for service/${name} in "${namespace}" have no addresses with port name "https"`;
	const verdict = status === 'True' ? {reason: 'Passed', message: 'all checks passed'} : {reason: 'MissingEndpoints', message};
	allServices.change(stage.store, each, draft => {
		draft.status = {conditions: [{type: 'Available', status, ...verdict, lastTransitionTime: stamp(now)}]};
	});
}
