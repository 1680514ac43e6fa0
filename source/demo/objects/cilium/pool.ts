import type {KubeObject} from '../../model.ts';
import {shelf} from '../shelf.ts';
import {stamp} from '../time.ts';
import {ciliumObject} from './cilium.ts';

export type PoolObject = KubeObject & {
	spec?: {blocks?: Array<{cidr?: string; start?: string; stop?: string}>};
	status?: {conditions?: unknown[]};
};

export const pools = shelf<PoolObject>('cilium.io', 'ciliumloadbalancerippools');

/** A pool of addresses for Services of type LoadBalancer. */
export function addressPool(name: string, range: {start: string; stop: string}, createdAt: number): PoolObject {
	return ciliumObject('CiliumLoadBalancerIPPool', {name, createdAt}, {spec: {blocks: [range], disabled: false}});
}

/** LB-IPAM's counts: the status is Unknown and the number is in the message. */
export function poolConditions(total: number, used: number, at: number): unknown[] {
	const counted = {IPsTotal: total, IPsAvailable: total - used, IPsUsed: used};
	return [
		{
			type: 'cilium.io/PoolConflict',
			status: 'False',
			reason: 'resolved',
			message: '',
			lastTransitionTime: stamp(at),
			observedGeneration: 1,
		},
		...Object.entries(counted).map(([name, number]) => ({
			type: `cilium.io/${name}`,
			status: 'Unknown',
			reason: 'noreason',
			message: `${number}`,
			lastTransitionTime: stamp(at),
			observedGeneration: 1,
		})),
	];
}
