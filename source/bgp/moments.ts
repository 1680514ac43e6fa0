import type {Moment} from '../diagnosis.ts';
import {own, type RawName, type Reading, type SafeText, type StoredRecord, type Subject, say} from '../vocabulary.ts';
import {join, shownName, shownPath} from '../words.ts';
import type {AddressPoolRecord, BgpNodeRecord} from './cilium.ts';
import type {BgpFacts} from './facts.ts';
import type {BgpInput} from './input.ts';
import type {BalancerRecord} from './services.ts';
import {type SessionFact, sessionName} from './session.ts';

/** So far back it is told, in milliseconds. */
const reach = 24 * 3_600_000;

/** The records whose time stamps tell what happened. */
export type BgpHistory = Pick<
	BgpInput,
	'nodeConfigs' | 'clusterConfigs' | 'peerConfigs' | 'advertisements' | 'pools' | 'services'
>;

const cilium = (plural: string, name: RawName): Subject => ({resource: `${plural}.cilium.io`, namespace: '' as RawName, name});

/** When a session was established stands in its status; what went before that, only who watched can say. */
function ofSession(fact: SessionFact): readonly Moment[] {
	const {node, state, word, since, atLeast, resets, peer} = fact;
	const told = {about: sessionName(fact), subject: cilium('ciliumbgpnodeconfigs', node), isChange: false};
	const isUp = state === 'up' || state === 'silent';
	const wasSeen = (state === 'down' || state === 'missing') && !atLeast && since > 0;
	return [
		...(isUp ? [{...told, at: peer.establishedAt, how: 'recorded' as const, text: own('session established')}] : []),
		...(wasSeen ? [{...told, at: since, how: 'seen' as const, text: say`session ${word}`}] : []),
		...resets.map(at => ({...told, at, how: 'seen' as const, text: own('session reset')})),
	];
}

const created = (plural: string, what: string, {records}: Reading<StoredRecord>): readonly Moment[] =>
	[...records.values()].map(record => ({
		at: record.createdAt,
		how: 'recorded',
		about: say`${own(what)} ${shownName(record)}`,
		subject: cilium(plural, record.name),
		text: own('created'),
		isChange: true,
	}));

/** Nobody writes down that a node is no longer selected; that it is again shows in its new configuration. */
function ofNode({name, createdAt}: BgpNodeRecord): Moment {
	return {
		at: createdAt,
		how: 'recorded',
		about: shownName({name}),
		subject: cilium('ciliumbgpnodeconfigs', name),
		text: own('told to peer: its CiliumBGPNodeConfig was made'),
		isChange: true,
	};
}

function ofService(service: BalancerRecord): readonly Moment[] {
	const {namespace, name, createdAt, since, reason, message, addresses, fromPool} = service;
	const told = {how: 'recorded' as const, about: shownPath(service), subject: {resource: 'services', namespace, name}};
	const answer = fromPool ? say`got ${join(addresses)} of a pool` : say`was refused an address: ${join([reason, message])}`;
	return [
		{...told, at: createdAt, text: own('service created'), isChange: true},
		...(fromPool || reason !== '' ? [{...told, at: since, text: answer, isChange: false}] : []),
	];
}

function ofPool({name, conflict, conflictSince}: AddressPoolRecord): readonly Moment[] {
	if (conflict === '') return [];
	const about = say`address pool ${shownName({name})}`;
	const text: SafeText = say`is ignored: ${conflict}`;
	return [{at: conflictSince, how: 'recorded', about, subject: cilium('ciliumloadbalancerippools', name), text, isChange: false}];
}

/** What happened to sessions and addresses in the last 24 hours, oldest first. `now` in epoch ms. */
export function bgpMoments({sessions}: Pick<BgpFacts, 'sessions'>, history: BgpHistory, now: number): readonly Moment[] {
	const {nodeConfigs, clusterConfigs, peerConfigs, advertisements, pools, services} = history;
	return [
		...sessions.flatMap(ofSession),
		...nodeConfigs.records.values().map(ofNode),
		...created('ciliumbgpclusterconfigs', 'cluster config', clusterConfigs),
		...created('ciliumbgppeerconfigs', 'peer config', peerConfigs),
		...created('ciliumbgpadvertisements', 'advertisement', advertisements),
		...created('ciliumloadbalancerippools', 'address pool', pools),
		...pools.records.values().flatMap(ofPool),
		...services.records.values().flatMap(ofService),
	]
		.filter(({at}) => at > now - reach && at <= now)
		.sort((a, b) => a.at - b.at);
}
