import type {BackupRecord, RestoreRecord, ScheduleRecord} from './velero.ts';

/** Velero names a schedule's backups after it and the time: so a restore tells its tier even when the backup has expired. */
function isOf(restore: RestoreRecord, schedule: ScheduleRecord, names: ReadonlySet<string>): boolean {
	if (restore.namespace !== schedule.namespace) return false;
	if (restore.schedule !== '') return restore.schedule === schedule.name;
	if (names.has(restore.backup)) return true;
	return restore.backup.startsWith(`${schedule.name}-`) && /^\d{14}$/.test(restore.backup.slice(schedule.name.length + 1));
}

/** What proves a tier; `unseen` where restores may not be read. */
export type Proof = RestoreRecord | 'unseen' | undefined;

/** The newest restore into other namespaces that completed: what proves a tier. */
export function proofOf(
	schedule: ScheduleRecord,
	runs: readonly BackupRecord[],
	restores: Iterable<RestoreRecord>,
): RestoreRecord | undefined {
	const names = new Set<string>(runs.map(({name}) => name));
	let newest: RestoreRecord | undefined;
	for (const restore of restores) {
		if (!restore.isDrill || restore.phase !== 'Completed' || !isOf(restore, schedule, names)) continue;
		if (newest === undefined || restore.completedAt > newest.completedAt) newest = restore;
	}
	return newest;
}
