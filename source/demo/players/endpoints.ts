import {isDeepStrictEqual} from 'node:util';
import {endpointSlice, endpointSlices, endpointsOf, sliceName} from '../objects/endpoints.ts';
import {pods} from '../objects/pod.ts';
import {services} from '../objects/service.ts';
import type {Player} from './player.ts';

/** The endpoint slice controller: every service's slice says which pods answer for it. */
export const endpointController: Player = {
	name: 'endpoint slice controller',
	every: 3,
	act: ({store}, now) => {
		const all = Map.groupBy(pods.all(store), ({metadata}) => metadata.namespace);
		for (const service of services.all(store)) {
			if (!service.spec?.selector) continue;
			const {namespace} = service.metadata;
			const wanted = endpointsOf(service, all.get(namespace) ?? []);
			const present = endpointSlices.get(store, sliceName(service), namespace);
			if (!isDeepStrictEqual(present?.endpoints, wanted)) store.put(endpointSlice(service, wanted, now));
		}
	},
};
