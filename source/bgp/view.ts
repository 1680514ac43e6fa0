import {together} from '../together.ts';
import {
	type Cell,
	type Column,
	compareHealth,
	memoised,
	type Note,
	own,
	type PaneView,
	type RawName,
	type Row,
	type SafeText,
	type SourceState,
	say,
} from '../vocabulary.ts';
import {age, count, isKnown, join, shownName, shownPath, sourceNote, unknown} from '../words.ts';
import type {PendingAddress, PoolFact} from './address.ts';
import type {Carriage} from './carriage.ts';
import type {BgpFacts} from './facts.ts';
import {isFlapping, type SessionFact, sessionName} from './session.ts';

const columns: readonly Column[] = [
	{id: 'node', title: 'NODE', priority: 0, min: 8, max: 36},
	{id: 'peer', title: 'PEER', priority: 1, max: 40},
	{id: 'state', title: 'STATE', priority: 0, min: 20, grow: true},
	{id: 'in', title: 'IN', align: 'right', priority: 2},
	{id: 'out', title: 'OUT', align: 'right', priority: 2},
	{id: 'asn', title: 'ASN', align: 'right', priority: 3},
	{id: 'name', title: 'NAME', priority: 4, max: 24},
	{id: 'hold', title: 'HOLD', align: 'right', priority: 5},
];

const blank: Cell = {text: own('')};
/** Services and pools say nothing in the columns of a session. */
const blanks: readonly Cell[] = [blank, blank, blank, blank, blank];
/** A service that is well is told by its name, so that sessions keep their columns; its namespace stands further on. */
const called = (service: Carriage['service'], health: Carriage['health']): SafeText =>
	health === 'ok' || health === 'idle' ? shownName(service) : shownPath(service);

const blanksOf = ({namespace}: {readonly namespace: RawName}): readonly Cell[] => [
	blank,
	blank,
	blank,
	{text: shownName({name: namespace})},
	blank,
];
const figure = (of: number | undefined): Cell => (of === undefined ? {text: unknown, sort: -1} : {text: say`${of}`, sort: of});

/** `up 12d`, `down, active 4m+`: the plus where it may have begun before we looked; and how often it was reset. */
export function sessionWords(fact: SessionFact): SafeText {
	const {word, since, atLeast, asOf, resets} = fact;
	const flapping = isFlapping(fact) ? say`reset ${resets.length} times` : undefined;
	if (since === 0 || (atLeast && asOf - since < 10_000)) return join([word, flapping]);
	return join([say`${word} ${age(since, asOf)}${own(atLeast ? '+' : '')}`, flapping]);
}

/** What a silent agent counted last is not shown as if it were so. */
const isTold = ({state}: SessionFact) => state !== 'unknown' && state !== 'missing';

const sessionRow = memoised((fact: SessionFact): Row => {
	const {key, health, node, peer} = fact;
	const counted = isTold(fact) ? peer : {received: undefined, advertised: undefined};
	return {
		key,
		health,
		about: sessionName(fact),
		subject: {resource: 'ciliumbgpnodeconfigs.cilium.io', namespace: '' as RawName, name: node},
		cells: [
			{text: shownName({name: node})},
			{text: peer.address || peer.peer},
			{text: sessionWords(fact), health, sort: fact.since},
			figure(counted.received),
			{...figure(counted.advertised), ...(fact.state === 'silent' ? {health: 'warn' as const} : {})},
			figure(peer.asn),
			{text: peer.peer},
			{text: peer.holdTime === undefined ? unknown : say`${peer.holdTime}s`, sort: peer.holdTime ?? -1},
		],
	};
});

const pendingRow = memoised((fact: PendingAddress): Row => {
	const {key, service, health, since, asOf, why} = fact;
	return {
		key,
		health,
		about: shownPath(service),
		subject: {resource: 'services', namespace: service.namespace, name: service.name},
		cells: [
			{text: shownPath(service)},
			{text: own('service')},
			{text: say`no address ${age(since, asOf)}: ${why}`, health},
			...blanks,
		],
	};
});

