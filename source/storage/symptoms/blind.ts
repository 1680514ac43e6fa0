import type {Blind, FindingId} from '../../diagnosis.ts';
import {memoised, own, say} from '../../vocabulary.ts';
import {join, whyUnread} from '../../words.ts';
import type {StorageFacts} from '../facts.ts';

/** What cannot be judged without a source, and what that is called. */
type Need = {
	readonly source: keyof StorageFacts['states'];
	readonly what: 'storage' | 'longhorn';
	readonly name: string;
	readonly ids: readonly FindingId[];
};

const ofClaims: readonly FindingId[] = ['claim-pending', 'claim-lost', 'resize-stuck'];
const ofVolumes: readonly FindingId[] = [
	'volume-node-pinned',
	'volume-released',
	'storage-single-server',
	'storage-server-down',
	'attachment-stuck',
	'resize-stuck',
];

const needs: readonly Need[] = [
	{source: 'classes', what: 'storage', name: 'storage classes', ids: ['default-class-ambiguous', 'claim-pending']},
	{source: 'volumes', what: 'storage', name: 'volumes', ids: ofVolumes},
	{source: 'claims', what: 'storage', name: 'claims', ids: ofClaims},
	{source: 'attachments', what: 'storage', name: 'attachments', ids: ['attachment-stuck']},
	{
		source: 'longhornVolumes',
		what: 'longhorn',
		name: 'longhorn volumes',
		ids: ['volume-faulted', 'volume-degraded', 'volume-single-replica'],
	},
	{source: 'longhornNodes', what: 'longhorn', name: 'longhorn disks', ids: ['disk-full', 'disk-unschedulable']},
];

/** What several signs speak for: one of them is enough, so a source that is not seen blinds only what none speaks for yet. */
const ofSigns: readonly Need[] = [
	{source: 'csiNodes', what: 'storage', name: 'csi drivers', ids: ['csi-driver-missing']},
	{source: 'warnings', what: 'storage', name: 'events', ids: ['csi-driver-missing', 'attachment-stuck']},
];
const ofServers: readonly Need[] = [
	{source: 'warnings', what: 'storage', name: 'events', ids: ['storage-server-down']},
	{source: 'claimants', what: 'storage', name: 'pods', ids: ['storage-server-down']},
];

/** Sources that are silent for the same reason are told together. */
function silent({states}: StorageFacts, of: readonly Need[], abouts?: ReadonlySet<string>): readonly Blind[] {
	const dark = of.flatMap(need => {
		const [why, {is}] = [whyUnread(states[need.source]), states[need.source]];
		return why === undefined ? [] : [{...need, why, is, key: `${need.what} ${why}`}];
	});
	return [...Map.groupBy(dark, ({key}) => key).values()].flatMap(group => {
		const [first] = group;
		if (first === undefined) return [];
		return [
			{
				ids: [...new Set(group.flatMap(({ids}) => ids))],
				what: own(first.what),
				why: say`${join([...new Set(group.map(({name}) => own(name)))])}: ${first.why}`,
				loading: first.is === 'loading',
				required: true,
				// What was known once is not known any more, by whatever sign.
				...(abouts === undefined || first.is === 'stale' ? {} : {abouts}),
			},
		];
	});
}

/** While no longhorn-manager is ready its objects look fine for ever. */
function frozen({longhornRuns, states}: StorageFacts): readonly Blind[] {
	const {is} = states.longhornVolumes;
	if (longhornRuns || (is !== 'live' && is !== 'polled')) return [];
	return [
		{
			ids: ['volume-faulted', 'volume-degraded', 'disk-full', 'disk-unschedulable'],
			what: own('longhorn'),
			why: own('longhorn-manager not running'),
			loading: false,
			required: true,
		},
	];
}

/** Claims of other namespaces than the one that may be read: nobody in particular. */
function elsewhere({limitedTo}: StorageFacts): readonly Blind[] {
	if (limitedTo === undefined) return [];
	const why = say`claims: only namespace ${limitedTo.namespace}: ${limitedTo.missing}`;
	return [{ids: ofClaims, abouts: new Set(), what: own('storage'), why, loading: false, required: true}];
}

/** What cannot be judged of storage now, and why. The same facts give the same list. */
export const blindSpots = memoised((facts: StorageFacts): readonly Blind[] => {
	const {servers, drivers} = facts;
	const unsuspected = servers.filter(({failures, failing}) => failures.length === 0 && failing.length === 0);
	return [
		...silent(facts, needs),
		...frozen(facts),
		...silent(facts, ofSigns, drivers.length === 0 ? undefined : new Set()),
		...(servers.length === 0 ? [] : silent(facts, ofServers, new Set(unsuspected.map(({shown}) => shown)))),
		...elsewhere(facts),
	];
});
