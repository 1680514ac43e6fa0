import type {Told} from '../reuse.ts';
import {type Health, type SafeText, worst} from '../vocabulary.ts';
import {ageTurns} from '../words.ts';
import type {NodePods} from '../workloads/node-pods.ts';
import {type Membership, membershipOf} from './etcd.ts';
import type {Liveness} from './liveness.ts';
import type {NodeMetricsRecord} from './metrics.ts';
import type {NodeRecord} from './node.ts';

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
	/** When we saw the boot id change, 0 when not within the last hour. */
	readonly rebootedAt: number;
};

/** What one node's fact is made of, joined from the sources. */
export type NodeParts = Pick<NodeFact, 'node' | 'live' | 'pods' | 'rebootedAt'> & {
	readonly usage: NodeMetricsRecord | undefined;
};

const pressureTypes = new Set<string>(['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable']);
const maintenanceTypes = new Set<string>([
	'GracefulNodeShutdownInProgress',
	'DrainInProgress',
	'Drained',
	'MaintenancePlanned',
	'MaintenanceInProgress',
]);
const rebootShownFor = 3_600_000;
const healthOfWord = {silent: 'bad', 'not ready': 'bad', late: 'warn', unknown: 'unknown', ready: 'ok'} as const;

const standing = (node: NodeRecord, types: ReadonlySet<string>): readonly SafeText[] =>
	node.conditions.filter(({type, status}) => status === 'True' && types.has(type)).map(({type}) => type);

const ratio = (used: number | undefined, of: number | undefined) =>
	used === undefined || of === undefined || of <= 0 ? undefined : used / of;

function healthOf(fact: Pick<NodeFact, 'node' | 'live' | 'pressures' | 'maintenance' | 'etcd'>): Health {
	const warns = fact.pressures.length > 0 || fact.etcd?.healthy === false || fact.node.deletingAt > 0;
	const held = fact.node.unschedulable || fact.maintenance.length > 0;
	return worst([healthOfWord[fact.live.word], warns ? 'warn' : 'idle', held ? 'held' : 'idle']);
}

/** When a text with an age in it turns: the node's own, that of its word or its cordon, of its reboot. */
function turnsAtOf({node, live, rebootedAt}: NodeParts, now: number): number {
	const cordonedAt = node.unschedulable ? node.cordonedAt : 0;
	const shown = live.word === 'ready' ? cordonedAt : live.since;
	const rebootEnds = rebootedAt === 0 ? Number.POSITIVE_INFINITY : rebootedAt + rebootShownFor;
	return Math.min(ageTurns(node.createdAt, now), ageTurns(shown, now), ageTurns(rebootedAt, now), rebootEnds);
}

/** Tells one node, with its ages counted to `now`. */
export function nodeFact(parts: NodeParts, from: readonly unknown[], now: number): NodeFact {
	const {node, live, pods, rebootedAt, usage} = parts;
	const etcd = membershipOf(node);
	const used = live.word === 'silent' ? undefined : usage;
	const told = {
		node,
		live,
		pods,
		rebootedAt,
		pressures: standing(node, pressureTypes),
		maintenance: standing(node, maintenanceTypes),
		...(etcd === undefined ? {} : {etcd}),
		cpu: ratio(used?.cpu, node.cpu),
		memory: ratio(used?.memory, node.memory),
	};
	return {...told, health: healthOf(told), from, asOf: now, turnsAt: turnsAtOf(parts, now)};
}

/** When the node was last seen to come up with another boot id; 0 when that was not within the last hour. */
export function rebootSeen(node: NodeRecord, before: NodeFact | undefined, now: number): number {
	if (before === undefined) return 0;
	const {bootId} = before.node;
	if (bootId !== '' && node.bootId !== '' && bootId !== node.bootId) return now;
	return now - before.rebootedAt < rebootShownFor ? before.rebootedAt : 0;
}
