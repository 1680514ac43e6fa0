import {type Detail, type DetailLine, own, type RawName, type SafeText, say} from '../vocabulary.ts';
import {age, count, join, shownName, shownPath} from '../words.ts';
import type {PendingAddress, PoolFact} from './address.ts';
import type {BgpFacts} from './facts.ts';
import type {SessionFact} from './session.ts';
import {sessionWords} from './view.ts';

type Lines = readonly DetailLine[];

const line = (label: string, value: SafeText | number | undefined, unit = ''): Lines =>
	value === undefined || value === '' ? [] : [{label, value: say`${value}${own(unit)}`}];

function sessionDetail(fact: SessionFact, now: number): Detail {
	const {peer, node, health, why, state, trouble} = fact;
	const last =
		state === 'unknown' || state === 'missing'
			? join([peer.state, peer.establishedAt === 0 ? undefined : say`for ${age(peer.establishedAt, now)}`], ' ')
			: undefined;
	return {
		title: say`session ${shownName({name: node})} with ${peer.address || peer.peer}`,
		sections: [
			{
				title: 'State',
				lines: [
					{label: 'state', value: sessionWords(fact), health},
					...line('why', why),
					...line('last said', last),
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
		],
	};
}

function serviceDetail({service, health, why, since}: PendingAddress, pools: readonly PoolFact[], now: number): Detail {
	return {
		title: say`service ${shownPath(service)}`,
		sections: [
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
		].filter(({lines}) => lines.length > 0),
	};
}

function poolDetail({pool, word, health}: PoolFact): Detail {
	const lines = [
		{label: 'state', value: word, health},
		...line('conflict', pool.conflict),
		...line('ranges', join(pool.ranges)),
		...line('in use', pool.used === undefined ? undefined : count(pool.used, 'address', 'addresses')),
	];
	return {title: say`address pool ${shownName(pool)}`, sections: [{title: 'Pool', lines}]};
}

function outsideDetail(nodes: readonly RawName[]): Detail {
	const lines = nodes.map(name => ({label: shownName({name}), value: own('selected by no CiliumBGPClusterConfig')}));
	return {title: own('nodes that do not peer'), sections: [{title: 'Nodes', lines}]};
}

/** Everything known of a session, waiting service or pool by the key of its row; undefined when there is no such row. */
export function bgpDetail(facts: BgpFacts, key: string, now: number): Detail | undefined {
	if (key === 'outside' && facts.outside.length > 0) return outsideDetail(facts.outside);
	const session = facts.sessions.find(fact => fact.key === key);
	if (session !== undefined) return sessionDetail(session, now);
	const service = facts.pending.find(fact => fact.key === key);
	if (service !== undefined) return serviceDetail(service, facts.pools, now);
	const pool = facts.pools.find(fact => fact.key === key);
	return pool && poolDetail(pool);
}
