import {sameState} from '../cluster/freshness.ts';
import {sameList, stillTrue} from '../reuse.ts';
import {keyOf, type Reading, type SourceState} from '../vocabulary.ts';
import type {EventRecord} from '../workloads/event.ts';
import {type NodePods, podsOf} from '../workloads/node-pods.ts';
import {type Etcd, etcdOf, sameEtcd} from './etcd.ts';
import {hasRebooted, type NodeFact, nodeFact} from './fact.ts';
import {eventsByNode, noEvents, rebootsOf, restartOf} from './history.ts';
import type {LeaseRecord} from './lease.ts';
import {type LeaseClock, leaseClock, livenessOf} from './liveness.ts';
import type {NodeMetricsRecord} from './metrics.ts';
import type {NodeRecord} from './node.ts';
import {type PlanRecord, plansByNode} from './plan.ts';
import type {SystemLeaseRecord} from './system-lease.ts';
import {areVipsStill, type VipFact, vipClock, vipsOf} from './vip.ts';

export type NodesInput = {
	readonly nodes: Reading<NodeRecord>;
	readonly leases: Reading<LeaseRecord>;
	readonly metrics: Reading<NodeMetricsRecord>;
	/** The pods' tally by node name, in the state of the pods themselves. */
	readonly pods: Reading<NodePods>;
	readonly events: Reading<EventRecord>;
	readonly plans: Reading<PlanRecord>;
	readonly systemLeases: Reading<SystemLeaseRecord>;
	/** The API server's (`v1.35.4+k3s1`), while it is known. */
	readonly serverVersion?: string | undefined;
	/** Reboots seen by earlier runs, epoch ms by node. */
	readonly rebootsSeen?: ReadonlyMap<string, readonly number[]>;
	/** Epoch ms on the server's clock. */
	readonly now: number;
};

export type NodesFacts = {
	readonly nodes: readonly NodeFact[];
	readonly byName: ReadonlyMap<string, NodeFact>;
	readonly etcd: Etcd;
	readonly vips: readonly VipFact[];
	readonly serverVersion: string | undefined;
	/** What the nodes' leases were compared with. */
	readonly clock: LeaseClock | undefined;
	readonly states: Readonly<Record<(typeof sources)[number], SourceState>>;
	/** Set when only the pods of one namespace are seen. */
	readonly limitedTo: Reading<NodePods>['limitedTo'];
	/** The earliest moment at which something here changes without an event, epoch ms. */
	readonly changesAt: number;
	/** What this was made from, but for leases: those are renewed all the time. */
	readonly from: readonly unknown[];
};

const sources = ['nodes', 'leases', 'metrics', 'pods', 'events', 'plans', 'systemLeases'] as const;

const leaseKey = (node: NodeRecord) => keyOf('kube-node-lease', node.name);
const madeFrom = ({nodes, metrics, pods, events, plans, serverVersion, rebootsSeen}: NodesInput): readonly unknown[] => [
	...[nodes, metrics, pods, events, plans].map(({revision}) => revision),
	serverVersion,
	rebootsSeen,
];

/** What is known by node before the first node is told. */
type Joins = {
	readonly clock: LeaseClock | undefined;
	readonly plans: ReadonlyMap<string, PlanRecord>;
	readonly events: ReadonlyMap<string, readonly EventRecord[]>;
	readonly holders: ReadonlySet<string>;
};

/** One node's fact, the one from before where it is still true; and when it or its lease turns. */
function tell(node: NodeRecord, input: NodesInput, {clock, plans, events, holders}: Joins, before: NodeFact | undefined) {
	const {leases, metrics, pods, serverVersion, rebootsSeen, now} = input;
	const about = sameList(before?.events, events.get(node.name) ?? noEvents);
	const seen = hasRebooted(node, before) ? [now] : [];
	const reboots = rebootsOf({before: before?.reboots, seen, remembered: rebootsSeen?.get(node.name), events: about}, now);
	const parts = {
		node,
		live: livenessOf(node, leases.records.get(leaseKey(node)), clock, before?.live),
		usage: metrics.records.get(node.name),
		pods: podsOf(pods, node.name),
		events: about,
		reboots,
		restartAt: restartOf(about, reboots),
		plan: plans.get(node.name),
		holdsVip: holders.has(node.name),
		serverVersion,
	};
	const {live, ...rest} = parts;
	const from = [...Object.values(rest), live.word, live.since, live.overdue?.renewedAt];
	const fact = stillTrue(before, from, now) ?? nodeFact(parts, from, now);
	return {fact, turnsAt: Math.min(live.turnsAt, fact.turnsAt)};
}

/** A lease in time that is renewed changes nothing; one that looked overdue does. */
function nothingNew(before: NodesFacts, input: NodesInput): boolean {
	if (input.now >= before.changesAt || before.clock?.is === 'nobody renews') return false;
	if (madeFrom(input).some((part, at) => part !== before.from[at])) return false;
	if (sources.some(source => !sameState(input[source].state, before.states[source]))) return false;
	if (!areVipsStill(before.vips, input.systemLeases)) return false;
	return before.nodes.every(
		({live, node}) =>
			live.overdue === undefined || input.leases.records.get(leaseKey(node))?.renewedAt === live.overdue.renewedAt,
	);
}

const holding = (vips: readonly VipFact[]) =>
	new Set<string>(vips.flatMap(({holder, expiredAt}) => (expiredAt === 0 ? [holder] : [])));

/**
 * What is known of the nodes. Give it its last answer: facts that are still true stay the same objects, and so does the
 * whole when nothing but renewals in time came in.
 */
export function nodesFacts(input: NodesInput, previous?: NodesFacts): NodesFacts {
	if (previous !== undefined && nothingNew(previous, input)) return previous;
	const {now} = input;
	const clock = leaseClock(input.leases, now, previous?.clock);
	const {vips, turnsAt: vipsTurnAt} = vipsOf(input.systemLeases, vipClock(input.systemLeases, clock, now), now, previous?.vips);
	const joins = {clock, plans: plansByNode(input.plans), events: eventsByNode(input.events), holders: holding(vips)};
	let changesAt = Math.min(clock?.until ?? Number.POSITIVE_INFINITY, vipsTurnAt);
	const told = [...input.nodes.records].map(([key, node]) => {
		const {fact, turnsAt} = tell(node, input, joins, previous?.byName.get(key));
		changesAt = Math.min(changesAt, turnsAt);
		return fact;
	});
	const nodes = sameList(previous?.nodes, told);
	const unchanged = nodes === previous?.nodes ? previous : undefined;
	return {
		nodes,
		byName: unchanged?.byName ?? new Map(nodes.map(fact => [fact.node.name, fact])),
		etcd: unchanged?.etcd ?? sameEtcd(previous?.etcd, etcdOf(nodes)),
		vips,
		serverVersion: input.serverVersion,
		clock,
		states: Object.fromEntries(sources.map(source => [source, input[source].state])) as NodesFacts['states'],
		limitedTo: input.pods.limitedTo,
		changesAt,
		from: madeFrom(input),
	};
}
