import type {Cycle} from './cycle.ts';
import {beganAt, type History} from './history.ts';
import type {ScheduleRecord} from './velero.ts';

const minute = 60_000;
const hour = 60 * minute;

/** When a tier's words change by time alone (epoch ms); `findings.md`: backup-late, backup-never-ran, backup-stuck. */
export type Deadlines = {
	/** From here on the recovery point is late, and from there on twice as old as it may be. */
	readonly late: number;
	readonly veryLate: number;
	/** From here on it should have completed once. */
	readonly first: number;
	/** From here on the run under way is stuck. */
	readonly stuck: number;
};

const never = Number.POSITIVE_INFINITY;

/** The target is the period of the schedule; without one nothing is ever late. */
export function deadlinesOf(schedule: ScheduleRecord, cycle: Cycle | undefined, history: History): Deadlines {
	const {point, current, takes} = history;
	const stuck = current === undefined ? never : beganAt(current) + Math.max(4 * hour, 4 * takes);
	if (cycle === undefined) return {late: never, veryLate: never, first: never, stuck};
	const {period} = cycle;
	const allowed = period + Math.max(takes, period / 10, 10 * minute);
	if (point === undefined) return {late: never, veryLate: never, first: schedule.createdAt + allowed, stuck};
	const since = beganAt(point);
	return {late: since + allowed, veryLate: since + Math.max(allowed, 2 * period), first: never, stuck};
}
