import type {KubeObject} from '../model.ts';
import {object} from './object.ts';
import {shelf} from './shelf.ts';
import {stamp} from './time.ts';

export type ServiceObject = KubeObject & {
	spec?: {type?: string; selector?: Record<string, string>; externalTrafficPolicy?: string; ports?: ServicePort[]};
	status?: {loadBalancer?: {ingress?: Array<{ip?: string; ipMode?: string}>}; conditions?: unknown[]};
};

export const services = shelf<ServiceObject>('', 'services');

export type ServicePort = {name: string; port: number; protocol: 'TCP' | 'UDP'; targetPort: number};

export type ServiceRow = {
	readonly namespace: string;
	readonly name: string;
	/** Missing: nobody looks for its endpoints, somebody else tells them. */
	readonly selector?: Readonly<Record<string, string>>;
	readonly ports: readonly ServicePort[];
	readonly labels?: Readonly<Record<string, string>>;
	readonly clusterIp: string;
	/** The address given out by the load balancer's pool. */
	readonly address?: string;
	/** Only nodes with a ready endpoint announce it. */
	readonly local?: boolean;
	readonly createdAt: number;
};

/** One TCP port, the same inside and outside. */
export function tcp(port: number, name = 'http', targetPort = port): ServicePort {
	return {name, port, protocol: 'TCP', targetPort};
}

/** A Service; with an address it is a LoadBalancer that has got it. */
export function service(row: ServiceRow): ServiceObject {
	const {namespace, name, selector, ports, labels, clusterIp, address, local = false, createdAt} = row;
	const balanced =
		address === undefined ? {} : {externalTrafficPolicy: local ? 'Local' : 'Cluster', allocateLoadBalancerNodePorts: true};
	const nodePort = address === undefined ? {} : {nodePort: 31_000 + Number(address.split('.').at(-1))};
	return object(
		'v1',
		'Service',
		{namespace, name, createdAt, labels: labels ?? selector ?? {}},
		{
			spec: {
				type: address === undefined ? 'ClusterIP' : 'LoadBalancer',
				...(selector === undefined ? {} : {selector: {...selector}}),
				clusterIP: clusterIp,
				clusterIPs: [clusterIp],
				ipFamilies: ['IPv4'],
				ipFamilyPolicy: 'SingleStack',
				internalTrafficPolicy: 'Cluster',
				sessionAffinity: 'None',
				ports: ports.map(port => ({...port, ...nodePort})),
				...balanced,
			},
			status: address === undefined ? {loadBalancer: {}} : satisfiedWith(address, createdAt),
		},
	);
}

const satisfied = 'cilium.io/IPAMRequestSatisfied';

/** The status of a Service that got its address. */
export function satisfiedWith(address: string, at: number): NonNullable<ServiceObject['status']> {
	const condition = {type: satisfied, status: 'True', reason: 'satisfied', message: '', lastTransitionTime: stamp(at)};
	return {loadBalancer: {ingress: [{ip: address, ipMode: 'VIP'}]}, conditions: [condition]};
}

/** The status of a Service that waits for one, with LB-IPAM's reason (`out_of_ips`, `no_pool` …). */
export function unsatisfied(reason: string, message: string, at: number): NonNullable<ServiceObject['status']> {
	return {loadBalancer: {}, conditions: [{type: satisfied, status: 'False', reason, message, lastTransitionTime: stamp(at)}]};
}
