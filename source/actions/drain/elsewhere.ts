import {inTurn} from '../../cluster/in-turn.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {type RawName, type SafeText, say} from '../../vocabulary.ts';
import {whyUnread} from '../../words.ts';
import {type Fitted, findPlaces} from './fit.ts';
import type {Mover} from './mover.ts';
import type {DrainNode} from './node.ts';
import {readPeers} from './peers.ts';
import {type Resident, residentKind} from './resident.ts';
import type {Next} from './sight.ts';

/** Questions that are on their way at once. */
const atOnce = 16;
/** Of how many nodes the pods are asked for first; then of twice as many. */
const first = 8;

/**
 * Finds out whether pods that move find room on other nodes. Their pods are read node by node, the largest nodes first, and no
 * further than until each has its place. Never rejects.
 */
export async function findRoom(
	reader: Reader,
	movers: readonly Mover[],
	nodes: readonly DrainNode[],
): Promise<ReadonlyMap<string, Next>> {
	const peers = await readPeers(
		reader,
		movers.flatMap(({terms}) => terms),
	);
	const residents = new Map<RawName, readonly Resident[]>();
	let unread: SafeText | undefined;
	for (let batch = first; ; batch *= 2) {
		const {nexts, left} = findPlaces(movers, nodes, residents, peers);
		const further = worthLooking(left, residents).slice(0, batch);
		if (further.length === 0) return nexts;
		await inTurn(further, atOnce, async ({name}) => {
			const {state, records} = await reader.read(residentKind, {fieldSelector: fieldSelector(name)});
			unread ??= whyUnread(state);
			residents.set(name, [...records.values()]);
		});
		if (unread !== undefined) return doubting(findPlaces(movers, nodes, new Map(), peers), unread);
	}
}

const fieldSelector = (node: RawName): string => `${residentKind.fieldSelector},spec.nodeName=${node}`;

/** Nodes that were not looked at yet and are large enough for one of these, the largest first. */
function worthLooking(left: readonly Mover[], residents: ReadonlyMap<RawName, unknown>): readonly DrainNode[] {
	const wanted = new Set<DrainNode>();
	for (const {open, amounts} of left) {
		for (const node of open) {
			const isLarge = [...amounts].every(([resource, amount]) => amount <= (node.allocatable.get(resource) ?? 0));
			if (isLarge && !residents.has(node.name)) wanted.add(node);
		}
	}
	const memory = ({allocatable}: DrainNode): number => allocatable.get('memory') ?? 0;
	return [...wanted].toSorted((a, b) => memory(b) - memory(a));
}

/** Nothing can be said of the room on nodes whose pods cannot be read; only of those that none would suit. */
function doubting({nexts}: Fitted, why: SafeText): ReadonlyMap<string, Next> {
	const said = say`pods on other nodes cannot be read: ${why}`;
	return new Map([...nexts].map(([uid, next]) => [uid, next.is === 'pending' ? {is: 'untold', why: said} : next] as const));
}
