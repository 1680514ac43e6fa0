import {name} from '../../cluster/raw.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {bytes, join} from '../../words.ts';
import {type Board, boardOf, crowdingAt, lacks, left, openness, type Residents, settle} from './board.ts';
import type {Mover} from './mover.ts';
import type {DrainNode} from './node.ts';
import {type Peers, peersKey} from './peers.ts';
import type {Next} from './sight.ts';

export type Fitted = {
	/** By the pod's uid. */
	readonly nexts: ReadonlyMap<string, Next>;
	/** Those for which no place was found among what was looked at. */
	readonly left: readonly Mover[];
};

/**
 * Gives each pod a place, the choosiest and largest first, as long as there is room; each takes its room from the others. What
 * the scheduler will choose is not foretold, only whether there is a place. Those that move are looked past where they were.
 */
export function findPlaces(movers: readonly Mover[], nodes: readonly DrainNode[], residents: Residents, peers: Peers): Fitted {
	const leaving = new Set(movers.map(({pod}) => pod.uid));
	const board = boardOf(nodes, residents, peers, leaving);
	const placed: Mover[] = [];
	const unplaced: Mover[] = [];
	for (const mover of movers.toSorted(byNeed)) {
		const node = placeOf(mover, board);
		if (node !== undefined) settle(mover, node, board);
		(node === undefined ? unplaced : placed).push(mover);
	}
	// As it is for one that moves alone.
	const alone = unplaced.length === 0 ? board : boardOf(nodes, residents, peers, leaving);
	const nexts = [
		...placed.map(mover => [mover.pod.uid, whereOf(mover, peers, leaving)] as const),
		...unplaced.map(mover => [mover.pod.uid, whyNowhere(mover, alone, peers)] as const),
	];
	return {nexts: new Map(nexts), left: unplaced};
}

const memoryOf = ({amounts}: Mover): number => amounts.get('memory') ?? 0;
const byNeed = (a: Mover, b: Mover): number => a.open.length - b.open.length || memoryOf(b) - memoryOf(a);

/** The emptiest of the nodes where it finds room. */
function placeOf(mover: Mover, board: Board): DrainNode | undefined {
	let best: {readonly node: DrainNode; readonly open: number} | undefined;
	for (const node of mover.open) {
		if (crowdingAt(mover, node, board) !== undefined) continue;
		const open = openness(node, board);
		if (best === undefined || open > best.open) best = {node, open};
	}
	return best?.node;
}

/** What keeps a place that was found from being certain. */
function doubtOf({doubts, terms}: Mover, peers: Peers): SafeText | undefined {
	return doubts[0] ?? terms.flatMap(term => (term.is === 'untold' ? [] : [peers.get(peersKey(term))?.unread])).find(Boolean);
}

function whereOf(mover: Mover, peers: Peers, leaving: ReadonlySet<string>): Next {
	const doubt = doubtOf(mover, peers);
	if (doubt !== undefined) return {is: 'untold', why: doubt};
	const followed = mover.terms.some(term => {
		const pods = term.is === 'beside' ? (peers.get(peersKey(term))?.pods ?? []) : [];
		return pods.length > 0 && pods.every(({uid}) => leaving.has(uid));
	});
	if (followed) return {is: 'untold', why: own('its affinity asks for pods that move too')};
	const here = name(mover.pod.raw.spec?.nodeName);
	return mover.open.some(node => node.name === here) ? {is: 'fits', here: true} : {is: 'fits'};
}

function whyNowhere(mover: Mover, alone: Board, peers: Peers): Next {
	const {open, shut, priority, preempts} = mover;
	if (shut !== undefined) return {is: 'pending', ...shut};
	const doubt = doubtOf(mover, peers);
	if (doubt !== undefined) return {is: 'untold', why: doubt};
	if (placeOf(mover, alone) !== undefined) {
		return {is: 'pending', why: say`there is not room for all that move: it needs ${needs(mover)}`, contested: true};
	}
	if (preempts && open.some(({name}) => priority > (alone.rooms.get(name)?.least ?? Number.POSITIVE_INFINITY))) {
		return {is: 'untold', why: own('it fits only where it pushes out pods of lower priority')};
	}
	return {is: 'pending', why: whyFull(mover, alone)};
}

/** What is missing, with numbers, on the nodes that would do. */
function whyFull(mover: Mover, board: Board): SafeText {
	const {open, amounts} = mover;
	const short = [...amounts].filter(([resource, amount]) => open.every(node => lacks(node, resource, amount, board)));
	if (short.length > 0) {
		const missing = short.map(([resource, amount]) => {
			const most = Math.max(0, ...open.map(node => left(node, resource, board)));
			return say`needs ${amountOf(resource, amount)}, the roomiest fitting node has ${amountOf(resource, most, true)}`;
		});
		return join(missing, '; ');
	}
	const crowding = open.map(node => crowdingAt(mover, node, board));
	const kept = Map.groupBy(
		crowding.flatMap(each => (each?.is === 'kept' ? [each.why] : [])),
		why => why,
	);
	const full = crowding.length - [...kept.values()].reduce((sum, of) => sum + of.length, 0);
	const reasons = [...kept].map(([why, of]) => say`${why} (${of.length})`);
	const room = full === 0 ? [] : [say`no room for ${needs(mover)} (${full})`];
	return say`no fitting node will do: ${join([...reasons, ...room])}`;
}

const needs = ({amounts}: Mover): SafeText =>
	join(
		[...amounts].flatMap(([resource, amount]) => (resource === 'pods' && amounts.size > 1 ? [] : [amountOf(resource, amount)])),
		' and ',
	);

const byteResource = /^(memory|ephemeral-storage|hugepages-.+)$/;

/** `4Gi memory`, `1.5 cores`, `1 nvidia.com/gpu`; without its word where that has just been said. */
function amountOf(resource: string, amount: number, bare = false): SafeText {
	const figure = byteResource.test(resource) ? bytes(amount) : own(String(Math.round(amount * 1000) / 1000));
	if (bare) return figure;
	if (resource === 'pods') return say`room for ${figure} more pod`;
	return say`${figure} ${resource === 'cpu' ? own(amount === 1 ? 'core' : 'cores') : safeText(resource, 128)}`;
}
