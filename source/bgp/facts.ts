import {sameList, stillTrue, type Told} from '../reuse.ts';
import {settled, stillSettled} from '../settled.ts';
import {momentOf} from '../together.ts';
import {memoised, type RawName, type Reading, type SourceState} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import {type Controllers, stateUnder} from '../workloads/controllers.ts';
import {type PendingAddress, type PoolFact, pendingAddress, poolFact} from './address.ts';
import type {
	AddressPoolRecord,
	BgpAdvertisementRecord,
	BgpClusterRecord,
	BgpNodeRecord,
	BgpPeerConfigRecord,
	PeerRecord,
} from './cilium.ts';
import {type Complaint, complaintsOf, sameComplaints} from './complaints.ts';
import {hasRoutesFor} from './routes.ts';
import {selectionOf} from './selection.ts';
import type {BalancerRecord} from './services.ts';
import {
	isUp,
	missingFact,
	type NodeStanding,
	rested,
	type SessionFact,
	type SessionParts,
	sessionFact,
	sessionKey,
} from './session.ts';

export type BgpInput = {
	readonly nodeConfigs: Reading<BgpNodeRecord>;
	readonly clusterConfigs: Reading<BgpClusterRecord>;
	readonly peerConfigs: Reading<BgpPeerConfigRecord>;
	readonly advertisements: Reading<BgpAdvertisementRecord>;
	readonly pools: Reading<AddressPoolRecord>;
	readonly services: Reading<BalancerRecord>;
	/** The Cilium agents: each writes the status of its own node. */
	readonly controllers: Controllers;
	/** Nodes by name; empty while they are not known. */
	readonly nodes: ReadonlyMap<string, NodeStanding>;
	/** Epoch ms on the server's clock. */
	readonly now: number;
};

const sources = ['nodeConfigs', 'clusterConfigs', 'peerConfigs', 'advertisements', 'pools', 'services'] as const;

export type BgpFacts = Told & {
	readonly sessions: readonly SessionFact[];
	/** Services without an address. */
	readonly pending: readonly PendingAddress[];
	readonly pools: readonly PoolFact[];
	readonly complaints: readonly Complaint[];
	/** Nodes that no cluster config selects, and that were not seen to peer. By name. */
	readonly outside: readonly RawName[];
	readonly states: Readonly<Record<(typeof sources)[number], SourceState>>;
	readonly limitedTo: Reading<BalancerRecord>['limitedTo'];
	/** The earliest moment at which something here changes without an event, epoch ms. */
	readonly changesAt: number;
};

type Known = ReadonlyMap<string, SessionFact>;

function standingOf({nodes}: BgpInput, name: string): SessionParts['node'] {
	return nodes.size === 0 ? 'unseen' : nodes.get(name);
}

function agentDownOn({controllers}: BgpInput, node: string): number | undefined {
	const told = stateUnder({is: 'live'}, controllers, 'cilium-agent', node);
	return told.is === 'stale' ? told.since : undefined;
}

/** The peer with its time of establishment at rest. */
function atRest(record: BgpNodeRecord, peer: PeerRecord, known: Known): PeerRecord {
	const before = known.get(sessionKey(record.name, peer))?.peer.establishedAt;
	return {...peer, establishedAt: rested(peer.establishedAt, before)};
}

function partsOf(input: BgpInput, known: Known): readonly SessionParts[] {
	const hasRoutes = hasRoutesFor(input);
	const alone = [...input.nodeConfigs.records.values()].flatMap(record => {
		const node = standingOf(input, record.name);
		const agentDownSince = agentDownOn(input, record.name);
		return record.peers.map(peer => ({
			record,
			peer: atRest(record, peer, known),
			node,
			agentDownSince,
			hasRoutes: hasRoutes(peer),
		}));
	});
	const up = new Set(alone.filter(isUp).map(({peer}) => peer.address));
	return alone.map(parts => ({...parts, peerIsUp: up.has(parts.peer.address)}));
}

