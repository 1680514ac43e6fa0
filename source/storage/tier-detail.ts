import {type Detail, own, type SafeText, say} from '../vocabulary.ts';
import {bytes, join, percent} from '../words.ts';
import {evidenceLines, type Lines, line, said} from './detail-lines.ts';
import {type Capacity, freeShare} from './disks.ts';
import type {StorageFacts} from './facts.ts';
import {driverSymptom} from './symptoms/driver.ts';
import {tierSymptoms} from './symptoms/tier.ts';
import type {TierFact} from './tier.ts';
import {whereabouts} from './volume.ts';

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

/** Other classes whose volumes lie on the same disks: what fills one of them fills all. */
function neighbours(tier: TierFact, {tiers}: StorageFacts): Lines {
	const ours = new Set(tier.capacity?.disks);
	const sharing = tiers.filter(other => other !== tier && (other.capacity?.disks.some(disk => ours.has(disk)) ?? false));
	return line('same disks', join(sharing.map(({shown}): SafeText => shown)));
}

/** Everything known of a tier, with ages counted to `now` (epoch ms). */
export function tierDetail(tier: TierFact, facts: StorageFacts, now: number): Detail {
	const {volumes, pending, verdicts, capacity, drivers} = tier;
	return {
		title: say`storage tier ${tier.shown}`,
		sections: [
			{title: 'Tier', lines: [...about(tier), ...verdicts.map(verdict => said('trouble', verdict, now))]},
			{title: 'Claims waiting', lines: pending.map(({shown, verdict}) => said(shown, verdict, now))},
			{title: 'Volumes', lines: volumes.map(fact => said(fact.shown, fact.verdicts[0], now, whereabouts(fact)))},
			{title: 'Disks', lines: capacity === undefined ? [] : disksOf(capacity, now)},
			{title: 'Evidence', lines: evidenceLines([...drivers.map(driverSymptom), ...tierSymptoms(tier)])},
			{title: 'Neighbours', lines: neighbours(tier, facts)},
		].filter(({lines}) => lines.length > 0),
	};
}
