import type {Stage} from '../model.ts';
import {etcdSnapshot, type SnapshotObject, snapshots} from '../objects/etcd-snapshot.ts';
import {hour, instantOf} from '../objects/time.ts';
import type {Player} from './player.ts';

/** How often k3s takes one, and how many it keeps of each server and place. */
const period = 12 * hour;
const kept = 5;

/** k3s' snapshots of etcd: taken twice a day on every server, kept there and in the bucket; a silent server takes none. */
export const etcdSnapshots: Player = {
	name: 'etcd snapshots',
	every: 30,
	act: (stage, now) => {
		const places = Map.groupBy(snapshots.all(stage.store), ({spec}) => `${hostOf(spec)}/${spec.s3?.bucket ?? ''}`);
		for (const own of places.values()) take(stage, own, now);
	},
};

/** The server a snapshot is of: those in the bucket only say so in their name. */
function hostOf({snapshotName}: SnapshotObject['spec']): string {
	return snapshotName.replace(/^etcd-snapshot-/, '').replace(/-\d+$/, '');
}

function take(stage: Stage, own: readonly SnapshotObject[], now: number): void {
	const timeOf = ({status}: SnapshotObject) => instantOf(status.creationTime);
	const [newest, ...others] = own.toSorted((one, other) => timeOf(other) - timeOf(one));
	if (!newest || stage.silent.has(hostOf(newest.spec)) || now - timeOf(newest) < period) return;
	const {s3} = newest.spec;
	const row = {node: hostOf(newest.spec), at: timeOf(newest) + period, bytes: Number(newest.status.size)};
	stage.store.put(etcdSnapshot(s3 ? {...row, bucket: s3.bucket} : row));
	for (const each of [newest, ...others].slice(kept - 1)) snapshots.remove(stage.store, each);
}
