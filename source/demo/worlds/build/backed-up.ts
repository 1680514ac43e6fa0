import {firedBefore, firedSince} from '../../cron.ts';
import type {KubeObject} from '../../model.ts';
import {day, minute, stamp} from '../../objects/time.ts';
import {backup, backupName, outcome} from '../../objects/velero/backup.ts';
import {type LocationRow, location} from '../../objects/velero/location.ts';
import {restore} from '../../objects/velero/restore.ts';
import {type ScheduleRow, schedule} from '../../objects/velero/schedule.ts';

export type BackedUp = {
	readonly schedules: readonly ScheduleRow[];
	readonly locations: readonly LocationRow[];
	/** Restores from the newest backup older than so many days: with a mapping it was a drill. */
	readonly restores: ReadonlyArray<{
		readonly schedule: string;
		readonly days: number;
		readonly namespace: string;
		readonly drill: boolean;
		readonly minutes: number;
		readonly items: number;
	}>;
	readonly age: number;
};

/** Velero's schedules with all backups that are still kept, every one completed, and the restores made from them. */
export function backedUp(
	{schedules, locations, restores, age}: BackedUp,
	now: number,
	random: () => number,
): readonly KubeObject[] {
	const createdAt = now - age * day;
	return [
		...locations.map(row => location(row, createdAt, now)),
		...schedules.flatMap(row => history(row, createdAt, now, random)),
		...restores.map(({schedule: from, days, namespace, drill, minutes, items}) => {
			const row = schedules.find(({name}) => name === from);
			const startedAt = now - days * day;
			const [taken = startedAt] = firedBefore(row?.cron ?? '@daily', startedAt - 2 * 3_600_000, 1);
			const date = stamp(startedAt).slice(0, 10).replaceAll('-', '');
			return restore({
				name: `${drill ? 'drill' : 'restore'}-${namespace}-${date}`,
				backup: backupName(from, taken),
				namespaces: [namespace],
				...(drill ? {mapping: {[namespace]: `${namespace}-drill-${date}`}} : {}),
				startedAt,
				minutes,
				items,
			});
		}),
	];
}

function history(row: ScheduleRow, createdAt: number, now: number, random: () => number): readonly KubeObject[] {
	const finished = firedSince(row.cron, now - row.keptDays * day, now - 2 * row.minutes * minute);
	const [newest = createdAt] = finished;
	const made = schedule(row, createdAt, newest);
	const runs = finished.map(startedAt => {
		const run = backup(made, backupName(row.name, startedAt), startedAt);
		const endedAt = startedAt + Math.floor(row.minutes * minute * (0.85 + 0.3 * random()));
		run.status = outcome({
			phase: 'Completed',
			startedAt,
			endedAt,
			items: row.items - Math.floor(9 * random()),
			keptDays: row.keptDays,
		});
		return run;
	});
	return [made, ...runs];
}
