import type {Kind} from '../cluster/kind.ts';
import {flag, instant, items, name, type Raw} from '../cluster/raw.ts';
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
	/** The pods of those that do not, and where they are. */
	readonly unready: ReadonlyArray<{readonly pod: RawName; readonly node: RawName}>;
	/** When what it lists last changed, epoch ms; 0 where that was not noted. */
	readonly changedAt: number;
};

// Nobody having said whether an endpoint is ready means that it is.
const isReady = (endpoint: Raw): boolean => endpoint.conditions?.ready === undefined || flag(endpoint.conditions.ready);

export const endpointsKind: Kind<EndpointsRecord> = {
	id: 'endpointslices',
	group: 'discovery.k8s.io',
	versions: ['v1'],
	plural: 'endpointslices',
	kind: 'EndpointSlice',
	namespaced: true,
	project: (raw, identity) => {
		const {labels, annotations} = raw.metadata ?? {};
		const endpoints = items(raw.endpoints);
		const ready = endpoints.filter(isReady);
		return {
			...identity,
			service: name(labels?.['kubernetes.io/service-name']),
			ready: ready.length,
			total: endpoints.length,
			nodes: [...new Set(ready.map(({nodeName}) => name(nodeName)))].filter(node => node !== ''),
			unready: endpoints
				.filter(endpoint => !isReady(endpoint))
				.map(({targetRef, nodeName}) => ({pod: name(targetRef?.name), node: name(nodeName)})),
			changedAt: instant(annotations?.['endpoints.kubernetes.io/last-change-trigger-time']),
		};
	},
};
