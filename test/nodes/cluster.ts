import {type NodesFacts, type NodesInput, nodesFacts} from '../../source/nodes/facts.ts';
import {leaseKind, nodeKind, nodeMetricsKind} from '../../source/nodes/index.ts';
import type {SourceState} from '../../source/vocabulary.ts';
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
	readonly states?: Partial<Record<'nodes' | 'leases' | 'metrics' | 'pods', SourceState>>;
	readonly at?: number;
};

const nameOf = (object: object) => (object as {metadata: {name: string}}).metadata.name;

/** The input of the nodes slice out of raw objects, through the real projections. */
export function input({nodes = [], leases, metrics = [], pods = [], states = {}, at = now}: Objects): NodesInput {
	return {
		nodes: reading(nodeKind, nodes, states.nodes),
		leases: reading(leaseKind, leases ?? nodes.map(node => lease(nameOf(node))), states.leases),
		metrics: reading(nodeMetricsKind, metrics, states.metrics),
		pods: tallied(nodePodsTally, reading(podKind, pods, states.pods)),
		now: at,
	};
}

export const told = (objects: Objects, previous?: NodesFacts): NodesFacts => nodesFacts(input(objects), previous);