function tellSessions(input: BgpInput, known: Known): readonly SessionFact[] {
	const now = momentOf(input.nodeConfigs.state, input.now);
	return partsOf(input, known).map(parts => {
		const {record, peer, node, agentDownSince, hasRoutes, peerIsUp} = parts;
		const silentSince = typeof node === 'object' && node.word === 'silent' ? node.since : node === undefined;
		const from = [
			...Object.values(peer),
			record.reports,
			record.reconcileError?.message,
			agentDownSince,
			hasRoutes,
			peerIsUp,
			silentSince,
		];
		const before = known.get(sessionKey(record.name, peer));
		return stillTrue(before, from, now) ?? sessionFact(parts, from, before, now);
	});
}

/** Sessions we have seen whose node is still there, ready or not, but which its configuration no longer has. */
function tellMissing(input: BgpInput, present: readonly SessionFact[], known: Known): readonly SessionFact[] {
	if (!isKnown(input.nodeConfigs.state) || input.nodeConfigs.state.is === 'stale') return [];
	const keys = new Set(present.map(({key}) => key));
	return [...known.values()]
		.filter(({key, node}) => !keys.has(key) && input.nodes.has(node) && !input.nodeConfigs.records.has(node))
		.map(before => stillTrue(before, [missing], input.now) ?? missingFact(before, [missing], input.now));
}
const missing = Symbol('missing');

function tellPending(input: BgpInput, previous: BgpFacts | undefined): readonly PendingAddress[] {
	const {services} = input;
	const now = momentOf(services.state, input.now);
	const known = new Map(previous?.pending.map(fact => [fact.key, fact]));
	return [...services.records]
		.filter(([, {addresses}]) => addresses.length === 0)
		.map(
			([key, service]) => stillTrue(known.get(`service/${key}`), [service], now) ?? pendingAddress(key, service, [service], now),
		);
}

function tellPools(
	{pools, now}: BgpInput,
	pending: readonly PendingAddress[],
	previous: BgpFacts | undefined,
): readonly PoolFact[] {
	const known = new Map(previous?.pools.map(fact => [fact.key, fact]));
	const isWanted = pending.some(({service}) => service.reason === 'out_of_ips');
	return [...pools.records].map(([key, pool]) => {
		const from = [pool, isWanted];
		return stillTrue(known.get(`pool/${key}`), from, now) ?? poolFact(key, pool, isWanted, from, now);
	});
}

function outsideOf(input: BgpInput, sessions: readonly SessionFact[]): readonly RawName[] {
	const peering = new Set(sessions.map(({node}) => node));
	return selectionOf(input).outside.filter(node => !peering.has(node));
}

const byKey = memoised((sessions: readonly SessionFact[]): Known => new Map(sessions.map(fact => [fact.key, fact])));

/** What is known of the sessions and addresses. Give it its last answer: what is still true stays the same object. */
export function bgpFacts(input: BgpInput, previous?: BgpFacts): BgpFacts {
	const {now, nodes, controllers} = input;
	const readings = sources.map(source => input[source]);
	const from = [...readings, controllers, nodes];
	const before = stillSettled(previous, from, now);
	if (before !== undefined) return before;
	const known: Known = previous === undefined ? new Map() : byKey(previous.sessions);
	const present = tellSessions(input, known);
	const sessions = sameList(previous?.sessions, [...present, ...tellMissing(input, present, known)]);
	const pending = sameList(previous?.pending, tellPending(input, previous));
	const pools = sameList(previous?.pools, tellPools(input, pending, previous));
	const changesAt = [...sessions, ...pending].reduce(
		(at, {turnsAt}) => (turnsAt > now ? Math.min(at, turnsAt) : at),
		Number.POSITIVE_INFINITY,
	);
	return settled(previous, {
		sessions,
		pending,
		pools,
		outside: sameList(previous?.outside, outsideOf(input, sessions)),
		complaints: sameComplaints(previous?.complaints, complaintsOf(input)),
		states: Object.fromEntries(sources.map(source => [source, input[source].state])) as BgpFacts['states'],
		limitedTo: input.services.limitedTo,
		changesAt,
		from,
		asOf: now,
		turnsAt: changesAt,
	});
}
