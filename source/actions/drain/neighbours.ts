import {type Etcd, etcdOf, type Membership, membershipOf} from '../../nodes/etcd.ts';
import {isDown, type LeaseClock, type Liveness, leaseClock, livenessOf} from '../../nodes/liveness.ts';
import type {NodeRecord} from '../../nodes/node.ts';
import {plansByNode} from '../../nodes/plan.ts';
import {keyOf, memoised, own, type RawName, type SafeText, say} from '../../vocabulary.ts';
import {age, shownName, shownPath} from '../../words.ts';
import type {DrainNode, DrainSight} from './sight.ts';

/** A node of the cluster, as one look tells how it does. */
export type Neighbour = {
	readonly node: NodeRecord;
	readonly live: Liveness;
	readonly etcd?: Membership;
	/** Cordoned this short while ago, or by who reboots nodes, or drained before in the same drain: it may be away at any moment. */
	readonly workedOn: SafeText | undefined;
	/** Its turn in the same drain has been before. */
	readonly isBefore: boolean;
	readonly cordoned: boolean;
};

/** A cordon this young is taken for the beginning of something. */
const justNow = 3_600_000;

const maintenance = new Set<string>(['DrainInProgress', 'MaintenanceInProgress', 'GracefulNodeShutdownInProgress']);
const unschedulable = 'node.kubernetes.io/unschedulable';

/** Of the nodes of one drain those count as gone whose turn is before; those after it are there until then. */
function isBefore(name: RawName, {turns, node}: Pick<DrainSight, 'turns' | 'node'>): boolean {
	return turns.slice(0, Math.max(0, turns.indexOf(node.name))).includes(name);
}

function workOn(
	{record, taints, unschedulable: cordoned}: DrainNode,
	{plans, now, turns, node}: DrainSight,
): SafeText | undefined {
	const plan = plansByNode(plans).get(record.name);
	if (plan !== undefined) return say`upgraded by plan ${shownPath(plan)}`;
	if (record.cordonedByTalos) return own('upgraded or rebooted by Talos');
	if (record.conditions.some(({type, status}) => status === 'True' && maintenance.has(type))) return own('in maintenance');
	if (turns.includes(record.name)) return isBefore(record.name, {turns, node}) ? own('drained before it') : undefined;
	const at = taints.find(({key}) => key === unschedulable)?.addedAt ?? 0;
	return cordoned && at > 0 && now - at < justNow ? say`cordoned ${age(at, now)} ago` : undefined;
}

function neighbour(node: DrainNode, sight: DrainSight, clock: LeaseClock | undefined): Neighbour {
	const {record} = node;
	const lease = sight.heartbeats.records.get(keyOf('kube-node-lease', node.name));
	const etcd = membershipOf(record);
	return {
		node: record,
		live: livenessOf(record, lease, clock, undefined),
		...(etcd === undefined ? {} : {etcd}),
		workedOn: workOn(node, sight),
		isBefore: isBefore(node.name, sight),
		cordoned: node.unschedulable,
	};
}

/** All nodes by name, the one that is drained among them. */
export const neighbours = memoised((sight: DrainSight): ReadonlyMap<string, Neighbour> => {
	const clock = leaseClock(sight.heartbeats, sight.now, undefined);
	return new Map([...sight.nodes.records.values()].map(node => [node.name, neighbour(node, sight, clock)]));
});

/** Whether it cannot be relied on while another one is drained. */
export function isAway(one: Neighbour | undefined): boolean {
	return one === undefined || isDown(one) || one.workedOn !== undefined;
}

/** `nuc-2 (silent 35m)`, `nuc-3 (cordoned 12m ago)`. */
export function awayWords({node, live, workedOn}: Neighbour, now: number): SafeText {
	const word = live.word === 'ready' || live.word === 'late' ? workedOn : say`${own(live.word)} ${age(live.since, now)}`;
	return say`${shownName(node)} (${word ?? own(live.word)})`;
}

/** What etcd would be, were these nodes not heard of. */
export function etcdWithout(sight: DrainSight, gone: (one: Neighbour) => boolean): Etcd {
	const lost = {word: 'silent', since: sight.now, turnsAt: Number.POSITIVE_INFINITY} as const;
	return etcdOf([...neighbours(sight).values()].map(one => (gone(one) ? {...one, live: lost} : one)));
}
