import {safeText} from '../../cluster/safe-text.ts';
import {selects} from '../../cluster/selector.ts';
import {own, type RawName, type SafeText, say} from '../../vocabulary.ts';
import {collides, type HostPort} from './demand.ts';
import type {Mover} from './mover.ts';
import type {DrainNode} from './node.ts';
import {isWanted} from './node-terms.ts';
import {type Peers, peersKey} from './peers.ts';
import type {Resident} from './resident.ts';
import type {ToldTerm} from './terms.ts';

/** The pods on a node, by the node's name; missing where they were not looked at. */
export type Residents = ReadonlyMap<RawName, readonly Resident[]>;

/** What is left of a node while places are given away. */
type Room = {
	readonly node: DrainNode;
	readonly free: Map<string, number>;
	readonly ports: HostPort[];
	/** The lowest priority of those that stay. */
	readonly least: number;
};

type Place = Pick<Resident, 'uid' | 'node' | 'namespace' | 'labels' | 'deletingAt'>;

/** A pod that bears none of some near itself: in the domain that is `value`. */
type Repeller = Resident['apart'][number] & {readonly value: string | undefined};

/** Who is where, while places are given away. */
export type Board = {
	readonly nodes: ReadonlyMap<RawName, DrainNode>;
	readonly rooms: ReadonlyMap<RawName, Room>;
	/** Where the pods are that a term speaks of. */
	readonly places: ReadonlyMap<string, {readonly term: ToldTerm; readonly pods: Place[]}>;
	readonly repellers: Repeller[];
};

// Sums of parts of a core come out uneven.
const rounding = 1e-6;

/** How things stand once those that leave are gone, and before any has a new place. */
export function boardOf(nodes: readonly DrainNode[], residents: Residents, peers: Peers, leaving: ReadonlySet<string>): Board {
	const stays = ({uid}: Resident): boolean => !leaving.has(uid);
	const byName = new Map(nodes.map(node => [node.name, node]));
	const rooms = new Map<RawName, Room>();
	const repellers: Repeller[] = [];
	for (const [name, all] of residents) {
		const node = byName.get(name);
		if (node === undefined) continue;
		const staying = all.filter(stays);
		const free = new Map(node.allocatable);
		for (const {amounts} of staying) take(free, amounts);
		const least = staying.reduce((lowest, {priority}) => Math.min(lowest, priority), Number.POSITIVE_INFINITY);
		rooms.set(name, {node, free, ports: staying.flatMap(({ports}) => ports), least});
		for (const {apart} of staying) repellers.push(...apart.map(term => ({...term, value: node.labels.get(term.key)})));
	}
	const places = [...peers].map(([key, {term, pods}]) => [key, {term, pods: pods.filter(stays) as Place[]}] as const);
	return {nodes: byName, rooms, places: new Map(places), repellers};
}

function take(free: Map<string, number>, amounts: Mover['amounts']): void {
	for (const [resource, amount] of amounts) free.set(resource, (free.get(resource) ?? 0) - amount);
}

/** What a node has left of a resource. One that was not looked at has all of it. */
export function left({name, allocatable}: DrainNode, resource: string, {rooms}: Board): number {
	return (rooms.get(name)?.free ?? allocatable).get(resource) ?? 0;
}

/** Whether a node has less than so much left of a resource. */
export function lacks(node: DrainNode, resource: string, amount: number, board: Board): boolean {
	return amount > left(node, resource, board) + rounding;
}

/** What keeps a pod from a node because of who is there. `unseen`: that was not looked at. */
export type Crowding = {readonly is: 'unseen'} | {readonly is: 'short'} | {readonly is: 'kept'; readonly why: SafeText};

