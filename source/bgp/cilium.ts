import type {Kind, System} from '../cluster/kind.ts';
import {flag, instant, items, name, number, type Raw, text} from '../cluster/raw.ts';
import {type Labels, labelsOf, type Selector, selectorOf} from '../cluster/selector.ts';
import {lastWrite, type Written} from '../cluster/written.ts';
import type {RawName, SafeText, StoredRecord} from '../vocabulary.ts';

/** A condition that says a problem is there. */
export type Problem = {readonly type: SafeText; readonly message: SafeText; readonly since: number};

/** One configured peer of a node, with what the agent on that node last reported of it. */
export type PeerRecord = {
	readonly instance: SafeText;
	readonly peer: SafeText;
	readonly address: SafeText;
	readonly asn: number | undefined;
	readonly localAsn: number | undefined;
	readonly config: RawName;
	/** `established`, `active`, `idle` …; `''` when none is reported. */
	readonly state: SafeText;
	/** Epoch ms; jitters by seconds, because the agent recomputes it from the uptime. */
	readonly establishedAt: number;
	/** Seconds, as negotiated. */
	readonly holdTime: number | undefined;
	readonly keepalive: number | undefined;
	/** Sums over the address families; undefined when no family is reported. */
	readonly received: number | undefined;
	readonly advertised: number | undefined;
};

/** What one node should do and what its agent says it does. The name is the node's. */
export type BgpNodeRecord = StoredRecord & {
	readonly peers: readonly PeerRecord[];
	/** False where the agent writes no status: switched off, or Cilium before 1.17. */
	readonly reports: boolean;
	/** When its agent last wrote that anything is otherwise than before, epoch ms; 0 where nothing tells. */
	readonly reportedAt: number;
	readonly reconcileError: Problem | undefined;
};

/** What somebody configured, and who changed it last; undefined where nothing tells. */
type ConfigRecord = StoredRecord & {readonly changed: Written | undefined};

export type BgpClusterRecord = ConfigRecord & {
	/** Undefined selects every node. */
	readonly nodes: Selector | undefined;
	readonly problems: readonly Problem[];
};

export type BgpPeerConfigRecord = ConfigRecord & {
	/** Which advertisements each address family sends; a family without a selector sends none. */
	readonly advertisements: readonly Selector[];
	readonly problems: readonly Problem[];
};

export type BgpAdvertisementRecord = ConfigRecord & {
	readonly labels: Labels;
	/** Pod ranges and interfaces always have something to send, services only what matches. */
	readonly always: boolean;
	readonly services: readonly Selector[];
};

export type AddressPoolRecord = ConfigRecord & {
	readonly ranges: readonly SafeText[];
	readonly disabled: boolean;
	/** Which services it gives addresses to; undefined is all of them. */
	readonly services: Selector | undefined;
	readonly conflict: SafeText;
	/** Since when it is in conflict or not, epoch ms. */
	readonly conflictSince: number;
	readonly total: number | undefined;
	readonly available: number | undefined;
	readonly used: number | undefined;
};

const isGiven = (selector: Selector | undefined): selector is Selector => selector !== undefined;

/** Conditions of Cilium's BGP objects are True when there is a problem. */
function problemsOf(conditions: Raw | undefined): Problem[] {
	return items(conditions)
		.filter(condition => name(condition.status) === 'True')
		.map(condition => ({
			type: text(condition.type, 64).replace('cilium.io/', '') as SafeText,
			message: text(condition.message, 256),
			since: instant(condition.lastTransitionTime),
		}));
}

function sum(families: Raw | undefined, field: string): number | undefined {
	const counts = items(families).map(family => number(family[field]) ?? 0);
	return counts.length === 0 ? undefined : counts.reduce((total, count) => total + count, 0);
}

const named = (list: Raw | undefined, wanted: Raw | undefined): Raw | undefined =>
	items(list).find(item => name(item.name) === name(wanted));

function peerOf(instance: Raw, peer: Raw, reported: Raw | undefined): PeerRecord {
	return {
		instance: text(instance.name, 64),
		peer: text(peer.name, 64),
		address: text(peer.peerAddress ?? reported?.peerAddress, 64),
		asn: number(reported?.peerASN ?? peer.peerASN),
		localAsn: number(instance.localASN),
		config: name(peer.peerConfigRef?.name),
		state: text(reported?.peeringState, 32),
		establishedAt: instant(reported?.establishedTime),
		holdTime: number(reported?.timers?.appliedHoldTimeSeconds),
		keepalive: number(reported?.timers?.appliedKeepaliveSeconds),
		received: sum(reported?.routeCount, 'received'),
		advertised: sum(reported?.routeCount, 'advertised'),
	};
}

const shared = {group: 'cilium.io', versions: ['v2', 'v2alpha1'], namespaced: false} as const;

