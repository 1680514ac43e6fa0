import {addressPoolKind, bgpAdvertisementKind, bgpClusterKind, bgpNodeKind, bgpPeerConfigKind} from '../../source/bgp/cilium.ts';
import {type BgpFacts, bgpFacts} from '../../source/bgp/facts.ts';
import type {BgpInput} from '../../source/bgp/input.ts';
import {balancerKind} from '../../source/bgp/services.ts';
import type {NodeStanding} from '../../source/bgp/session.ts';
import type {SourceState} from '../../source/vocabulary.ts';
import {endpointsKind} from '../../source/workloads/endpoints.ts';
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
	readonly endpoints?: readonly object[];
	readonly states?: Partial<Record<string, SourceState>>;
	/** Nodes; by default every one that has a configuration, and ready. */
	readonly nodes?: Readonly<Record<string, NodeStanding>>;
	/** Nodes whose agent is not ready. */
	readonly agentsDown?: readonly string[];
	readonly operatorDown?: boolean;
	readonly peersBefore?: readonly string[];
};

const ready: NodeStanding = {word: 'ready', since: 0};

const agent = (node: string, isReady: boolean) => ciliumPod(`cilium-${node}`, {'k8s-app': 'cilium'}, node, isReady);
const operator = (isReady: boolean) => ciliumPod('cilium-operator', {'io.cilium/app': 'operator'}, 'nuc-1', isReady);

const ciliumPod = (name: string, labels: object, node: string, isReady: boolean) => ({
	metadata: {namespace: 'kube-system', name, labels},
	spec: {nodeName: node},
	status: {
		phase: 'Running',
		conditions: [{type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: ago(7 * minutes)}],
	},
});

/** The input of the BGP slice out of raw objects, through the real projections. */
export function input(objects: Objects): BgpInput {
	const {states = {}, agentsDown = [], operatorDown = false, peersBefore} = objects;
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
		endpoints: reading(endpointsKind, objects.endpoints ?? [], states.endpoints),
		controllers: {
			state: {is: 'live'},
			records: new Map([
				['cilium-agent', [...agents.records.values()]],
				['cilium-operator', [...reading(podKind, [operator(!operatorDown)]).records.values()]],
			]),
			revision: 1,
		},
		nodes: new Map(Object.entries(objects.nodes ?? Object.fromEntries(names.map(name => [name, ready])))),
		now,
		...(peersBefore === undefined ? {} : {peersBefore: new Set(peersBefore)}),
	};
}

export const told = (objects: Objects, previous?: BgpFacts): BgpFacts => bgpFacts(input(objects), previous);
