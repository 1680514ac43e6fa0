import type {Cycle} from './cycle.ts';
import type {History} from './history.ts';
import {beganAt} from './run.ts';

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

/** What a tier promises: when it runs, how old its recovery point may be (ms; undefined where nobody says), and since when (epoch ms). */
export type Promised = {readonly cycle: Cycle | undefined; readonly target: number | undefined; readonly createdAt: number};

const never = Number.POSITIVE_INFINITY;

/** What a run may take beyond its target, ms: as long as runs take, or a tenth of the period. */
export function graceOf({cycle, target = 0}: Promised, {takes}: History): number {
	return Math.max(takes, (cycle?.period ?? target) / 10, 10 * minute);
}

/** Without a target nothing is ever late. */
export function deadlinesOf(promised: Promised, history: History): Deadlines {
	const {cycle, target, createdAt} = promised;
	const {point, current, takes} = history;
	const stuck = current === undefined ? never : beganAt(current) + Math.max(4 * hour, 4 * takes);
	if (target === undefined) return {late: never, veryLate: never, first: never, stuck};
	const grace = graceOf(promised, history);
	if (point === undefined) return {late: never, veryLate: never, first: createdAt + (cycle?.period ?? target) + grace, stuck};
	const since = beganAt(point);
	return {late: since + target + grace, veryLate: since + Math.max(target + grace, 2 * target), first: never, stuck};
}
