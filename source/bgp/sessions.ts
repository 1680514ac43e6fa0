import {safeText} from '../cluster/safe-text.ts';
import {stillTrue} from '../reuse.ts';
import {momentOf} from '../together.ts';
import {memoised, type RawName, type SafeText} from '../vocabulary.ts';
import {isKnown, shownPath} from '../words.ts';
import {stateUnder} from '../workloads/controllers.ts';
import type {BgpNodeRecord, PeerRecord} from './cilium.ts';
import type {AnsweringServices} from './endpoints.ts';
import type {BgpInput} from './input.ts';
import {hasRoutesFor} from './routes.ts';
import {
	forgottenFact,
	isDown,
	isUp,
	missingFact,
	rested,
	type SessionFact,
	type SessionParts,
	sessionFact,
	sessionKey,
	sessionName,
} from './session.ts';

type Known = ReadonlyMap<string, SessionFact>;

const byKey = memoised((sessions: readonly SessionFact[]): Known => new Map(sessions.map(fact => [fact.key, fact])));

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

const nothing: readonly SafeText[] = [];
const never: readonly number[] = [];

/** The `Local` services that answer on each node, by the node's name. */
function localOn({services}: BgpInput, answering: AnsweringServices): ReadonlyMap<string, readonly SafeText[]> {
	const on = new Map<string, readonly SafeText[]>();
	for (const [key, service] of services.records) {
		if (!service.isLocal || service.addresses.length === 0) continue;
		for (const node of answering.get(key)?.nodes ?? []) on.set(node, [...(on.get(node) ?? []), shownPath(service)]);
	}
	return on;
}

function partsOf(input: BgpInput, answering: AnsweringServices, known: Known): readonly SessionParts[] {
	const hasRoutes = hasRoutesFor(input, answering);
	const local = localOn(input, answering);
	const alone = [...input.nodeConfigs.records.values()].flatMap(record => {
		const node = standingOf(input, record.name);
		const agentDownSince = agentDownOn(input, record.name);
		return record.peers.map(peer => ({
			record,
			peer: atRest(record, peer, known),
			node,
			agentDownSince,
			hasRoutes: hasRoutes(peer, record.name),
			resetsBefore: input.resetsBefore?.get(sessionKey(record.name, peer)) ?? never,
		}));
	});
	const up = alone.filter(isUp);
	const [upPeers, upNodes] = [new Set(up.map(({peer}) => peer.address)), new Set(up.map(({record}) => record.name))];
	const downs = new Map<string, number>();
	for (const {peer} of alone.filter(isDown)) downs.set(peer.address, (downs.get(peer.address) ?? 0) + 1);
	return alone.map(parts => {
		const {peer, record} = parts;
		const peerIsUp = upPeers.has(peer.address);
		const company = {
			peerIsUp,
			peerIsDown: !peerIsUp && (downs.get(peer.address) ?? 0) > 1,
			nodeIsUp: upNodes.has(record.name),
			carries: local.get(record.name) ?? nothing,
		};
		return {...parts, company};
	});
}

/** Sessions that are configured. */
function tellPresent(input: BgpInput, answering: AnsweringServices, known: Known): readonly SessionFact[] {
	const now = momentOf(input.nodeConfigs.state, input.now);
	return partsOf(input, answering, known).map(parts => {
		const {record, peer, node, agentDownSince, hasRoutes, company} = parts;
		const silentSince = typeof node === 'object' && node.word === 'silent' ? node.since : node === undefined;
		const from = [
			...Object.values(peer),
			record.reports,
			record.reconcileError?.message,
			agentDownSince,
			hasRoutes,
			company.peerIsUp,
			company.peerIsDown,
			company.nodeIsUp,
			company.carries.join(),
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

/** Sessions that an earlier run saw, of nodes that are there and have no configuration now. */
function tellForgotten(input: BgpInput, told: readonly SessionFact[]): readonly SessionFact[] {
	const {nodeConfigs, nodes, peersBefore, now} = input;
	if (peersBefore === undefined || (nodeConfigs.state.is !== 'live' && nodeConfigs.state.is !== 'polled')) return [];
	const names = new Set<string>(told.map(sessionName));
	return [...peersBefore].flatMap(name => {
		const [node = '', address = ''] = name.split('/');
		if (names.has(name) || address === '' || !nodes.has(node) || nodeConfigs.records.has(node)) return [];
		const like = told.find(({peer}) => (peer.address as string) === address);
		return [forgottenFact(node as RawName, safeText(address, 64), like, [missing], now)];
	});
}

const noSessions: Known = new Map();

/** All sessions there are, and those that should be; given those told before, what is still true stays the same object. */
export function tellSessions(
	input: BgpInput,
	answering: AnsweringServices,
	before: readonly SessionFact[] | undefined,
): readonly SessionFact[] {
	const known = before === undefined ? noSessions : byKey(before);
	const present = tellPresent(input, answering, known);
	const told = [...present, ...tellMissing(input, present, known)];
	return [...told, ...tellForgotten(input, told)];
}
