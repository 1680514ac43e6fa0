import {addressPoolKind, bgpAdvertisementKind, bgpClusterKind, bgpNodeKind, bgpPeerConfigKind} from '../../source/bgp/cilium.ts';
import {type BgpFacts, type BgpInput, bgpFacts} from '../../source/bgp/facts.ts';
import {balancerKind} from '../../source/bgp/services.ts';
import type {NodeStanding} from '../../source/bgp/session.ts';
import type {SourceState} from '../../source/vocabulary.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {reading} from '../_helpers/reading.ts';
import {ago, minutes, now} from './objects.ts';

export type Objects = {
	readonly nodeConfigs?: readonly object[];
	readonly clusterConfigs?: readonly object[];
	readonly peerConfigs?: readonly object[];
	readonly advertisements?: readonly object[];
	readonly pools?: readonly object[];
	readonly services?: readonly object[];
	readonly states?: Partial<Record<string, SourceState>>;
	/** Nodes; by default every one that has a configuration, and ready. */
	readonly nodes?: Readonly<Record<string, NodeStanding>>;
	/** Nodes whose agent is not ready. */
	readonly agentsDown?: readonly string[];
};

const ready: NodeStanding = {word: 'ready', since: 0};

const agent = (node: string, isReady: boolean) => ({
	metadata: {namespace: 'kube-system', name: `cilium-${node}`, labels: {'k8s-app': 'cilium'}},
	spec: {nodeName: node},
	status: {
		phase: 'Running',
		conditions: [{type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: ago(7 * minutes)}],
	},
});

/** The input of the BGP slice out of raw objects, through the real projections. */
export function input(objects: Objects): BgpInput {
	const {states = {}, agentsDown = []} = objects;
	const nodeConfigs = reading(bgpNodeKind, objects.nodeConfigs ?? [], states.nodeConfigs);
	const names = [...nodeConfigs.records.keys()];
	const agents = reading(
		podKind,
		names.map(node => agent(node, !agentsDown.includes(node))),
	);
	return {
		nodeConfigs,
		clusterConfigs: reading(bgpClusterKind, objects.clusterConfigs ?? [], states.clusterConfigs),
		peerConfigs: reading(bgpPeerConfigKind, objects.peerConfigs ?? [], states.peerConfigs),
		advertisements: reading(bgpAdvertisementKind, objects.advertisements ?? [], states.advertisements),
		pools: reading(addressPoolKind, objects.pools ?? [], states.pools),
		services: reading(balancerKind, objects.services ?? [], states.services),
		controllers: {state: {is: 'live'}, records: new Map([['cilium-agent', [...agents.records.values()]]]), revision: 1},
		nodes: new Map(Object.entries(objects.nodes ?? Object.fromEntries(names.map(name => [name, ready])))),
		now,
	};
}

export const told = (objects: Objects, previous?: BgpFacts): BgpFacts => bgpFacts(input(objects), previous);
