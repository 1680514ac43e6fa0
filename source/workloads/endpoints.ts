import type {Kind} from '../cluster/kind.ts';
import {flag, items, name, type Raw} from '../cluster/raw.ts';
import type {RawName, StoredRecord} from '../vocabulary.ts';

/** One slice of those that answer for a service; a service may have several (many endpoints, two address families). */
export type EndpointsRecord = StoredRecord & {
	/** The service, in the slice's own namespace; `''` where it belongs to none. */
	readonly service: RawName;
	/** How many endpoints take requests, of how many there are. */
	readonly ready: number;
	readonly total: number;
	/** The nodes of those that take requests, each once. */
	readonly nodes: readonly RawName[];
	/** The pods of those that do not. */
	readonly unready: readonly RawName[];
};

// Nobody having said whether an endpoint is ready means that it is.
const isReady = (endpoint: Raw): boolean => endpoint.conditions?.ready === undefined || flag(endpoint.conditions.ready);

const named = (names: readonly RawName[]): readonly RawName[] => [...new Set(names)].filter(each => each !== '');

export const endpointsKind: Kind<EndpointsRecord> = {
	id: 'endpointslices',
	group: 'discovery.k8s.io',
	versions: ['v1'],
	plural: 'endpointslices',
	kind: 'EndpointSlice',
	namespaced: true,
	project: (raw, identity) => {
		const endpoints = items(raw.endpoints);
		const ready = endpoints.filter(isReady);
		return {
			...identity,
			service: name(raw.metadata?.labels?.['kubernetes.io/service-name']),
			ready: ready.length,
			total: endpoints.length,
			nodes: named(ready.map(({nodeName}) => name(nodeName))),
			unready: named(endpoints.filter(each => !isReady(each)).map(({targetRef}) => name(targetRef?.name))),
		};
	},
};