const carriageRow = memoised(
	({key, service, health, word}: Carriage): Row => ({
		key,
		health,
		about: shownPath(service),
		subject: {resource: 'services', namespace: service.namespace, name: service.name},
		cells: [{text: called(service, health)}, {text: join(service.addresses)}, {text: word, health}, ...blanksOf(service)],
	}),
);

const poolRow = memoised(({key, pool, health, word}: PoolFact): Row => {
	const subject = {resource: 'ciliumloadbalancerippools.cilium.io', namespace: '' as RawName, name: pool.name};
	const cells = [{text: shownName(pool)}, {text: own('pool')}, {text: word, health}, ...blanks];
	return {key, health, about: shownName(pool), subject, cells};
});

/** One row for all of them: that a node lost its label shows here, though nobody can say whether it was meant. */
const outsideRows = memoised((nodes: readonly RawName[]): readonly Row[] => {
	if (nodes.length === 0) return [];
	const names = join(nodes.map(name => shownName({name})));
	const cells = [{text: count(nodes.length, 'node')}, blank, {text: say`not selected: ${names}`}, ...blanks];
	return [{key: 'outside', health: 'idle', cells}];
});

const byHealth = (a: Row, b: Row) => compareHealth(a.health, b.health);
const byNode = (a: SessionFact, b: SessionFact) => (a.key < b.key ? -1 : 1);

function rowsOf({sessions, pending, carriages, pools, outside}: BgpFacts): readonly Row[] {
	return [
		...sessions.toSorted(byNode).map(sessionRow),
		...pending.map(pendingRow),
		...pools.map(poolRow),
		...carriages.map(carriageRow),
		...outsideRows(outside),
	].sort(byHealth);
}

function summaryOf({sessions, pending, carriages}: BgpFacts): SafeText {
	const up = sessions.filter(({state}) => state === 'up' || state === 'silent').length;
	const kept = carriages.filter(({state}) => state === 'nowhere').length;
	const waiting = pending.filter(({health}) => health === 'warn').length;
	return join([
		sessions.length === 0 ? undefined : say`${up} of ${sessions.length} up`,
		waiting === 0 ? undefined : say`${waiting} without address`,
		kept === 0 ? undefined : say`${kept} not advertised`,
	]);
}

/** Without a speaker we can read, services and pools alone may still be worth a look. */
function stateOf({states, pending, pools}: BgpFacts): SourceState {
	if (states.nodeConfigs.is !== 'absent' || pending.length + pools.length === 0) return states.nodeConfigs;
	return together([states.services, states.pools]);
}

const secondary = [
	['clusterConfigs', 'cluster configs'],
	['peerConfigs', 'peer configs'],
	['advertisements', 'advertisements'],
	['pools', 'address pools'],
	['services', 'services'],
	['endpoints', 'endpoints'],
] as const;

function notesOf(facts: BgpFacts): readonly Note[] {
	const {states, limitedTo, complaints} = facts;
	const state = stateOf(facts);
	const notes = [
		states.nodeConfigs.is === 'absent'
			? {health: 'idle' as const, text: own('no Cilium BGP here: sessions of other speakers are not read')}
			: undefined,
		...complaints.map(({health, text}) => ({health, text})),
		limitedTo && {health: 'unknown' as const, text: say`only namespace ${limitedTo.namespace}: ${limitedTo.missing}`},
		...secondary.map(([source, name]) => sourceNote(name, states[source], state)),
	];
	return notes.filter(note => note !== undefined);
}

/** The BGP pane. The same facts give the same object, an unchanged session the same row. */
export const bgpView = memoised(
	(facts: BgpFacts): PaneView => ({
		summary: isKnown(facts.states.nodeConfigs) || facts.sessions.length > 0 ? summaryOf(facts) : own(''),
		state: stateOf(facts),
		columns,
		rows: rowsOf(facts),
		notes: notesOf(facts),
		empty: own('no node is told to peer, and no service waits for an address'),
	}),
);