export const bgpNodeKind: Kind<BgpNodeRecord> = {
	...shared,
	id: 'cilium/bgpnodeconfigs',
	plural: 'ciliumbgpnodeconfigs',
	kind: 'CiliumBGPNodeConfig',
	project: (raw, identity) => ({
		...identity,
		peers: items(raw.spec?.bgpInstances).flatMap(instance => {
			const reported = named(raw.status?.bgpInstances, instance.name);
			return items(instance.peers).map(peer => peerOf(instance, peer, named(reported?.peers, peer.name)));
		}),
		reports: items(raw.status?.bgpInstances).length > 0,
		reportedAt: lastWrite(raw, 'status')?.at ?? 0,
		reconcileError: problemsOf(raw.status?.conditions).find(problem => problem.type === 'BGPReconcileError'),
	}),
};

export const bgpClusterKind: Kind<BgpClusterRecord> = {
	...shared,
	id: 'cilium/bgpclusterconfigs',
	plural: 'ciliumbgpclusterconfigs',
	kind: 'CiliumBGPClusterConfig',
	project: (raw, identity) => ({
		...identity,
		changed: lastWrite(raw, 'spec'),
		nodes: selectorOf(raw.spec?.nodeSelector),
		problems: problemsOf(raw.status?.conditions),
	}),
};

export const bgpPeerConfigKind: Kind<BgpPeerConfigRecord> = {
	...shared,
	id: 'cilium/bgppeerconfigs',
	plural: 'ciliumbgppeerconfigs',
	kind: 'CiliumBGPPeerConfig',
	project: (raw, identity) => ({
		...identity,
		changed: lastWrite(raw, 'spec'),
		advertisements: items(raw.spec?.families)
			.map(family => selectorOf(family.advertisements))
			.filter(isGiven),
		problems: problemsOf(raw.status?.conditions),
	}),
};

export const bgpAdvertisementKind: Kind<BgpAdvertisementRecord> = {
	...shared,
	id: 'cilium/bgpadvertisements',
	plural: 'ciliumbgpadvertisements',
	kind: 'CiliumBGPAdvertisement',
	project: (raw, identity) => {
		const advertisements = items(raw.spec?.advertisements);
		const isService = (advertisement: Raw) => name(advertisement.advertisementType) === 'Service';
		const sendsBalancers = (advertisement: Raw) =>
			items(advertisement.service?.addresses).some(address => name(address) === 'LoadBalancerIP');
		return {
			...identity,
			changed: lastWrite(raw, 'spec'),
			labels: labelsOf(raw.metadata?.labels),
			always: advertisements.some(advertisement => !isService(advertisement)),
			services: advertisements
				.filter(advertisement => isService(advertisement) && sendsBalancers(advertisement))
				.map(advertisement => selectorOf(advertisement.selector))
				.filter(isGiven),
		};
	},
};

/** The pool's figures are the messages of conditions whose status is Unknown; ranges of IPv6 exceed 2^53, which is near enough. */
function figure(conditions: Raw | undefined, type: string): number | undefined {
	return number(items(conditions).find(condition => name(condition.type) === type)?.message);
}

function rangeOf(block: Raw): SafeText {
	const cidr = text(block.cidr, 64);
	return cidr === '' ? (`${text(block.start, 64)}-${text(block.stop, 64)}` as SafeText) : cidr;
}

export const addressPoolKind: Kind<AddressPoolRecord> = {
	...shared,
	id: 'cilium/loadbalancerippools',
	plural: 'ciliumloadbalancerippools',
	kind: 'CiliumLoadBalancerIPPool',
	project: (raw, identity) => {
		const conditions = raw.status?.conditions;
		const conflict = items(conditions).find(condition => name(condition.type) === 'cilium.io/PoolConflict');
		return {
			...identity,
			changed: lastWrite(raw, 'spec'),
			ranges: items(raw.spec?.blocks ?? raw.spec?.cidrs).map(rangeOf),
			disabled: flag(raw.spec?.disabled),
			services: selectorOf(raw.spec?.serviceSelector),
			conflict: name(conflict?.status) === 'True' ? text(conflict?.message, 256) || text(conflict?.reason, 64) : text(undefined),
			conflictSince: instant(conflict?.lastTransitionTime),
			total: figure(conditions, 'cilium.io/IPsTotal'),
			available: figure(conditions, 'cilium.io/IPsAvailable'),
			used: figure(conditions, 'cilium.io/IPsUsed'),
		};
	},
};

/** Cilium 1.15 and later; the state of sessions is reported from 1.17 on. */
export const cilium: System = {
	id: 'cilium',
	title: 'Cilium BGP',
	required: false,
	kinds: [bgpNodeKind, bgpClusterKind, bgpPeerConfigKind, bgpAdvertisementKind, addressPoolKind],
};
