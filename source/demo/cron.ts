import {Cron} from 'croner';

/** When a cron expression fired last before `now` (epoch milliseconds, UTC), newest first. */
export function firedBefore(cron: string, now: number, count: number): readonly number[] {
	return new Cron(cron, {timezone: 'UTC', paused: true}).previousRuns(count, new Date(now)).map(date => date.getTime());
}

/** When it fired between two times, newest first. */
export function firedSince(cron: string, since: number, until: number): readonly number[] {
	const runs = firedBefore(cron, until, 16);
	const [oldest = since] = runs.slice(-1);
	return oldest <= since ? runs.filter(at => at > since) : [...runs, ...firedSince(cron, since, oldest)];
}
