import {type BalancerRecord, balancerKind} from '../../../bgp/services.ts';
import type {Kind} from '../../../cluster/kind.ts';
import {name} from '../../../cluster/raw.ts';
import type {RawName} from '../../../vocabulary.ts';

/** A Service of type LoadBalancer, and the node that answers for its address, where kube-vip notes that down on it. */
export type AddressRecord = BalancerRecord & {readonly host: RawName};

export const addressKind: Kind<AddressRecord> = {
	id: 'drain/services',
	group: '',
	versions: ['v1'],
	plural: 'services',
	kind: 'Service',
	namespaced: true,
	fieldSelector: 'spec.type=LoadBalancer',
	project: (raw, identity, version) => {
		const balancer = balancerKind.project(raw, identity, version);
		return balancer && {...balancer, host: name(raw.metadata?.annotations?.['kube-vip.io/vipHost'])};
	},
};
