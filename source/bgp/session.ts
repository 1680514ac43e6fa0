import type {Labels} from '../cluster/selector.ts';
import type {Told} from '../reuse.ts';
import {type Health, own, type RawName, type SafeText, say, worst} from '../vocabulary.ts';
import {ageTurns, shownName} from '../words.ts';
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
	/** How it is with the others. */
	readonly company: Company;
	/** When it was seen to be reset, epoch ms, oldest first, within the last quarter of an hour. */
	readonly resets: readonly number[];
};

/** A session among the others. */
export type Company = {
	/** Another node still has a session up with this peer. */
	readonly peerIsUp: boolean;
	/** Several sessions with this peer are down, and none is up: it is the peer's side. */
	readonly peerIsDown: boolean;
	/** The node has a session up, this one or another. */
	readonly nodeIsUp: boolean;
	/** Services with `externalTrafficPolicy: Local` that answer on this node. */
	readonly carries: readonly SafeText[];
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
	/** When an earlier run saw it reset, epoch ms. */
	readonly resetsBefore: readonly number[];
	readonly company: Company;
};

/** A session by itself, without a look at the others. */
type Alone = Omit<SessionParts, 'company'>;

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
const isEstablished = ({state}: PeerRecord): boolean => plain(state) === 'established';

/** Whether the agent's last word was that the session is up, and it can still be believed. */
export function isUp(parts: Alone): boolean {
	return unheard(parts) === undefined && isEstablished(parts.peer);
}

/** Whether the agent says, and can be believed, that there is no session where there should be one. */
export function isDown(parts: Alone): boolean {
	return judge(parts, true).state === 'down';
}

/**
 * When the last session of a node went, by the last word of its agent: it says nothing new of what stays down. One that is
 * up is written of again and again, and hides it.
 */
const wentAt = ({peers, reportedAt}: BgpNodeRecord): number | undefined =>
	reportedAt === 0 || peers.some(isEstablished) ? undefined : reportedAt;

/** Judges one session. A peer's last session is worse than one of several. */
function judge(parts: Alone, peerIsUp: boolean): Judged {
	const {record, peer, hasRoutes} = parts;
	const lost = unheard(parts);
	if (lost !== undefined) return lost;
	if (!record.reports) return judged('unreported', 'unknown', 'not reported', 'the agent writes no status');
	if (peer.address === '') return judged('unreported', 'unknown', 'no address yet', 'the peer is to be discovered');
	if (peer.state === '' || peer.state === 'unknown') return judged('unreported', 'unknown', 'no state reported');
	if (!isEstablished(peer)) {
		const word = say`down, ${peer.state}`;
		return {
			...judged('down', peerIsUp ? 'warn' : 'bad', word, '', wentAt(record)),
			why: own(peerIsUp ? '' : 'no node has a session up with this peer'),
		};
	}
	if (peer.advertised === 0 && hasRoutes === true)
		return judged('silent', 'warn', 'up, silent', 'nothing is advertised though something should be', peer.establishedAt);
	return judged('up', 'ok', 'up', '', peer.establishedAt);
}

/** In milliseconds: the agent recomputes the time of establishment from the uptime at each write. */
const jitter = 30_000;

/** A jitter of seconds is no news. */
export function rested(at: number, before: number | undefined): number {
	return before !== undefined && Math.abs(at - before) < jitter ? before : at;
}

/** Resets are remembered this long, in milliseconds. */
const flapWindow = 15 * 60_000;
/** So many of them are no accident. */
const flaps = 3;

/** Whether a session comes and goes. */
export const isFlapping = ({resets}: Pick<SessionFact, 'resets'>): boolean => resets.length >= flaps;

/** Whether a session was reset between two looks: it is gone, or it is back with a later beginning. */
function wasReset(before: PeerRecord, after: PeerRecord): boolean {
	if (!isEstablished(before) || after.state === '') return false;
	return !isEstablished(after) || after.establishedAt > before.establishedAt + jitter;
}

function resetsOf({peer, resetsBefore}: Alone, before: SessionFact | undefined, now: number): readonly number[] {
	const known = (before?.resets ?? resetsBefore).filter(at => now - at < flapWindow);
	return before !== undefined && wasReset(before.peer, peer) ? [...known, now] : known;
}

/** A state that carries no time began when it was first seen to differ; where it never did, it is at least that old. */
function sinceOf({state, since}: Judged, before: SessionFact | undefined, now: number): Pick<SessionFact, 'since' | 'atLeast'> {
	// A session that stays down may be written of again, from idle to active and back.
	if (state === 'down' && before?.state === 'down' && !before.atLeast) return {since: before.since, atLeast: false};
	if (since !== undefined && since > 0) return {since, atLeast: false};
	if (state !== 'down' && state !== 'unknown') return {since: 0, atLeast: false};
	if (before?.state === state && before.since > 0) return {since: before.since, atLeast: before.atLeast};
	return {since: now, atLeast: before === undefined};
}

/** What a session is called: `nuc-2/10.0.0.1`. */
export const sessionName = ({node, peer}: Pick<SessionFact, 'node' | 'peer'>): SafeText =>
	say`${shownName({name: node})}/${peer.address || peer.peer}`;

/** The key of a session's row. */
export const sessionKey = (node: RawName, peer: PeerRecord): string => `session/${node}/${peer.instance}/${peer.peer}`;

/** Tells one session, with its ages counted to `now` (epoch ms). */
export function sessionFact(
	parts: SessionParts,
	from: readonly unknown[],
	before: SessionFact | undefined,
	now: number,
): SessionFact {
	const {record, peer, company} = parts;
	const told = judge(parts, company.peerIsUp);
	const {since, atLeast} = sinceOf(told, before, now);
	const resets = resetsOf(parts, before, now);
	return {
		key: sessionKey(record.name, peer),
		node: record.name,
		peer,
		trouble: record.reconcileError,
		...told,
		health: isFlapping({resets}) ? worst([told.health, 'warn']) : told.health,
		since,
		atLeast,
		company,
		resets,
		from,
		asOf: now,
		turnsAt: Math.min(ageTurns(since, now), (resets[0] ?? Number.POSITIVE_INFINITY) + flapWindow),
	};
}

const unselected = (since: number, now: number) => ({
	...judged('missing', 'warn', 'missing', 'no CiliumBGPClusterConfig selects this node any more'),
	since,
	atLeast: false,
	trouble: undefined,
	asOf: now,
	turnsAt: ageTurns(since, now),
});

/** A session whose configuration was taken away while its node is still there: the node is no longer selected. */
export function missingFact(before: SessionFact, from: readonly unknown[], now: number): SessionFact {
	return {...before, ...unselected(before.state === 'missing' ? before.since : now, now), from};
}

/** A session that an earlier run saw, of a node that no configuration selects now. `like` is another one with the same peer. */
export function forgottenFact(
	node: RawName,
	address: SafeText,
	like: SessionFact | undefined,
	from: readonly unknown[],
	now: number,
): SessionFact {
	const peer = {...(like?.peer ?? unheardOf), address, state: own(''), establishedAt: 0};
	const company = {peerIsUp: like?.company.peerIsUp ?? false, peerIsDown: false, nodeIsUp: false, carries: []};
	return {key: sessionKey(node, peer), node, peer, company, resets: [], ...unselected(0, now), from};
}

const unheardOf: PeerRecord = {
	instance: own(''),
	peer: own(''),
	address: own(''),
	asn: undefined,
	localAsn: undefined,
	config: '' as RawName,
	state: own(''),
	establishedAt: 0,
	holdTime: undefined,
	keepalive: undefined,
	received: undefined,
	advertised: undefined,
};
