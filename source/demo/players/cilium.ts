import type {ObjectStore, Stage} from '../model.ts';
import {ciliumWrites, type NodeConfigObject, nodeConfig, nodeConfigs, type PeerStatus} from '../objects/cilium/node-config.ts';
import {type ClusterConfigObject, clusterConfigs} from '../objects/cilium/peering.ts';
import {endpointSlices} from '../objects/endpoints.ts';
import {conditionOf, type NodeObject, nodes} from '../objects/node.ts';
import {pods} from '../objects/pod.ts';
import {services} from '../objects/service.ts';
import {instantOf, stamp} from '../objects/time.ts';
import type {Player} from './player.ts';

/** The operator: a node whose labels a cluster config selects gets its part of it, others lose theirs. */
export const ciliumOperator: Player = {
	name: 'Cilium operator',
	every: 5,
	act: ({store}, now) => {
		const configs = clusterConfigs.all(store);
		const chosen = nodes.all(store).map(node => ({node, config: configs.find(config => selects(config, node))}));
		for (const {node, config} of chosen) hand(store, node, config, now);
		for (const config of configs) tellMatching(store, config, !chosen.some(each => each.config === config), now);
	},
};

function hand(store: ObjectStore, node: NodeObject, config: ClusterConfigObject | undefined, now: number): void {
	const present = nodeConfigs.get(store, node.metadata.name);
	if (!config) {
		if (present) nodeConfigs.remove(store, present);
		return;
	}
	const wanted = nodeConfig(config, node, now);
	if (!present) store.put(wanted);
	else if (JSON.stringify(present.spec) !== JSON.stringify(wanted.spec)) {
		nodeConfigs.change(store, present, draft => {
			draft.spec = wanted.spec ?? {};
		});
	}
}

function selects({spec}: ClusterConfigObject, {metadata}: NodeObject): boolean {
	return Object.entries(spec?.nodeSelector?.matchLabels ?? {}).every(([key, value]) => metadata.labels?.[key] === value);
}

function tellMatching(store: ObjectStore, config: ClusterConfigObject, none: boolean, now: number): void {
	const type = 'cilium.io/NoMatchingNode';
	const status = none ? 'True' : 'False';
	if (config.status?.conditions?.find(each => each.type === type)?.status === status) return;
	clusterConfigs.change(store, config, draft => {
		const others = (draft.status?.conditions ?? []).filter(each => each.type !== type);
		draft.status = {
			conditions: [...others, {type, status, reason: 'NoMatchingNode', message: '', lastTransitionTime: stamp(now)}],
		};
	});
}

/** The agents: each writes what its sessions do, where something has changed; an agent that does not run writes nothing. */
export const ciliumAgents: Player = {
	name: 'Cilium agents',
	every: 5,
	act: (stage, now) => {
		const agents = pods.all(stage.store, 'kube-system').filter(({metadata}) => metadata.labels?.['k8s-app'] === 'cilium');
		const alive = agents.filter(
			pod => conditionOf(pod, 'Ready')?.status === 'True' && !stage.silent.has(pod.spec.nodeName ?? ''),
		);
		const speaking = new Set(alive.map(({spec}) => spec.nodeName));
		for (const config of nodeConfigs.all(stage.store)) if (speaking.has(config.metadata.name)) speak(stage, config, now);
	},
};

function speak(stage: Stage, config: NodeConfigObject, now: number): void {
	const advertised = advertisedFrom(stage, config.metadata.name);
	const said = config.status?.bgpInstances ?? [];
	const instances = (config.spec?.bgpInstances ?? []).map(({name, localASN = 0, peers = []}) => ({
		name,
		localASN,
		peers: peers.map(({name: peerName, peerAddress = '', peerASN = 0}) => {
			const before = said.flatMap(each => each.peers).find(each => each.name === peerName);
			return nextState({name: peerName, peerAddress, peerASN, peeringState: 'idle'}, before, {
				advertised,
				received: receivedFrom(stage, peerName),
				now,
				random: stage.random,
			});
		}),
	}));
	if (JSON.stringify(instances) === JSON.stringify(said)) return;
	nodeConfigs.change(stage.store, config, draft => {
		draft.status = {bgpInstances: instances, conditions: [reconciled(config, now)]};
		ciliumWrites(draft, now);
	});
}

/** What a peer announces to us is the same everywhere: as many routes as to another node. */
function receivedFrom({store}: Stage, peer: string): number {
	const known = nodeConfigs.all(store).flatMap(({status}) => (status?.bgpInstances ?? []).flatMap(({peers}) => peers));
	return known.find(({name, routeCount}) => name === peer && routeCount)?.routeCount?.[0]?.received ?? 0;
}

type Circumstances = {
	readonly advertised: number;
	readonly received: number;
	readonly now: number;
	readonly random: () => number;
};

/** A session comes up in three looks. While it is up, what is written of its start wanders by a second now and then. */
function nextState(
	peer: PeerStatus,
	before: PeerStatus | undefined,
	{advertised, received, now, random}: Circumstances,
): PeerStatus {
	if (before === undefined) return peer;
	if (before.peeringState === 'idle') return {...peer, peeringState: 'connect'};
	if (before.peeringState !== 'established' && before.peeringState !== 'connect') return before;
	const since =
		before.peeringState === 'connect'
			? now
			: instantOf(before.establishedTime) + (random() < 0.04 ? 1000 * Math.sign(random() - 0.5) : 0);
	return {
		...peer,
		peeringState: 'established',
		establishedTime: stamp(since),
		timers: before.timers ?? {appliedHoldTimeSeconds: 30, appliedKeepaliveSeconds: 10},
		routeCount: [{afi: 'ipv4', safi: 'unicast', received, advertised}],
	};
}

/** Addresses a node announces: all, but where the policy is Local only those with a ready pod on it. */
function advertisedFrom({store}: Stage, node: string): number {
	const balanced = services.all(store).filter(({status}) => (status?.loadBalancer?.ingress ?? []).length > 0);
	return balanced.filter(({spec, metadata}) => {
		if (metadata.labels?.advertise === 'never') return false;
		if (spec?.externalTrafficPolicy !== 'Local') return true;
		return endpointSlices
			.all(store, metadata.namespace)
			.filter(slice => slice.metadata.labels?.['kubernetes.io/service-name'] === metadata.name)
			.some(({endpoints}) => endpoints.some(({nodeName, conditions}) => nodeName === node && conditions.ready));
	}).length;
}

function reconciled({metadata}: NodeConfigObject, now: number): unknown {
	const type = 'cilium.io/BGPReconcileError';
	return {
		type,
		status: 'False',
		reason: 'ReconcileSucceeded',
		message: '',
		observedGeneration: metadata.generation ?? 1,
		lastTransitionTime: stamp(now),
	};
}
