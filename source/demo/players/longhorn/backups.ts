import type {Stage} from '../../model.ts';
import {type BackupObject, backups, doneStatus, type SnapshotObject, snapshots, targets} from '../../objects/longhorn/backup.ts';
import {volumes} from '../../objects/longhorn/volume.ts';
import {stamp} from '../../objects/time.ts';
import type {Player} from '../player.ts';
import {isManaged} from './manager.ts';

/** Longhorn's managers again: snapshots that are asked for are taken, and backups of them go to their target. */
export const longhornBackups: Player = {
	name: 'Longhorn backups',
	every: 2,
	act: (stage, now) => {
		if (!isManaged(stage)) return;
		for (const snapshot of snapshots.all(stage.store)) take(stage, snapshot, now);
		for (const backup of backups.all(stage.store)) advance(stage, backup, now);
	},
};

function take({store}: Stage, snapshot: SnapshotObject, now: number): void {
	if (snapshot.status?.readyToUse === true || snapshot.status?.error) return;
	const volume = volumes.get(store, snapshot.spec.volume, snapshot.metadata.namespace);
	snapshots.change(store, snapshot, draft => {
		draft.status = isUsable(volume)
			? {readyToUse: true, creationTime: stamp(now)}
			: {readyToUse: false, error: `cannot get client for volume ${snapshot.spec.volume}: engine is not running`};
	});
}

/** A detached volume is attached for it. */
const isUsable = (volume: ReturnType<typeof volumes.get>): boolean =>
	volume !== undefined && volume.status.robustness !== 'faulted';

/** How far a look brings a backup, in percent. */
const perLook = 20;

function nextStatus({store}: Stage, {spec, status, metadata}: BackupObject, now: number): BackupObject['status'] {
	const snapshot = snapshots.get(store, spec.snapshotName, metadata.namespace);
	const target = targets.get(store, metadata.labels?.['backup-target'] ?? 'default', metadata.namespace);
	if (snapshot === undefined) return {...status, state: 'Error', error: `failed to get the snapshot ${spec.snapshotName}`};
	if (target?.status.available !== true) return {...status, state: 'Error', error: 'failed to connect to the backup target'};
	const began = {volumeName: snapshot.spec.volume, snapshotCreatedAt: snapshot.status?.creationTime ?? stamp(now)};
	switch (status?.state ?? '') {
		case '':
			return {...began, state: 'Pending', progress: 0};
		case 'Pending':
			return {...status, state: 'InProgress', progress: perLook};
		default: {
			const progress = (status?.progress ?? 0) + perLook;
			return progress < 100 ? {...status, progress} : doneStatus(status, now);
		}
	}
}

const isOver = ({status}: BackupObject): boolean => status?.state === 'Completed' || status?.state === 'Error';

function advance(stage: Stage, backup: BackupObject, now: number): void {
	if (isOver(backup)) return;
	const status = nextStatus(stage, backup, now);
	backups.change(stage.store, backup, draft => {
		if (status !== undefined) draft.status = status;
	});
}
