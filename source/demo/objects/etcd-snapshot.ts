import type {KubeObject, ResourceType} from '../model.ts';
import {digestOf} from './identity.ts';
import {object} from './object.ts';
import {shelf} from './shelf.ts';
import {stamp} from './time.ts';

export type SnapshotObject = KubeObject & {
	spec: {snapshotName: string; nodeName: string; location: string; s3?: {bucket: string; [field: string]: unknown}};
	status: {size: string; creationTime: string; readyToUse: boolean};
};

export const snapshots = shelf<SnapshotObject>('k3s.cattle.io', 'etcdsnapshotfiles', ['spec.snapshotName', 'status']);

export type SnapshotRow = {readonly node: string; readonly at: number; readonly bytes: number; readonly bucket?: string};

/** k3s' record of one etcd snapshot: on the server's disk, or in the bucket. */
export function etcdSnapshot({node, at, bytes, bucket}: SnapshotRow): SnapshotObject {
	const snapshot = `etcd-snapshot-${node}-${Math.floor(at / 1000)}`;
	const where =
		bucket === undefined ? `file:///var/lib/rancher/k3s/server/db/snapshots/${snapshot}` : `s3://${bucket}/etcd/${snapshot}`;
	const s3 =
		bucket === undefined
			? {}
			: {s3: {endpoint: 's3.eu-central-003.backblazeb2.com', bucket, region: 'eu-central-003', prefix: 'etcd'}};
	return object(
		'k3s.cattle.io/v1',
		'ETCDSnapshotFile',
		{
			name: `${bucket === undefined ? 'local' : 's3'}-${snapshot}-${digestOf(where).slice(0, 6)}`,
			createdAt: at,
			labels: {'etcd.k3s.cattle.io/snapshot-storage-node': bucket === undefined ? node : 's3'},
			annotations: {'etcd.k3s.cattle.io/snapshot-token-hash': digestOf('token').slice(0, 12)},
			finalizers: ['wrangler.cattle.io/managed-etcd-snapshots-controller'],
		},
		{
			spec: {snapshotName: snapshot, nodeName: bucket === undefined ? node : 's3', location: where, ...s3},
			status: {size: `${bytes}`, creationTime: stamp(at), readyToUse: true},
		},
	);
}

/** What k3s' definitions serve. */
export const k3sResources: readonly ResourceType[] = [
	{
		group: 'k3s.cattle.io',
		versions: ['v1'],
		plural: 'etcdsnapshotfiles',
		singular: 'etcdsnapshotfile',
		kind: 'ETCDSnapshotFile',
		namespaced: false,
		custom: true,
	},
];
