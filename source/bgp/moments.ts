import type {Written} from '../cluster/written.ts';
import type {Moment} from '../diagnosis.ts';
import {own, type RawName, type Reading, type SafeText, type StoredRecord, type Subject, say} from '../vocabulary.ts';
import {count, join, shownName, shownPath} from '../words.ts';
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
function ofSession(fact: SessionFact, notedAt: ReadonlySet<number>): readonly Moment[] {
	const {node, state, word, since, atLeast, resets, peer} = fact;
	const isNoted = notedAt.has(since);
	const told = {about: sessionName(fact), subject: cilium('ciliumbgpnodeconfigs', node), isChange: false};
	const isUp = state === 'up' || state === 'silent';
	const isGone = (state === 'down' || state === 'missing') && !atLeast && since > 0;
	return [
		...(isUp ? [{...told, at: peer.establishedAt, how: 'recorded' as const, text: own('session established')}] : []),
		...(isGone
			? [{...told, at: since, how: isNoted ? ('recorded' as const) : ('seen' as const), text: say`session ${word}`}]
			: []),
		...resets.map(at => ({...told, at, how: 'seen' as const, text: own('session reset')})),
	];
}

/** What is written within so many milliseconds of its making was made that way. */
const atOnce = 60_000;

/** What somebody configured: made, and changed. `words` say how it is now. */
function configured<R extends StoredRecord & {readonly changed: Written | undefined}>(
	plural: string,
	what: string,
	{records}: Reading<R>,
	words: (record: R) => SafeText = () => own(''),
): readonly Moment[] {
	return [...records.values()].flatMap(record => {
		const {name, createdAt, changed} = record;
		const about = say`${own(what)} ${shownName(record)}`;
		const told = {how: 'recorded' as const, about, subject: cilium(plural, name), isChange: true};
		const isLater = changed !== undefined && changed.at > createdAt + atOnce;
		const text = say`changed by ${changed?.by || own('somebody')}`;
		return [
			{...told, at: createdAt, text: own('created')},
			...(isLater ? [{...told, at: changed.at, text: join([text, words(record)], ': ')}] : []),
		];
	});
}

const poolWords = ({ranges, total}: AddressPoolRecord): SafeText =>
	join([join(ranges.slice(0, 3)), total === undefined ? undefined : count(total, 'address', 'addresses')]);

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
	const notedAt = new Set([...nodeConfigs.records.values()].map(({reportedAt}) => reportedAt));
	return [
		...sessions.flatMap(fact => ofSession(fact, notedAt)),
		...nodeConfigs.records.values().map(ofNode),
		...configured('ciliumbgpclusterconfigs', 'cluster config', clusterConfigs),
		...configured('ciliumbgppeerconfigs', 'peer config', peerConfigs),
		...configured('ciliumbgpadvertisements', 'advertisement', advertisements),
		...configured('ciliumloadbalancerippools', 'address pool', pools, poolWords),
		...pools.records.values().flatMap(ofPool),
		...services.records.values().flatMap(ofService),
	]
		.filter(({at}) => at > now - reach && at <= now)
		.sort((a, b) => a.at - b.at);
}
