import type {Told} from '../reuse.ts';
import {type Health, type SafeText, worst} from '../vocabulary.ts';
import {ageTurns} from '../words.ts';
import type {EventRecord} from '../workloads/event.ts';
import type {NodePods} from '../workloads/node-pods.ts';
import {type Membership, membershipOf} from './etcd.ts';
import {countedFor} from './history.ts';
import type {Liveness} from './liveness.ts';
import type {NodeMetricsRecord} from './metrics.ts';
import type {NodeRecord} from './node.ts';
import type {PlanRecord} from './plan.ts';
import {type Skew, skewOf} from './skew.ts';

export type NodeFact = Told & {
	readonly node: NodeRecord;
	readonly live: Liveness;
	readonly health: Health;
	/** Condition types that stand where they should not: `DiskPressure`. */
	readonly pressures: readonly SafeText[];
	/** Maintenance somebody declared with the conditions of Kubernetes 1.37. */
	readonly maintenance: readonly SafeText[];
	readonly etcd?: Membership;
	/** Used of allocatable, 0–1; undefined when either is unknown, or the node is not heard of and its last figures are old. */
	readonly cpu: number | undefined;
	readonly memory: number | undefined;
	/** Undefined while pods are not known. */
	readonly pods: NodePods | undefined;
	/** The events about it, the newest first. */
	readonly events: readonly EventRecord[];
	/** Its reboots within a day, epoch ms in order. */
	readonly reboots: readonly number[];
	/** When it last rebooted, or its kubelet alone was restarted; 0 when not within the last hour. */
	readonly rebootedAt: number;
	readonly restartedAt: number;
	/** The upgrade that works on it now. */
	readonly plan: PlanRecord | undefined;
	/** Whether it answers for an address that moves (kube-vip). */
	readonly holdsVip: boolean;
	/** Undefined while kubelet and API server go well together, or nobody knows. */
	readonly skew: Skew | undefined;
};

/** What one node's fact is made of, joined from the sources. */
export type NodeParts = Pick<NodeFact, 'node' | 'live' | 'pods' | 'events' | 'reboots' | 'plan' | 'holdsVip'> & {
	readonly usage: NodeMetricsRecord | undefined;
	/** When the kubelet was last restarted, epoch ms, 0 when unknown. */
	readonly restartAt: number;
	/** The API server's. */
	readonly serverVersion: string | undefined;
};

const pressureTypes = new Set<string>(['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable']);
const maintenanceTypes = new Set<string>([
	'GracefulNodeShutdownInProgress',
	'DrainInProgress',
	'Drained',
	'MaintenancePlanned',
	'MaintenanceInProgress',
]);
const shownFor = 3_600_000;
const healthOfWord = {silent: 'bad', 'not ready': 'bad', late: 'warn', unknown: 'unknown', ready: 'ok'} as const;

const standing = (node: NodeRecord, types: ReadonlySet<string>): readonly SafeText[] =>
	node.conditions.filter(({type, status}) => status === 'True' && types.has(type)).map(({type}) => type);

const ratio = (used: number | undefined, of: number | undefined) =>
	used === undefined || of === undefined || of <= 0 ? undefined : used / of;

function healthOf(fact: Pick<NodeFact, 'node' | 'live' | 'pressures' | 'maintenance' | 'etcd' | 'skew'>): Health {
	const warns = fact.pressures.length > 0 || fact.etcd?.healthy === false || fact.node.deletingAt > 0;
	const held = fact.node.unschedulable || fact.maintenance.length > 0;
	return worst([healthOfWord[fact.live.word], warns ? 'warn' : 'idle', held ? 'held' : 'idle', fact.skew ? 'risk' : 'idle']);
}

const within = (time: number, at: number, now: number) => (now - at < time ? at : 0);
const ends = (at: number, after: number) => (at === 0 ? Number.POSITIVE_INFINITY : at + after);

/** When a text with an age in it turns (the node's own, that of its word or its cordon, of its start), or a start is old. */
function turnsAtOf(fact: Pick<NodeFact, 'node' | 'live' | 'reboots' | 'rebootedAt' | 'restartedAt'>, now: number): number {
	const {node, live, reboots, rebootedAt, restartedAt} = fact;
	const cordonedAt = node.unschedulable ? node.cordonedAt : 0;
	const shown = live.word === 'ready' ? cordonedAt : live.since;
	const starts = [rebootedAt, restartedAt].flatMap(at => [ageTurns(at, now), ends(at, shownFor)]);
	return Math.min(ageTurns(node.createdAt, now), ageTurns(shown, now), ...starts, ends(reboots[0] ?? 0, countedFor));
}

/** Tells one node, with its ages counted to `now`. */
export function nodeFact(parts: NodeParts, from: readonly unknown[], now: number): NodeFact {
	const {node, live, pods, events, reboots, restartAt, plan, holdsVip, usage, serverVersion} = parts;
	const etcd = membershipOf(node);
	const used = live.word === 'silent' ? undefined : usage;
	const told = {
		node,
		live,
		pods,
		events,
		reboots,
		rebootedAt: within(shownFor, reboots.at(-1) ?? 0, now),
		restartedAt: within(shownFor, restartAt, now),
		plan,
		holdsVip,
		skew: skewOf(node.kubelet, serverVersion),
		pressures: standing(node, pressureTypes),
		maintenance: standing(node, maintenanceTypes),
		...(etcd === undefined ? {} : {etcd}),
		cpu: ratio(used?.cpu, node.cpu),
		memory: ratio(used?.memory, node.memory),
	};
	return {...told, health: healthOf(told), from, asOf: now, turnsAt: turnsAtOf(told, now)};
}

/** Whether the node has come up with another boot id since it was last told. */
export function hasRebooted({bootId}: NodeRecord, before: NodeFact | undefined): boolean {
	if (before === undefined) return false;
	return before.node.bootId !== '' && bootId !== '' && before.node.bootId !== bootId;
}
