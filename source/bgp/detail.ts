import {type Detail, type DetailLine, own, type RawName, type Reading, type SafeText, say} from '../vocabulary.ts';
import {age, count, join, shownName, shownPath} from '../words.ts';
import type {EventRecord} from '../workloads/event.ts';
import type {PendingAddress, PoolFact} from './address.ts';
import type {Carriage} from './carriage.ts';
import type {BgpFacts} from './facts.ts';
import type {BalancerRecord} from './services.ts';
import type {SessionFact} from './session.ts';
import {sessionWords} from './view.ts';

/** What a detail tells beside what the pane knows. */
export type Aside = {
	/** Warnings about anything: those about the service are told. */
	readonly warnings?: Reading<EventRecord>;
};

type Lines = readonly DetailLine[];
type Section = Detail['sections'][number];

const line = (label: string, value: SafeText | number | undefined, unit = ''): Lines =>
	value === undefined || value === '' ? [] : [{label, value: say`${value}${own(unit)}`}];

const most = 8;
const written = (sections: readonly Section[]): readonly Section[] => sections.filter(({lines}) => lines.length > 0);

/** The other sessions with the same peer, and those of the same node. */
function neighbours({key, node, peer}: SessionFact, sessions: readonly SessionFact[]): Lines {
	const others = sessions.filter(other => other.key !== key && (other.peer.address === peer.address || other.node === node));
	const shown = others.slice(0, most).map(other => ({
		label: shownName({name: other.node}),
		value: say`${other.peer.address}: ${sessionWords(other)}`,
		health: other.health,
	}));
	return [...shown, ...line('', others.length > most ? say`${others.length - most} more` : undefined)];
}

/** The addresses that go over this session by its configuration. */
function carriedOver({node, peer}: SessionFact, carriages: readonly Carriage[]): Lines {
	const over = carriages.filter(({route, way}) => route?.senders.includes(peer.config) === true && way.wanted.includes(node));
	const shown = over.slice(0, most).map(({service, word, health}) => ({
		label: shownPath(service),
		value: say`${join(service.addresses)}: ${word}`,
		health,
	}));
	return [...shown, ...line('', over.length > most ? say`${over.length - most} more` : undefined)];
}

function sessionDetail(fact: SessionFact, {sessions, carriages, wants}: BgpFacts, now: number): Detail {
	const {peer, node, health, why, state, trouble, resets, company} = fact;
	const last =
		state === 'unknown' || state === 'missing'
			? join([peer.state, peer.establishedAt === 0 ? undefined : say`for ${age(peer.establishedAt, now)}`], ' ')
			: undefined;
	return {
		title: say`session ${shownName({name: node})} with ${peer.address || peer.peer}`,
		sections: written([
			{
				title: 'State',
				lines: [
					{label: 'state', value: sessionWords(fact), health},
					...line('why', why),
					...line('nodeSelector wants', state === 'missing' ? wants : undefined),
					...line('last said', last),
					...line('resets', resets.length === 0 ? undefined : say`${resets.length} seen in 15 minutes`),
					...line('Local services here', join(company.carries.slice(0, most))),
					...(trouble === undefined ? [] : [{label: 'agent', value: trouble.message, health: 'warn' as const}]),
				],
			},
			{
				title: last === undefined ? 'Session' : 'Session, as the agent last said',
				lines: [
					...line('peer', join([peer.address, peer.peer])),
					...line('peer ASN', peer.asn === 0 ? own('any') : peer.asn),
					...line('local ASN', peer.localAsn),
					...line('instance', peer.instance),
					...line('peer config', shownName({name: peer.config})),
					...line('received', peer.received, ' routes'),
					...line('advertised', peer.advertised, ' routes'),
					...line('hold time', peer.holdTime, ' s'),
					...line('keepalive', peer.keepalive, ' s'),
				],
			},
			{title: 'Should carry', lines: carriedOver(fact, carriages)},
			{title: 'Neighbours', lines: neighbours(fact, sessions)},
		]),
	};
}

const mostEvents = 10;

/** What was noted of a service, the newest first. */
function recentEvents({namespace, name}: BalancerRecord, warnings: Aside['warnings'], now: number): Lines {
	return [...(warnings?.records.values() ?? [])]
		.filter(({kind, about}) => kind === 'Service' && about.namespace === namespace && about.name === name)
		.sort((a, b) => b.lastAt - a.lastAt)
		.slice(0, mostEvents)
		.map(({lastAt, reason, message}) => ({
			label: `${age(lastAt, now)} ago`,
			value: join([reason, message], ': '),
			health: 'warn' as const,
		}));
}

