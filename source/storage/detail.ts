import type {Detail, DetailLine, SafeText} from '../vocabulary.ts';
import {own, say} from '../vocabulary.ts';
import {age, bytes, join, percent, shownName} from '../words.ts';
import {type Capacity, freeShare} from './disks.ts';
import {claimsByKey, type StorageFacts} from './facts.ts';
import type {PendingFact} from './pending.ts';
import {verdictWords} from './rows.ts';
import type {TierFact} from './tier.ts';
import type {Verdict} from './verdict.ts';
import type {VolumeFact} from './volume.ts';
import {volumesByKey} from './volumes.ts';

type Lines = readonly DetailLine[];

const line = (label: string, value: SafeText | undefined): Lines => (value === undefined || value === '' ? [] : [{label, value}]);

const said = (label: string, verdict: Verdict, now: number, place = own('')): DetailLine => ({
	label,
	value: join([join([verdictWords(verdict, now), place]), verdict.why], ': '),
	health: verdict.health,
});

const ago = (at: number, now: number): SafeText | undefined => (at === 0 ? undefined : say`${age(at, now)} ago`);

function about({storageClass, kind}: TierFact): Lines {
	if (storageClass === undefined) return line('kind', kind);
	return [
		...line('kind', kind),
		...line('provisioner', storageClass.provisioner),
		...line('default', own(storageClass.isDefault ? 'yes' : '')),
		...line('reclaim', storageClass.reclaim),
		...line('binds', own(storageClass.waitsForConsumer ? 'when a pod comes' : 'at once')),
		...line('disk tags', join(storageClass.diskTags)),
		...line('node tags', join(storageClass.nodeTags)),
		...line('server', storageClass.server),
	];
}

function disksOf({disks, used, maximum, scheduled, schedulable}: Capacity, now: number): Lines {
	return [
		...line('used', say`${bytes(used)} of ${bytes(maximum)} on the disks this class may use`),
		...line('promised', say`${bytes(scheduled)} of ${bytes(schedulable)} to volumes`),
		...disks.map(({shown, disk, verdict}) =>
			said(shown, verdict, now, say`${percent(freeShare(disk))} of ${bytes(disk.maximum)} free`),
		),
	];
}

function tierDetail(tier: TierFact, now: number): Detail {
	const {volumes, pending, verdicts, capacity} = tier;
	return {
		title: say`storage tier ${tier.shown}`,
		sections: [
			{title: 'Tier', lines: [...about(tier), ...verdicts.map(verdict => said('trouble', verdict, now))]},
			{title: 'Claims waiting', lines: pending.map(({shown, verdict}) => said(shown, verdict, now))},
			{title: 'Volumes', lines: volumes.map(fact => said(fact.shown, fact.verdicts[0], now, whereabouts(fact)))},
			{title: 'Disks', lines: capacity === undefined ? [] : disksOf(capacity, now)},
		].filter(({lines}) => lines.length > 0),
	};
}

const whereabouts = ({place, size}: VolumeFact): SafeText =>
	join([bytes(size), place === '' ? undefined : say`on ${place}`], ' ');

function inKubernetes({volume, claim, attachments}: VolumeFact, now: number): Lines {
	return [
		...line('claim', claim && join([claim.phase, say`${age(claim.createdAt, now)} old`])),
		...line('volume', volume && join([shownName(volume), volume.phase])),
		...line('driver', volume?.driver),
		...line('server', volume?.server),
		...line('only on', volume?.pinnedTo),
		...attachments.flatMap(({node, attached, createdAt}) =>
			line(
				'attachment',
				say`${own(attached ? 'attached to' : 'waits for')} ${shownName({name: node})} for ${age(createdAt, now)}`,
			),
		),
	];
}

function inLonghorn({longhorn}: VolumeFact, now: number): Lines {
	if (longhorn === undefined) return [];
	const {replicas, robustness, size, actualSize} = longhorn;
	const fewer = own(robustness === 'degraded' ? ', not all are healthy' : '');
	return [
		...line('volume', shownName(longhorn)),
		...line('state', join([longhorn.state, longhorn.robustness])),
		...line('replicas', replicas === undefined ? undefined : say`${replicas} wanted${fewer}`),
		...line('on disk', say`${bytes(actualSize)} of ${bytes(size)} per copy`),
		...line('disk tags', join(longhorn.diskTags)),
		...line('workloads', join(longhorn.workloads)),
		...line('last backup', ago(longhorn.backedUpAt, now)),
		...line('restoring', own(longhorn.restoring ? 'yes' : '')),
	];
}

function volumeDetail(fact: VolumeFact, now: number): Detail {
	const state = fact.verdicts.map((verdict, at) => said(at === 0 ? 'state' : 'also', verdict, now));
	return {
		title: say`volume ${fact.shown}`,
		sections: [
			{title: 'State', lines: [...state, ...line('where', whereabouts(fact))]},
			{title: 'Kubernetes', lines: inKubernetes(fact, now)},
			{title: 'Longhorn', lines: inLonghorn(fact, now)},
		].filter(({lines}) => lines.length > 0),
	};
}

function claimDetail({shown, verdict, claim}: PendingFact, now: number): Detail {
	const lines = [
		said('state', verdict, now),
		...line('class', claim.className && shownName({name: claim.className})),
		...line('asks for', bytes(claim.requested)),
		...line('age', age(claim.createdAt, now)),
	];
	return {title: say`claim ${shown}`, sections: [{title: 'State', lines}]};
}

/** Everything known of a tier, volume or waiting claim by the key of its row; undefined when there is no such row. */
export function storageDetail(facts: StorageFacts, key: string, now: number): Detail | undefined {
	const tier = facts.tiers.find(candidate => candidate.key === key);
	if (tier !== undefined) return tierDetail(tier, now);
	const volume = volumesByKey(facts.volumes).get(key);
	if (volume !== undefined) return volumeDetail(volume, now);
	const claim = claimsByKey(facts.pending).get(key);
	return claim && claimDetail(claim, now);
}
