/** Objects as Velero really writes them, cut to what the backups pane reads. Ages are milliseconds before `now`. */
export const now = Date.UTC(2026, 10, 21, 2, 14);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const ago = (milliseconds: number): string => new Date(now - milliseconds).toISOString();

const metadata = (name: string, age: number, more: object = {}) => ({
	namespace: 'velero',
	name,
	uid: `uid-${name}`,
	creationTimestamp: ago(age),
	...more,
});

export const schedule = (
	name: string,
	cron: string,
	fields: {spec?: object; status?: object; age?: number; template?: object} = {},
) => ({
	apiVersion: 'velero.io/v1',
	kind: 'Schedule',
	metadata: metadata(name, fields.age ?? 100 * day),
	spec: {
		schedule: cron,
		template: {ttl: '168h0m0s', includedNamespaces: ['media'], ...fields.template},
		...fields.spec,
	},
	status: {phase: 'Enabled', lastBackup: ago(2 * hour), ...fields.status},
});

/** A run that began `age` ago and took ten minutes. */
export const backup = (name: string, tier: string, age: number, phase = 'Completed', status: object = {}) => ({
	apiVersion: 'velero.io/v1',
	kind: 'Backup',
	metadata: metadata(name, age, tier === '' ? {} : {labels: {'velero.io/schedule-name': tier}}),
	spec: {storageLocation: 'default'},
	status: {
		phase,
		startTimestamp: ago(age),
		completionTimestamp: ago(age - 10 * minute),
		expiration: ago(age - 7 * day),
		...status,
	},
});

export const running = (name: string, tier: string, age: number, status: object = {}) =>
	backup(name, tier, age, 'InProgress', {
		completionTimestamp: undefined,
		progress: {totalItems: 200, itemsBackedUp: 84},
		...status,
	});

export const location = (name: string, fields: {spec?: object; status?: object} = {}) => ({
	apiVersion: 'velero.io/v1',
	kind: 'BackupStorageLocation',
	metadata: metadata(name, 100 * day),
	spec: {provider: 'aws', objectStorage: {bucket: 'b2-homelab'}, default: name === 'default', ...fields.spec},
	status: {phase: 'Available', lastValidationTime: ago(30_000), lastSyncedTime: ago(30_000), ...fields.status},
});

export const away = (age: number) => ({phase: 'Unavailable', message: 'dial tcp: timeout', lastSyncedTime: ago(age)});

export const restore = (name: string, age: number, spec: object = {}, status: object = {}) => ({
	apiVersion: 'velero.io/v1',
	kind: 'Restore',
	metadata: metadata(name, age),
	spec: {backupName: 'tier-0-20261109020000', namespaceMapping: {media: 'media-drill'}, ...spec},
	status: {phase: 'Completed', startTimestamp: ago(age), completionTimestamp: ago(age), ...status},
});

export const claim = (namespace: string, name: string, age: number, phase = 'Bound') => ({
	apiVersion: 'v1',
	kind: 'PersistentVolumeClaim',
	metadata: {...metadata(name, age), namespace},
	spec: {storageClassName: 'nvme', resources: {requests: {storage: '10Gi'}}},
	status: {phase},
});

/** The repository of a namespace's volumes, maintained `age` ago. */
export const repository = (namespace: string, age: number, status: object = {}) => ({
	apiVersion: 'velero.io/v1',
	kind: 'BackupRepository',
	metadata: metadata(`${namespace}-default-kopia`, 100 * day),
	spec: {volumeNamespace: namespace, backupStorageLocation: 'default', repositoryType: 'kopia', maintenanceFrequency: '1h0m0s'},
	status: {phase: 'Ready', lastMaintenanceTime: ago(age), ...status},
});

/** A snapshot of etcd on the disk of the server that took it. */
export const snapshot = (node: string, age: number, status: object = {}) => ({
	apiVersion: 'k3s.cattle.io/v1',
	kind: 'ETCDSnapshotFile',
	metadata: {name: `local-${node}-${age}`, uid: `uid-${node}-${age}`, creationTimestamp: ago(age)},
	spec: {snapshotName: `etcd-snapshot-${node}-${age}`, nodeName: node, location: `file:///snapshots/${node}-${age}`},
	status: {size: '48300000', creationTime: ago(age), readyToUse: true, ...status},
});

/** Its copy in a bucket. */
export const uploaded = (node: string, age: number, status: object = {}, endpoint = 's3.eu-central-003.backblazeb2.com') => {
	const local = snapshot(node, age, status);
	const s3 = {endpoint, bucket: 'homelab-etcd', prefix: 'etcd'};
	return {
		...local,
		metadata: {...local.metadata, name: `s3-${node}-${age}`},
		spec: {...local.spec, nodeName: 's3', location: 's3://homelab-etcd/etcd', s3},
	};
};

/** The status of a snapshot that could not be taken, or not be uploaded. */
export const refused = (age: number, message: string) => ({
	size: '0',
	creationTime: undefined,
	readyToUse: false,
	error: {time: ago(age), message},
});
