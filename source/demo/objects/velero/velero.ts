import type {ResourceType} from '../../model.ts';
import {type About, object} from '../object.ts';

/** Where Velero and all its objects live. */
export const veleroNamespace = 'velero';

/** What is backed up, where to, and for how long; a schedule's template and a backup's own. */
export type BackupSpec = {includedNamespaces?: string[]; ttl?: string; storageLocation?: string; [field: string]: unknown};

/** An object of Velero's, in its namespace and version. */
export function veleroObject<Body extends Readonly<Record<string, unknown>>>(kind: string, about: About, body: Body) {
	return object('velero.io/v1', kind, {namespace: veleroNamespace, generation: 1, ...about}, body);
}

function crd(plural: string, kind: string, shortName?: string, version = 'v1'): ResourceType {
	const shared = {group: 'velero.io', versions: [version], namespaced: true, custom: true, singular: kind.toLowerCase()};
	return {...shared, plural, kind, ...(shortName ? {shortNames: [shortName]} : {})};
}

/** What Velero's definitions serve. */
export const veleroResources: readonly ResourceType[] = [
	crd('schedules', 'Schedule'),
	crd('backups', 'Backup'),
	crd('restores', 'Restore'),
	crd('backupstoragelocations', 'BackupStorageLocation', 'bsl'),
	crd('backuprepositories', 'BackupRepository'),
	crd('podvolumebackups', 'PodVolumeBackup'),
	crd('podvolumerestores', 'PodVolumeRestore'),
	crd('datauploads', 'DataUpload', undefined, 'v2alpha1'),
	crd('datadownloads', 'DataDownload', undefined, 'v2alpha1'),
	crd('deletebackuprequests', 'DeleteBackupRequest'),
	crd('downloadrequests', 'DownloadRequest'),
];
