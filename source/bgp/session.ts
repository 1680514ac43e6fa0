import type {Labels} from '../cluster/selector.ts';
import type {Told} from '../reuse.ts';
import {type Health, own, type RawName, type SafeText, say} from '../vocabulary.ts';
import {ageTurns} from '../words.ts';
import type {BgpNodeRecord, PeerRecord} from './cilium.ts';

/** How another slice hears of a node. `labels` where they are known: they tell which nodes should peer. */
export type NodeStanding = {
	readonly word: 'ready' | 'late' | 'silent' | 'not ready' | 'unknown';
	/** Epoch ms, 0 when nothing tells. */
	readonly since: number;
	readonly labels?: Labels | undefined;
};

/** `unreported`: nobody says. `unknown`: what was said last cannot be believed. `missing`: it should be there and is not. */
export type SessionState = 'up' | 'silent' | 'down' | 'unknown' | 'unreported' | 'missing';

/** One session of a node with a peer. */
export type SessionFact = Told & {
	readonly key: string;
	readonly node: RawName;
	readonly peer: PeerRecord;
	readonly state: SessionState;
	readonly health: Health;
	/** The state in words: `down, active`. */
	readonly word: SafeText;
	readonly why: SafeText;
	/** Epoch ms, 0 when nothing tells. */
	readonly since: number;
	/** True where `since` is only when we first looked. */
	readonly atLeast: boolean;
	readonly trouble: BgpNodeRecord['reconcileError'];
};

/** What a session is judged by, joined from the sources. */
export type SessionParts = {
	readonly record: BgpNodeRecord;
	readonly peer: PeerRecord;
	/** Undefined when nodes are known and this one is not among them, `unseen` while they are not. */
	readonly node: NodeStanding | 'unseen' | undefined;
	/** Since when no agent is ready on that node (epoch ms, 0 when nothing tells); undefined where one is, or pods are not known. */
	readonly agentDownSince: number | undefined;
	/** Whether something should be advertised; undefined where that cannot be told. */
	readonly hasRoutes: boolean | undefined;
	/** Another node still has a session up with this peer. */
	readonly peerIsUp: boolean;
};

/** A session by itself, without a look at the others. */
type Alone = Omit<SessionParts, 'peerIsUp'>;

type Judged = Pick<SessionFact, 'state' | 'health' | 'word' | 'why'> & {readonly since?: number};

const judged = (state: SessionState, health: Health, word: string, why = '', since?: number): Judged => ({
	state,
	health,
	word: own(word),
	why: own(why),
	...(since === undefined ? {} : {since}),
});

/** The status is written by the agent on that node: without it, what stands there was true once. */
function unheard({node, agentDownSince}: Alone): Judged | undefined {
	if (node === undefined)
		return judged('unknown', 'unknown', 'unknown, node gone', 'presumed down: the node is no longer in the cluster');
	if (node !== 'unseen' && node.word === 'silent')
		return judged('unknown', 'unknown', 'unknown, agent silent', 'presumed down: its node is silent', node.since);
	if (agentDownSince !== undefined)
		return judged(
			'unknown',
			'unknown',
			'unknown, agent not ready',
			'presumed down: no Cilium agent is ready on its node',
			agentDownSince,
		);
	return undefined;
}

/** Agents write `open_sent`, others `OpenSent`. */
const plain = (state: SafeText): string => state.toLowerCase().replaceAll('_', '');

/** Whether the agent's last word was that the session is up, and it can still be believed. */
export function isUp(parts: Alone): boolean {
	return unheard(parts) === undefined && plain(parts.peer.state) === 'established';
}

/** Judges one session. A peer's last session is worse than one of several. */
function judge(parts: SessionParts): Judged {
	const {record, peer, hasRoutes, peerIsUp} = parts;
	const lost = unheard(parts);
	if (lost !== undefined) return lost;
	if (!record.reports) return judged('unreported', 'unknown', 'not reported', 'the agent writes no status');
	if (peer.address === '') return judged('unreported', 'unknown', 'no address yet', 'the peer is to be discovered');
	if (peer.state === '' || peer.state === 'unknown') return judged('unreported', 'unknown', 'no state reported');
	if (plain(peer.state) !== 'established') {
		const word = say`down, ${peer.state}`;
		return {
			...judged('down', peerIsUp ? 'warn' : 'bad', word),
			why: own(peerIsUp ? '' : 'no node has a session up with this peer'),
		};
	}
	if (peer.advertised === 0 && hasRoutes === true)
		return judged('silent', 'warn', 'up, silent', 'nothing is advertised though something should be', peer.establishedAt);
	return judged('up', 'ok', 'up', '', peer.establishedAt);
}

/** The agent recomputes this time from the uptime at each write: a jitter of seconds is no news. */
export function rested(at: number, before: number | undefined): number {
	return before !== undefined && Math.abs(at - before) < 30_000 ? before : at;
}

/** A state that carries no time began when it was first seen to differ; where it never did, it is at least that old. */
function sinceOf({state, since}: Judged, before: SessionFact | undefined, now: number): Pick<SessionFact, 'since' | 'atLeast'> {
	if (since !== undefined && since > 0) return {since, atLeast: false};
	if (state !== 'down' && state !== 'unknown') return {since: 0, atLeast: false};
	if (before?.state === state && before.since > 0) return {since: before.since, atLeast: before.atLeast};
	return {since: now, atLeast: before === undefined};
}

/** The key of a session's row. */
export const sessionKey = (node: RawName, peer: PeerRecord): string => `session/${node}/${peer.instance}/${peer.peer}`;

/** Tells one session, with its ages counted to `now` (epoch ms). */
export function sessionFact(
	parts: SessionParts,
	from: readonly unknown[],
	before: SessionFact | undefined,
	now: number,
): SessionFact {
	const {record, peer} = parts;
	const told = judge(parts);
	const {since, atLeast} = sinceOf(told, before, now);
	return {
		key: sessionKey(record.name, peer),
		node: record.name,
		peer,
		trouble: record.reconcileError,
		...told,
		since,
		atLeast,
		from,
		asOf: now,
		turnsAt: ageTurns(since, now),
	};
}

/** A session whose configuration was taken away while its node is still there: the node is no longer selected. */
export function missingFact(before: SessionFact, from: readonly unknown[], now: number): SessionFact {
	const since = before.state === 'missing' ? before.since : now;
	const why = own('no CiliumBGPClusterConfig selects this node any more');
	return {
		...before,
		...judged('missing', 'warn', 'missing'),
		why,
		since,
		atLeast: false,
		trouble: undefined,
		from,
		asOf: now,
		turnsAt: ageTurns(since, now),
	};
}
