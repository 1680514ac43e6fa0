import {endpointSlice, endpointSlices, endpointsOf} from '../objects/endpoints.ts';
import {pods} from '../objects/pod.ts';
import {services} from '../objects/service.ts';
import type {Player} from './player.ts';

/** The endpoint slice controller: every service's slice says which pods answer for it. */
export const endpointController: Player = {
	name: 'endpoint slice controller',
	every: 3,
	act: ({store}) => {
		const all = pods.all(store);
		for (const service of services.all(store)) {
			if (!service.spec?.selector) continue;
			const wanted = endpointSlice(service, endpointsOf(service, all));
			const present = endpointSlices.get(store, wanted.metadata.name, service.metadata.namespace);
			if (JSON.stringify(present?.endpoints) !== JSON.stringify(wanted.endpoints)) store.put(wanted);
		}
	},
};
