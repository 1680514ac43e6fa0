import type {Detail} from '../vocabulary.ts';
import type {BackupsFacts} from './facts.ts';
import type {LocationFact} from './location.ts';
import {locationDetail} from './location-detail.ts';
import type {BackupVolumeRecord} from './longhorn.ts';
import {runDetail} from './run-detail.ts';
import {tierDetail} from './tier-detail.ts';

/**
 * Everything known of a tier by the key of its row, of one of its runs by that key, a slash and its name, of a location by
 * `location/NAMESPACE/NAME`; undefined when there is no such thing. `now` is epoch ms on the server's clock.
 */
export function backupsDetail({tiers, locations, backupVolumes}: BackupsFacts, key: string, now: number): Detail | undefined {
	const location = locations.find(candidate => candidate.key === key);
	if (location !== undefined) return locationDetail(location, heldBy(location, backupVolumes), now);
	const tier = tiers.find(candidate => candidate.key === key);
	if (tier !== undefined) return tierDetail(tier, now);
	const of = tiers.find(candidate => key.startsWith(`${candidate.key}/`) && runOf(candidate, key) !== undefined);
	const run = of === undefined ? undefined : runOf(of, key);
	return of === undefined || run === undefined ? undefined : runDetail(of, run, now);
}

/** What Longhorn keeps of volumes in a target. */
function heldBy({record}: LocationFact, volumes: readonly BackupVolumeRecord[]): readonly BackupVolumeRecord[] {
	if (record === undefined || !record.resource.endsWith('.longhorn.io')) return [];
	return volumes.filter(({namespace, target}) => namespace === record.namespace && target === record.name);
}

function runOf({key, history}: BackupsFacts['tiers'][number], wanted: string) {
	return history.runs.find(({name}) => `${key}/${name}` === wanted);
}
