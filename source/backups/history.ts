import {beganAt, endedAt, type Run} from './run.ts';

/** The runs of one tier, and what they come to. */
export type History = {
	/** Newest first. */
	readonly runs: readonly Run[];
	/** The newest completed run: the recovery point is its start. */
	readonly point: Run | undefined;
	/** The newest run that has ended. */
	readonly last: Run | undefined;
	/** A run under way or waiting, the oldest: while it is there, no other begins. */
	readonly current: Run | undefined;
	/** How many of the newest ended runs ended as the last one did, and when the first of them did, epoch ms. */
	readonly streak: {readonly of: number; readonly since: number};
	/** 95th percentile of the run times of the last ten completed runs, ms; 0 without any. */
	readonly takes: number;
};

function percentile(durations: readonly number[]): number {
	const sorted = durations.toSorted((a, b) => a - b);
	return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}

const hasEnded = ({outcome}: Run) => outcome === 'good' || outcome === 'partial' || outcome === 'failed';
const isOpen = ({outcome}: Run) => outcome === 'running' || outcome === 'waiting';

function streakOf(ended: readonly Run[]): History['streak'] {
	const other = ended.findIndex(({outcome}) => outcome !== ended[0]?.outcome);
	const of = other === -1 ? ended.length : other;
	const first = ended[of - 1];
	return {of, since: first === undefined ? 0 : endedAt(first)};
}

/** Sums up the runs of a tier, given in any order. */
export function historyOf(given: readonly Run[]): History {
	const runs = given.toSorted((a, b) => beganAt(b) - beganAt(a));
	const ended = runs.filter(hasEnded);
	const good = runs.filter(({outcome}) => outcome === 'good');
	const times = good.filter(({startedAt, completedAt}) => startedAt > 0 && completedAt >= startedAt);
	return {
		runs,
		point: runs.find(({isPoint}) => isPoint),
		last: ended[0],
		current: runs.findLast(isOpen),
		streak: streakOf(ended),
		takes: percentile(times.slice(0, 10).map(({startedAt, completedAt}) => completedAt - startedAt)),
	};
}

/** How many runs are still there to restore from at `now` (epoch ms). */
export function keptOf({runs}: History, now: number): number {
	return runs.filter(({isPoint, expiresAt}) => isPoint && (expiresAt === 0 || expiresAt > now)).length;
}
