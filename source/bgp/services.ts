import type {Kind, System} from '../cluster/kind.ts';
import {instant, items, name, text} from '../cluster/raw.ts';
import {type Labels, labelsOf} from '../cluster/selector.ts';
import type {SafeText, StoredRecord} from '../vocabulary.ts';

/** A Service of type LoadBalancer; others are left out. */
export type BalancerRecord = StoredRecord & {
	/** What it was given so far: addresses or host names. None means it is pending. */
	readonly addresses: readonly SafeText[];
	/** True when Cilium says that it gave them, out of a pool. */
	readonly fromPool: boolean;
	readonly balancerClass: SafeText;
	/** True when only nodes with an endpoint of its own carry it. */
	readonly isLocal: boolean;
	/** Its own, and those Cilium's selectors know it by. */
	readonly labels: Labels;
	/** Cilium's word on why it has no address: `no_pool`, `out_of_ips` …; `''` when it says nothing. */
	readonly reason: SafeText;
	readonly message: SafeText;
	/** When Cilium gave it an address or refused it one, epoch ms. */
	readonly since: number;
};

export const balancerKind: Kind<BalancerRecord> = {
	id: 'bgp/services',
	group: '',
	versions: ['v1'],
	plural: 'services',
	kind: 'Service',
	namespaced: true,
	project: (raw, identity) => {
		const {metadata, spec, status} = raw;
		if (name(spec?.type) !== 'LoadBalancer') return undefined;
		const answer = items(status?.conditions).find(({type}) => name(type) === 'cilium.io/IPAMRequestSatisfied');
		const refusal = name(answer?.status) === 'False' ? answer : undefined;
		return {
			...identity,
			addresses: items(status?.loadBalancer?.ingress)
				.map(ingress => text(ingress.ip ?? ingress.hostname, 253))
				.filter(address => address !== ''),
			fromPool: name(answer?.status) === 'True',
			balancerClass: text(spec?.loadBalancerClass, 64),
			isLocal: name(spec?.externalTrafficPolicy) === 'Local',
			labels: [
				...labelsOf(metadata?.labels),
				['io.kubernetes.service.namespace', identity.namespace],
				['io.kubernetes.service.name', identity.name],
			],
			reason: text(refusal?.reason, 64),
			message: text(refusal?.message, 256),
			since: instant(answer?.lastTransitionTime),
		};
	},
};

/** Services that want an address from outside. */
export const balancers: System = {id: 'services', title: 'Services', required: true, kinds: [balancerKind]};
