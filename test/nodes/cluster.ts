import {type NodesFacts, type NodesInput, nodesFacts} from '../../source/nodes/facts.ts';
import {leaseKind, nodeKind, nodeMetricsKind, planKind, systemLeaseKind} from '../../source/nodes/index.ts';
import {nodeEventKind} from '../../source/workloads/event.ts';
import {nodePodsTally} from '../../source/workloads/node-pods.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {reading} from '../_helpers/reading.ts';
import {tallied} from '../_helpers/tallied.ts';
import {lease, now} from './objects.ts';

export type Objects = {
	readonly nodes?: readonly object[];
	/** When not given, every node has renewed its lease 5 s ago. */
	readonly leases?: readonly object[];
	readonly metrics?: readonly object[];
	readonly pods?: readonly object[];
	readonly events?: readonly object[];
	readonly plans?: readonly object[];
	readonly systemLeases?: readonly object[];
	readonly serverVersion?: string;
	readonly rebootsSeen?: ReadonlyMap<string, readonly number[]>;
	readonly states?: Partial<NodesFacts['states']>;
	readonly at?: number;
};

const nameOf = (object: object) => (object as {metadata: {name: string}}).metadata.name;

/** The input of the nodes slice out of raw objects, through the real projections. */
export function input(objects: Objects): NodesInput {
	const {nodes = [], leases, metrics = [], pods = [], events = [], plans = [], systemLeases = []} = objects;
	const {states = {}, serverVersion, rebootsSeen, at = now} = objects;
	return {
		nodes: reading(nodeKind, nodes, states.nodes),
		leases: reading(leaseKind, leases ?? nodes.map(node => lease(nameOf(node))), states.leases),
		metrics: reading(nodeMetricsKind, metrics, states.metrics),
		pods: tallied(nodePodsTally, reading(podKind, pods, states.pods)),
		events: reading(nodeEventKind, events, states.events),
		plans: reading(planKind, plans, states.plans),
		systemLeases: reading(systemLeaseKind, systemLeases, states.systemLeases),
		serverVersion,
		...(rebootsSeen === undefined ? {} : {rebootsSeen}),
		now: at,
	};
}

export const told = (objects: Objects, previous?: NodesFacts): NodesFacts => nodesFacts(input(objects), previous);
