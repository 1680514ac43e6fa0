import type {Diagnosis} from '../diagnosis.ts';
import type {Settings} from '../settings.ts';
import {memoised} from '../vocabulary.ts';
import type {StorageFacts} from './facts.ts';
import {attachmentSymptoms} from './symptoms/attachment.ts';
import {blindSpots} from './symptoms/blind.ts';
import {lostSymptom, pendingSymptoms, resizeSymptoms} from './symptoms/claim.ts';
import {diskSymptoms} from './symptoms/disk.ts';
import {driverSymptom} from './symptoms/driver.ts';
import {serverSymptoms} from './symptoms/server.ts';
import {defaultSymptoms, tierSymptoms} from './symptoms/tier.ts';
import {volumeSymptoms} from './symptoms/volume.ts';

const diagnosing = memoised((settings: Settings) =>
	memoised((facts: StorageFacts): Diagnosis => {
		const {volumes, pending, lost, disks, drivers, servers, tiers, defaults} = facts;
		return {
			symptoms: [
				...volumes.flatMap(volumeSymptoms),
				...volumes.flatMap(attachmentSymptoms),
				...volumes.flatMap(resizeSymptoms),
				...pending.flatMap(pendingSymptoms),
				...lost.map(lostSymptom),
				...disks.flatMap(diskSymptoms(settings)),
				...drivers.map(driverSymptom),
				...servers.flatMap(serverSymptoms),
				...tiers.flatMap(tierSymptoms),
				...defaultSymptoms(defaults),
			],
			blind: blindSpots(facts),
		};
	}),
);

/** What is wrong with storage, and what of it cannot be judged. The same facts and settings give the same object. */
export function diagnoseStorage(facts: StorageFacts, settings: Settings): Diagnosis {
	return diagnosing(settings)(facts);
}
