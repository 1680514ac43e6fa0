import {sameState} from '../cluster/freshness.ts';
import {sameList, stillTrue} from '../reuse.ts';
import {keyOf, type Reading, type SourceState} from '../vocabulary.ts';
import {type NodePods, podsOf} from '../workloads/node-pods.ts';
import {type Etcd, etcdOf} from './etcd.ts';
import {type NodeFact, nodeFact, rebootSeen} from './fact.ts';
import type {LeaseRecord} from './lease.ts';
import {type LeaseClock, leaseClock, livenessOf} from './liveness.ts';
import type {NodeMetricsRecord} from './metrics.ts';
import type {NodeRecord} from './node.ts';

export type NodesInput = {
	readonly nodes: Reading<NodeRecord>;
	readonly leases: Reading<LeaseRecord>;
	readonly metrics: Reading<NodeMetricsRecord>;
	/** The pods' tally by node name, in the state of the pods themselves. */
	readonly pods: Reading<NodePods>;
	/** Epoch ms on the server's clock. */
	readonly now: number;
};

export type NodesFacts = {
	readonly nodes: readonly NodeFact[];
	readonly byName: ReadonlyMap<string, NodeFact>;
	readonly etcd: Etcd;
	/** What the nodes' leases were compared with. */
	readonly clock: LeaseClock | undefined;
	readonly states: Readonly<Record<'nodes' | 'leases' | 'metrics' | 'pods', SourceState>>;
	/** Set when only the pods of one namespace are seen. */
	readonly limitedTo: Reading<NodePods>['limitedTo'];
	/** The earliest moment at which something here changes without an event, epoch ms. */
	readonly changesAt: number;
	/** Revisions of nodes, metrics and pods this was made from. */
	readonly revisions: readonly number[];
};

const sources = ['nodes', 'leases', 'metrics', 'pods'] as const;

const leaseKey = (node: NodeRecord) => keyOf('kube-node-lease', node.name);
const revisionsOf = ({nodes, metrics, pods}: NodesInput) => [nodes.revision, metrics.revision, pods.revision];

/** One node's fact, the one from before where it is still true; and when it or its lease turns. */
function tell(node: NodeRecord, input: NodesInput, clock: LeaseClock | undefined, before: NodeFact | undefined) {
	const {leases, metrics, pods, now} = input;
	const parts = {
		node,
		live: livenessOf(node, leases.records.get(leaseKey(node)), clock, before?.live),
		usage: metrics.records.get(node.name),
		pods: podsOf(pods, node.name),
		rebootedAt: rebootSeen(node, before, now),
	};
	const {word, since, overdue} = parts.live;
	const from = [node, parts.usage, parts.pods, parts.rebootedAt, word, since, overdue?.renewedAt];
	const fact = stillTrue(before, from, now) ?? nodeFact(parts, from, now);
	return {fact, turnsAt: Math.min(parts.live.turnsAt, fact.turnsAt)};
}

/** A lease in time that is renewed changes nothing; one that looked overdue does. */
function nothingNew(before: NodesFacts, input: NodesInput): boolean {
	if (input.now >= before.changesAt || before.clock?.is === 'nobody renews') return false;
	if (revisionsOf(input).some((revision, at) => revision !== before.revisions[at])) return false;
	if (sources.some(source => !sameState(input[source].state, before.states[source]))) return false;
	return before.nodes.every(
		({live, node}) =>
			live.overdue === undefined || input.leases.records.get(leaseKey(node))?.renewedAt === live.overdue.renewedAt,
	);
}

/**
 * What is known of the nodes. Give it its last answer: facts that are still true stay the same objects, and so does the
 * whole when nothing but renewals in time came in.
 */
export function nodesFacts(input: NodesInput, previous?: NodesFacts): NodesFacts {
	if (previous !== undefined && nothingNew(previous, input)) return previous;
	const clock = leaseClock(input.leases, input.now, previous?.clock);
	let changesAt = clock?.until ?? Number.POSITIVE_INFINITY;
	const told = [...input.nodes.records].map(([key, node]) => {
		const {fact, turnsAt} = tell(node, input, clock, previous?.byName.get(key));
		changesAt = Math.min(changesAt, turnsAt);
		return fact;
	});
	const nodes = sameList(previous?.nodes, told);
	const unchanged = nodes === previous?.nodes ? previous : undefined;
	return {
		nodes,
		byName: unchanged?.byName ?? new Map(nodes.map(fact => [fact.node.name, fact])),
		etcd: unchanged?.etcd ?? etcdOf(nodes),
		clock,
		states: {
			nodes: input.nodes.state,
			leases: input.leases.state,
			metrics: input.metrics.state,
			pods: input.pods.state,
		},
		limitedTo: input.pods.limitedTo,
		changesAt,
		revisions: revisionsOf(input),
	};
}
