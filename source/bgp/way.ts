import type {RawName, SafeText} from '../vocabulary.ts';
import {type SessionFact, sessionName} from './session.ts';

/** A session that should carry an address and does not, on a node where no other one does. */
export type Lacking = {
	readonly node: RawName;
	/** `nuc-2/10.0.0.1` */
	readonly session: SafeText;
	readonly peer: SafeText;
	readonly word: SafeText;
	/** Since when, epoch ms; 0 where nothing proves it. */
	readonly since: number;
	/** The node's configuration was taken away. */
	readonly isMissing: boolean;
};

/** How far the addresses get that are sent by the same peer configs. Names of nodes, in order. */
export type Way = {
	/** Nodes with a session that should carry them, and those of them with one that does; without those that are not heard. */
	readonly wanted: readonly RawName[];
	readonly by: readonly RawName[];
	/** Nodes whose agents are silent: their sessions are presumed down. */
	readonly unheard: readonly RawName[];
	/** Nodes of whose sessions nothing is reported. */
	readonly unsure: readonly RawName[];
	readonly lacking: readonly Lacking[];
	readonly peers: readonly SafeText[];
};

const lackingOf = (fact: SessionFact): Lacking => ({
	node: fact.node,
	session: sessionName(fact),
	peer: fact.peer.address,
	word: fact.word,
	since: fact.atLeast ? 0 : fact.since,
	isMissing: fact.state === 'missing',
});

/** The way over the sessions whose peer configs are among the senders. */
function wayOver(sessions: readonly SessionFact[], senders: readonly RawName[]): Way {
	const over = sessions.filter(({peer}) => senders.includes(peer.config));
	const byNode = [...Map.groupBy(over, ({node}) => node)].sort(([a], [b]) => (a < b ? -1 : 1));
	const of = (is: (on: readonly SessionFact[]) => boolean) => byNode.filter(([, on]) => is(on));
	const has = (on: readonly SessionFact[], state: SessionFact['state']) => on.some(fact => fact.state === state);
	const names = (nodes: typeof byNode) => nodes.map(([node]) => node);
	const isUnheard = (on: readonly SessionFact[]) => on.every(({state}) => state === 'unknown');
	const lost = of(on => !has(on, 'up') && !has(on, 'unreported'));
	return {
		wanted: names(of(on => !isUnheard(on))),
		by: names(of(on => has(on, 'up'))),
		unheard: names(of(isUnheard)),
		unsure: names(of(on => !has(on, 'up') && has(on, 'unreported'))),
		lacking: lost.flatMap(([, on]) => on.map(lackingOf)),
		peers: [...new Set(over.map(({peer}) => peer.address))].sort(),
	};
}

const saying = ({wanted, by, unheard, unsure, lacking, peers}: Way): string =>
	[wanted, by, unheard, unsure, lacking.map(({session, word, since}) => `${session} ${word} ${since}`), peers]
		.map(list => list.join())
		.join('\n');

/** The ways by their senders' names. Each is worked out once however many services take it. */
export type Ways = ReadonlyMap<string, Way>;

/** Finds the way over some senders, the same object as before where it leads as it did; and all that were asked for. */
export function waysOver(
	sessions: readonly SessionFact[],
	before: Ways | undefined,
): {readonly over: (senders: readonly RawName[]) => Way; readonly all: Ways} {
	const all = new Map<string, Way>();
	const over = (senders: readonly RawName[]): Way => {
		const name = senders.join();
		const known = all.get(name);
		if (known !== undefined) return known;
		const [made, last] = [wayOver(sessions, senders), before?.get(name)];
		const way = last !== undefined && saying(last) === saying(made) ? last : made;
		all.set(name, way);
		return way;
	};
	return {over, all};
}

/** The ways from before where none of them changed. */
export function sameWays(before: Ways | undefined, after: Ways): Ways {
	if (before === undefined || before.size !== after.size) return after;
	return [...after].every(([name, way]) => before.get(name) === way) ? before : after;
}

/** The part of a way that leads over some nodes. */
export function wayWithin({wanted, by, unheard, unsure, lacking, peers}: Way, nodes: readonly RawName[]): Way {
	const within = new Set(nodes);
	const isIn = (node: RawName) => within.has(node);
	return {
		wanted: wanted.filter(isIn),
		by: by.filter(isIn),
		unheard: unheard.filter(isIn),
		unsure: unsure.filter(isIn),
		lacking: lacking.filter(({node}) => isIn(node)),
		peers,
	};
}
