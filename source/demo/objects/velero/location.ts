import type {KubeObject} from '../../model.ts';
import {shelf} from '../shelf.ts';
import {stamp} from '../time.ts';
import {veleroObject} from './velero.ts';

export type LocationObject = KubeObject & {
	status?: {phase?: string; lastSyncedTime?: string; lastValidationTime?: string; message?: string};
};

export const locations = shelf<LocationObject>('velero.io', 'backupstoragelocations');

export type LocationRow = {readonly name: string; readonly bucket: string; readonly url: string; readonly region: string};

/** A bucket that was found available at `now`. */
export function location(row: LocationRow, createdAt: number, now: number): LocationObject {
	return veleroObject(
		'BackupStorageLocation',
		{name: row.name, createdAt},
		{
			spec: {
				provider: 'aws',
				default: true,
				accessMode: 'ReadWrite',
				objectStorage: {bucket: row.bucket, prefix: 'velero'},
				config: {region: row.region, s3Url: row.url, s3ForcePathStyle: 'true'},
				credential: {name: 'cloud-credentials', key: 'cloud'},
			},
			status: {phase: 'Available', lastSyncedTime: stamp(now), lastValidationTime: stamp(now)},
		},
	);
}
