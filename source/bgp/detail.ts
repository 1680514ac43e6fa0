import {type Detail, own, type RawName, say} from '../vocabulary.ts';
import {count, join, shownName, shownPath} from '../words.ts';
import type {PoolFact} from './address.ts';
import {firstOf, line} from './detail-lines.ts';
import type {BgpFacts} from './facts.ts';
import {type Aside, carriageDetail, pendingDetail} from './service-detail.ts';
import {sessionDetail} from './session-detail.ts';

function poolDetail({pool, word, health, waiting}: PoolFact): Detail {
	const lines = [
		{label: 'state', value: word, health},
		...line('conflict', pool.conflict),
		...line('ranges', join(pool.ranges)),
		...line('in use', pool.used === undefined ? undefined : count(pool.used, 'address', 'addresses')),
		...line('serves', own(pool.services === undefined ? 'every service' : 'services its selector takes')),
		...firstOf(waiting.flatMap(service => line('waiting', shownPath(service)))),
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
