import {Cron} from 'croner';
import {goDuration} from './go-duration.ts';

/** How often a schedule runs: the longest gap between two runs, ms, and the next run after a moment (epoch ms). */
export type Cycle = {readonly period: number; readonly next: (after: number) => number};

/** Gaps are measured over this many runs, from a Friday on: so that the week-end is among them. */
const runs = 64;
const friday = new Date(Date.UTC(2026, 0, 2));
const known = new Map<string, Cycle | undefined>();

/** Velero reads robfig/cron's standard form: five fields, `?` for `*`, `N/step`, descriptors, and a time zone in front. */
function cronCycle(written: string): Cycle | undefined {
	const [, timezone, fields = ''] = /^(?:(?:CRON_)?TZ=(\S+)\s+)?(.*)$/s.exec(written.trim()) ?? [];
	const zone = timezone === undefined ? {utcOffset: 0} : {timezone};
	// croner would take `?` for the present minute or hour.
	const cron = new Cron(fields.replaceAll('?', '*'), {mode: '5-part', sloppyRanges: true, ...zone});
	const fires = cron.nextRuns(runs, friday).map(date => date.getTime());
	if (fires.length < 2) return undefined;
	const gaps = fires.slice(1).map((at, before) => at - (fires[before] ?? at));
	return {period: Math.max(...gaps), next: after => cron.nextRun(new Date(after))?.getTime() ?? 0};
}

function everyCycle(written: string): Cycle | undefined {
	const period = goDuration(written);
	return period === undefined || period < 1000 ? undefined : {period, next: after => after + period};
}

function read(written: string): Cycle | undefined {
	const every = /^@every\s+(\S+)$/.exec(written.trim())?.[1];
	try {
		return every === undefined ? cronCycle(written) : everyCycle(every);
	} catch {
		return undefined;
	}
}

/** The cycle of a schedule as written; undefined where it says nothing that ever runs again. */
export function cycleOf(written: string): Cycle | undefined {
	if (!known.has(written)) {
		if (known.size > 500) known.clear();
		known.set(written, read(written));
	}
	return known.get(written);
}
