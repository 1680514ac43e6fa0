import type {KubeObject, ResourceType} from '../model.ts';
import {object} from './object.ts';
import {shelf} from './shelf.ts';
import {stamp} from './time.ts';

export type PeerRow = {readonly name: string; readonly address: string; readonly asn: number};

export type BgpRow = {
	readonly name: string;
	readonly localAsn: number;
	readonly peers: readonly PeerRow[];
	/** Nodes with these labels peer. */
	readonly nodeSelector: Readonly<Record<string, string>>;
	readonly holdSeconds: number;
	readonly createdAt: number;
};

export type ClusterConfigObject = KubeObject & {
	status?: {conditions?: Array<{type: string; status: string; [field: string]: unknown}>};
	spec?: {
		nodeSelector?: {matchLabels?: Record<string, string>};
		bgpInstances?: Array<{
			name: string;
			localASN?: number;
			peers?: Array<{name: string; peerAddress?: string; peerASN?: number; peerConfigRef?: {name: string}}>;
		}>;
	};
};

export type PeerStatus = {
	name: string;
	peerAddress: string;
	peerASN: number;
	peeringState: string;
	establishedTime?: string;
	timers?: {appliedHoldTimeSeconds: number; appliedKeepaliveSeconds: number};
	routeCount?: Array<{afi: string; safi: string; received: number; advertised: number}>;
};

export type NodeConfigObject = KubeObject & {
	spec?: {bgpInstances?: NonNullable<NonNullable<ClusterConfigObject['spec']>['bgpInstances']>};
	status?: {bgpInstances?: Array<{name: string; localASN: number; peers: PeerStatus[]}>; conditions?: unknown[]};
};

export type PoolObject = KubeObject & {
	spec?: {blocks?: Array<{cidr?: string; start?: string; stop?: string}>};
	status?: {conditions?: unknown[]};
};

export const clusterConfigs = shelf<ClusterConfigObject>('cilium.io', 'ciliumbgpclusterconfigs');
export const nodeConfigs = shelf<NodeConfigObject>('cilium.io', 'ciliumbgpnodeconfigs');
export const pools = shelf<PoolObject>('cilium.io', 'ciliumloadbalancerippools');

const version = 'cilium.io/v2';

/** Cluster config, peer config and an advertisement of all load balancer addresses. */
export function peering(row: BgpRow): readonly KubeObject[] {
	const {name, localAsn, peers, nodeSelector, holdSeconds, createdAt} = row;
	const advertised = {advertise: 'bgp'};
	return [
		object(
			version,
			'CiliumBGPClusterConfig',
			{name, createdAt, generation: 1},
			{
				spec: {
					nodeSelector: {matchLabels: {...nodeSelector}},
					bgpInstances: [
						{
							name: `instance-${localAsn}`,
							localASN: localAsn,
							peers: peers.map(peer => ({
								name: peer.name,
								peerAddress: peer.address,
								peerASN: peer.asn,
								peerConfigRef: {name: `${name}-peer`},
							})),
						},
					],
				},
				status: {
					conditions: ['NoMatchingNode', 'MissingPeerConfigs', 'ConflictingClusterConfig'].map(type =>
						fine(`cilium.io/${type}`, createdAt),
					),
				},
			},
		),
		object(
			version,
			'CiliumBGPPeerConfig',
			{name: `${name}-peer`, createdAt, generation: 1},
			{
				spec: {
					timers: {connectRetryTimeSeconds: 12, holdTimeSeconds: holdSeconds, keepAliveTimeSeconds: Math.floor(holdSeconds / 3)},
					gracefulRestart: {enabled: true, restartTimeSeconds: 120},
					families: [{afi: 'ipv4', safi: 'unicast', advertisements: {matchLabels: advertised}}],
				},
				status: {conditions: [fine('cilium.io/MissingAuthSecret', createdAt)]},
			},
		),
		object(
			version,
			'CiliumBGPAdvertisement',
			{name: `${name}-services`, createdAt, generation: 1, labels: advertised},
			{
				spec: {
					advertisements: [
						{
							advertisementType: 'Service',
							service: {addresses: ['LoadBalancerIP']},
							// Cilium's own documentation selects all services this way: a missing selector selects none.
							selector: {matchExpressions: [{key: 'advertise', operator: 'NotIn', values: ['never']}]},
						},
					],
				},
			},
		),
	];
}

function fine(type: string, at: number): unknown {
	return {
		type,
		status: 'False',
		reason: type.replace('cilium.io/', ''),
		message: '',
		lastTransitionTime: stamp(at),
		observedGeneration: 1,
	};
}

/** What the operator hands to a node's agent; the agent writes the status (player `cilium`). */
export function nodeConfig(config: ClusterConfigObject, node: KubeObject, createdAt: number): NodeConfigObject {
	return object(
		version,
		'CiliumBGPNodeConfig',
		{name: node.metadata.name, createdAt, generation: 1, owner: config},
		{spec: {bgpInstances: structuredClone(config.spec?.bgpInstances ?? [])}},
	);
}

/** What an agent says of one peer it is connected with. */
export function establishedPeer(
	peer: PeerRow,
	holdSeconds: number,
	since: number,
	routes: {received: number; advertised: number},
): PeerStatus {
	return {
		name: peer.name,
		peerAddress: peer.address,
		peerASN: peer.asn,
		peeringState: 'established',
		establishedTime: stamp(since),
		timers: {appliedHoldTimeSeconds: holdSeconds, appliedKeepaliveSeconds: Math.floor(holdSeconds / 3)},
		routeCount: [{afi: 'ipv4', safi: 'unicast', ...routes}],
	};
}

/** A pool of addresses for Services of type LoadBalancer. */
export function addressPool(name: string, range: {start: string; stop: string}, createdAt: number): PoolObject {
	return object(
		version,
		'CiliumLoadBalancerIPPool',
		{name, createdAt, generation: 1},
		{spec: {blocks: [range], disabled: false}},
	);
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

function crd(plural: string, kind: string, shortNames: readonly string[], status = true): ResourceType {
	return {
		group: 'cilium.io',
		versions: ['v2', 'v2alpha1'],
		plural,
		kind,
		singular: kind.toLowerCase(),
		shortNames,
		namespaced: false,
		status,
		custom: true,
	};
}

export const ciliumResources: readonly ResourceType[] = [
	crd('ciliumbgpclusterconfigs', 'CiliumBGPClusterConfig', ['cbgpcluster']),
	crd('ciliumbgppeerconfigs', 'CiliumBGPPeerConfig', ['cbgppeer']),
	crd('ciliumbgpadvertisements', 'CiliumBGPAdvertisement', ['cbgpadvert'], false),
	crd('ciliumbgpnodeconfigs', 'CiliumBGPNodeConfig', ['cbgpnode']),
	crd('ciliumbgpnodeconfigoverrides', 'CiliumBGPNodeConfigOverride', ['cbgpnodeoverride'], false),
	crd('ciliumloadbalancerippools', 'CiliumLoadBalancerIPPool', ['ippools', 'ippool', 'lbippool', 'lbippools']),
];