/** Whether a pod that may go to a node finds room there; undefined where it does. */
export function crowdingAt(mover: Mover, node: DrainNode, board: Board): Crowding | undefined {
	const {amounts, ports, pod, terms} = mover;
	const room = board.rooms.get(node.name);
	if (room === undefined) return {is: 'unseen'};
	if ([...amounts].some(([resource, amount]) => lacks(node, resource, amount, board))) return {is: 'short'};
	const taken = ports.find(port => room.ports.some(other => collides(port, other)));
	if (taken !== undefined) return {is: 'kept', why: say`port ${taken.port} taken`};
	const labels = [...pod.labels];
	const repelled = board.repellers.some(
		({key, value, namespaces, selector}) =>
			value !== undefined && value === node.labels.get(key) && namespaces.includes(pod.namespace) && selects(selector, labels),
	);
	if (repelled) return {is: 'kept', why: own('anti-affinity of a pod there')};
	for (const term of terms) {
		const why = term.is === 'untold' ? undefined : violation(term, mover, node, board);
		if (why !== undefined) return {is: 'kept', why};
	}
	return undefined;
}

/** How a term keeps a pod from a node; undefined where it does not. */
function violation(term: ToldTerm, mover: Mover, node: DrainNode, {nodes, places}: Board): SafeText | undefined {
	const {key} = term;
	const value = node.labels.get(key);
	const pods = places.get(peersKey(term))?.pods ?? [];
	const isNear = ({node: name}: Place): boolean => nodes.get(name)?.labels.get(key) === value;
	if (term.is === 'apart') return value !== undefined && pods.some(isNear) ? own('its anti-affinity') : undefined;
	if (value === undefined) return say`no label ${safeText(key, 128)}`;
	if (term.is === 'spread') return isSkewed(term, mover, value, nodes, pods) ? own('its topology spread') : undefined;
	// The first of those that want to be together may begin anywhere.
	return pods.some(isNear) || (pods.length === 0 && isAbout(term, mover.pod)) ? undefined : own('its pod affinity');
}

/** Whether a term speaks of a pod. */
function isAbout({namespaces, selector}: ToldTerm, {namespace, labels}: Pick<Mover['pod'], 'namespace' | 'labels'>): boolean {
	return namespaces.includes(namespace) && selects(selector, [...labels]);
}

type Spread = Extract<ToldTerm, {is: 'spread'}>;

/** Cordoned and tainted nodes count as domains, and empty ones too (kubernetes scheduler plugin podtopologyspread). */
function isSkewed(term: Spread, {pod, terms}: Mover, value: string, nodes: Board['nodes'], pods: readonly Place[]): boolean {
	const keys = terms.flatMap(each => (each.is === 'spread' ? [each.key] : []));
	const domains = new Map<RawName, string>();
	const counts = new Map<string, number>();
	for (const node of nodes.values()) {
		const domain = node.labels.get(term.key);
		if (domain === undefined || !keys.every(key => node.labels.has(key)) || !isWanted(pod.raw, node)) continue;
		domains.set(node.name, domain);
		counts.set(domain, 0);
	}
	for (const {node, deletingAt} of pods) {
		const domain = domains.get(node);
		if (domain !== undefined && deletingAt === 0) counts.set(domain, (counts.get(domain) ?? 0) + 1);
	}
	const there = (counts.get(value) ?? 0) + (isAbout(term, pod) ? 1 : 0);
	return there - Math.min(...counts.values()) > term.skew;
}

/** How empty a node is, as the scheduler weighs it. */
export function openness(node: DrainNode, board: Board): number {
	return ['cpu', 'memory'].reduce(
		(sum, resource) => sum + left(node, resource, board) / (node.allocatable.get(resource) || 1),
		0,
	);
}

/** Puts a pod on a node: its room is gone, and it counts for whoever looks for its like. */
export function settle({pod, amounts, ports, terms}: Mover, node: DrainNode, {rooms, places, repellers}: Board): void {
	const room = rooms.get(node.name);
	if (room !== undefined) take(room.free, amounts);
	room?.ports.push(...ports);
	for (const term of terms) if (term.is === 'apart') repellers.push({...term, value: node.labels.get(term.key)});
	const place: Place = {uid: pod.uid, node: node.name, namespace: pod.namespace, labels: [...pod.labels], deletingAt: 0};
	for (const {term, pods} of places.values()) if (isAbout(term, pod)) pods.push(place);
}
