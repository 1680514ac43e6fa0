import type {KubeObject, Stage} from '../../model.ts';
import {writtenBy} from '../object.ts';
import {shelf} from '../shelf.ts';
import {stamp} from '../time.ts';
import {ciliumObject} from './cilium.ts';
import type {ClusterConfigObject, PeerRow} from './peering.ts';

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

export const nodeConfigs = shelf<NodeConfigObject>('cilium.io', 'ciliumbgpnodeconfigs');

/** What the operator hands to a node's agent; the agent writes the status (player `cilium`). */
export function nodeConfig(config: ClusterConfigObject, node: KubeObject, createdAt: number): NodeConfigObject {
	return ciliumObject(
		'CiliumBGPNodeConfig',
		{name: node.metadata.name, createdAt, owner: config},
		{spec: {bgpInstances: structuredClone(config.spec?.bgpInstances ?? [])}},
	);
}

/** The sessions that the agents tell of, each as `node/peer address`. */
export function sessionsOf({store}: Stage): readonly string[] {
	const peersOf = ({status}: NodeConfigObject) => status?.bgpInstances?.flatMap(({peers}) => peers) ?? [];
	return nodeConfigs.all(store).flatMap(each => peersOf(each).map(({peerAddress}) => `${each.metadata.name}/${peerAddress}`));
}

/** An agent has written its status: while a session is up that happens now and then, for its start wanders. */
export function ciliumWrites({metadata}: NodeConfigObject, at: number): void {
	metadata.managedFields = [writtenBy('cilium-agent', at, 'status', 'cilium.io/v2')];
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
