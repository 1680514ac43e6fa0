import type {KubeObject} from '../../model.ts';
import {shelf} from '../shelf.ts';
import {stamp} from '../time.ts';
import {ciliumObject} from './cilium.ts';

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

export const clusterConfigs = shelf<ClusterConfigObject>('cilium.io', 'ciliumbgpclusterconfigs');

/** Cluster config, peer config and an advertisement of all load balancer addresses. */
export function peering(row: BgpRow): readonly KubeObject[] {
	const {name, localAsn, peers, nodeSelector, holdSeconds, createdAt} = row;
	const advertised = {advertise: 'bgp'};
	return [
		ciliumObject(
			'CiliumBGPClusterConfig',
			{name, createdAt},
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
		ciliumObject(
			'CiliumBGPPeerConfig',
			{name: `${name}-peer`, createdAt},
			{
				spec: {
					timers: {connectRetryTimeSeconds: 12, holdTimeSeconds: holdSeconds, keepAliveTimeSeconds: Math.floor(holdSeconds / 3)},
					gracefulRestart: {enabled: true, restartTimeSeconds: 120},
					families: [{afi: 'ipv4', safi: 'unicast', advertisements: {matchLabels: advertised}}],
				},
				status: {conditions: [fine('cilium.io/MissingAuthSecret', createdAt)]},
			},
		),
		ciliumObject(
			'CiliumBGPAdvertisement',
			{name: `${name}-services`, createdAt, labels: advertised},
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
