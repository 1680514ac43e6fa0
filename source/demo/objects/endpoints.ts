import {memoised} from '../../vocabulary.ts';
import type {KubeObject} from '../model.ts';
import {endingOf} from './identity.ts';
import {conditionOf} from './node.ts';
import {object} from './object.ts';
import type {PodObject} from './pod.ts';
import type {ServiceObject} from './service.ts';
import {shelf} from './shelf.ts';
import {stamp} from './time.ts';

export type Endpoint = {
	addresses: string[];
	conditions: {ready: boolean; serving: boolean; terminating: boolean};
	nodeName?: string;
	targetRef?: {kind: 'Pod'; namespace: string; name: string; uid: string};
};

export type EndpointSliceObject = KubeObject & {endpoints: Endpoint[]};

export const endpointSlices = shelf<EndpointSliceObject>('discovery.k8s.io', 'endpointslices', ['endpoints']);

/** The name of a service's slice. */
export const sliceName = memoised(
	({metadata}: ServiceObject) => `${metadata.name}-${endingOf(5, metadata.namespace ?? '', metadata.name)}`,
);

/** The slice of a service, as it is since `changedAt` (epoch milliseconds). */
export function endpointSlice(service: ServiceObject, endpoints: Endpoint[], changedAt?: number): EndpointSliceObject {
	const {namespace = '', name, creationTimestamp = ''} = service.metadata;
	const ports = service.spec?.ports ?? [];
	return object(
		'discovery.k8s.io/v1',
		'EndpointSlice',
		{
			namespace,
			name: sliceName(service),
			createdAt: Date.parse(creationTimestamp),
			labels: {'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io', 'kubernetes.io/service-name': name},
			...(changedAt === undefined ? {} : {annotations: {'endpoints.kubernetes.io/last-change-trigger-time': stamp(changedAt)}}),
			owner: service,
		},
		{
			addressType: 'IPv4',
			endpoints,
			ports: ports.map(({name: portName, targetPort, protocol}) => ({name: portName, port: targetPort, protocol})),
		},
	);
}

/** The pods of its namespace that a service's selector finds, as endpoints; those without an address do not count. */
export function endpointsOf(service: ServiceObject, pods: readonly PodObject[]): Endpoint[] {
	const selector = Object.entries(service.spec?.selector ?? {});
	if (selector.length === 0) return [];
	return pods.filter(pod => selector.every(([key, value]) => pod.metadata.labels?.[key] === value)).flatMap(endpoint);
}

function endpoint(pod: PodObject): Endpoint[] {
	const {namespace = '', name, uid = '', deletionTimestamp} = pod.metadata;
	const address = pod.status?.podIP;
	if (address === undefined) return [];
	const well = conditionOf(pod, 'Ready')?.status === 'True';
	const terminating = deletionTimestamp !== undefined;
	return [
		{
			addresses: [address],
			conditions: {ready: well && !terminating, serving: well, terminating},
			...(pod.spec.nodeName ? {nodeName: pod.spec.nodeName} : {}),
			targetRef: {kind: 'Pod', namespace, name, uid},
		},
	];
}