const listed = (names: readonly RawName[]): SafeText =>
	join([
		...names.slice(0, most).map(name => shownName({name})),
		names.length > most ? say`${names.length - most} more` : undefined,
	]);

function carriageDetail(fact: Carriage, {wants}: BgpFacts, {warnings}: Aside, now: number): Detail {
	const {service, health, word, broken, answering, route, way, passedOver} = fact;
	return {
		title: say`service ${shownPath(service)}`,
		sections: written([
			{
				title: 'State',
				lines: [
					{label: 'carried', value: word, health},
					...line('broken link', broken),
					...line('address', join(service.addresses)),
					...line('traffic policy', own(service.isLocal ? 'Local' : 'Cluster')),
					...line('class', service.balancerClass),
					...line('endpoints', answering && say`${answering.ready} ready on ${listed(answering.nodes) || own('no node')}`),
				],
			},
			{
				title: 'Way out',
				lines: [
					...line('advertisement', route && (join(route.advertisements.map(shownName)) || own('none selects it'))),
					...line('peer config', route && (listed(route.senders) || own('none sends it'))),
					...line('peers', join(way.peers)),
					...line('advertised by', listed(way.by)),
					...way.lacking.slice(0, most).map(({node, peer, word: how}) => ({
						label: 'not by',
						value: say`${shownName({name: node})} → ${peer}: ${how}`,
						health: 'warn' as const,
					})),
					...line('not selected', passedOver.length === 0 ? undefined : say`${listed(passedOver)}: nodeSelector wants ${wants}`),
				],
			},
			{title: 'Events', lines: recentEvents(service, warnings, now)},
		]),
	};
}

function pendingDetail(
	{service, health, why, since}: PendingAddress,
	pools: readonly PoolFact[],
	{warnings}: Aside,
	now: number,
): Detail {
	return {
		title: say`service ${shownPath(service)}`,
		sections: written([
			{
				title: 'State',
				lines: [
					{label: 'address', value: say`pending ${age(since, now)}`, health},
					...line('why', why),
					...line('said', service.message),
					...line('class', service.balancerClass),
					...line('traffic policy', own(service.isLocal ? 'Local' : 'Cluster')),
				],
			},
			{title: 'Pools', lines: pools.map(({pool, word, health: how}) => ({label: shownName(pool), value: word, health: how}))},
			{title: 'Events', lines: recentEvents(service, warnings, now)},
		]),
	};
}

function poolDetail({pool, word, health, waiting}: PoolFact): Detail {
	const lines = [
		{label: 'state', value: word, health},
		...line('conflict', pool.conflict),
		...line('ranges', join(pool.ranges)),
		...line('in use', pool.used === undefined ? undefined : count(pool.used, 'address', 'addresses')),
		...line('serves', own(pool.services === undefined ? 'every service' : 'services its selector takes')),
		...waiting.slice(0, most).flatMap(service => line('waiting', shownPath(service))),
	];
	return {title: say`address pool ${shownName(pool)}`, sections: [{title: 'Pool', lines}]};
}

function outsideDetail(nodes: readonly RawName[]): Detail {
	const lines = nodes.map(name => ({label: shownName({name}), value: own('selected by no CiliumBGPClusterConfig')}));
	return {title: own('nodes that do not peer'), sections: [{title: 'Nodes', lines}]};
}

/** Everything known of a session, service or pool by the key of its row; undefined when there is no such row. */
export function bgpDetail(facts: BgpFacts, key: string, now: number, aside: Aside = {}): Detail | undefined {
	if (key === 'outside' && facts.outside.length > 0) return outsideDetail(facts.outside);
	const session = facts.sessions.find(fact => fact.key === key);
	if (session !== undefined) return sessionDetail(session, facts, now);
	const carriage = facts.carriages.find(fact => fact.key === key);
	if (carriage !== undefined) return carriageDetail(carriage, facts, aside, now);
	const service = facts.pending.find(fact => fact.key === key);
	if (service !== undefined) return pendingDetail(service, facts.pools, aside, now);
	const pool = facts.pools.find(fact => fact.key === key);
	return pool && poolDetail(pool);
}
