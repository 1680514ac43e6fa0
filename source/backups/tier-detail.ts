import {type Detail, type DetailLine, own, type SafeText, say} from '../vocabulary.ts';
import {age, count, duration, join, shownName} from '../words.ts';
import {type Lines, line, outcomeHealth, utc} from './detail-lines.ts';
import {locationLines} from './location-detail.ts';
import {type Run, troubleOf} from './run.ts';
import type {BackupTier} from './tier.ts';
import {progressOf} from './verdict.ts';
import {pointWords, runWords, verdictWords} from './view.ts';

/** So many runs are told one by one. */
const told = 10;

const otherwise: Readonly<Record<BackupTier['by'], SafeText>> = {
	velero: own('good'),
	longhorn: own('good'),
	cronjob: own('good'),
	k3s: own('good'),
	hand: own('made by hand'),
};

function stateLines(tier: BackupTier, now: number): Lines {
	const said = tier.verdicts.map(verdict => ({
		label: 'state',
		value: join([verdictWords(verdict, now), verdict.why], ': '),
		health: verdict.health,
	}));
	return [
		...(said.length === 0 ? line('state', otherwise[tier.by]) : said),
		...line('recovery point', pointWords(tier)),
		...line('run takes', tier.history.takes === 0 ? undefined : duration(tier.history.takes)),
	];
}

const untilWords = (at: number, now: number): SafeText =>
	at > now ? say`in ${duration(at - now, 'fine')}` : say`due ${duration(now - at, 'fine')} ago`;

function nextLine(cycle: BackupTier['cycle'], after: number, now: number): Lines {
	const next = cycle?.next(after) ?? 0;
	return line('next run', next === 0 ? undefined : say`${utc(next)}, ${untilWords(next, now)}`);
}

function scheduleLines({schedule, cron, cycle, kept, by}: BackupTier, now: number): Lines {
	if (by === 'k3s') return [...line('schedule', cron), ...nextLine(cycle, now, now), ...line('kept', count(kept, 'snapshot'))];
	if (schedule === undefined) return line('kept', count(kept, 'backup'));
	const expected = cycle === undefined || schedule.keeps === 0 ? undefined : Math.floor(schedule.keeps / cycle.period);
	return [
		...line('schedule', cron),
		...(schedule.paused ? [] : nextLine(cycle, schedule.lastRunAt || schedule.createdAt, now)),
		...line(
			'kept',
			expected === undefined ? count(kept, 'backup') : say`${kept} of ${expected}, each for ${duration(schedule.keeps)}`,
		),
		...line('namespaces', join(schedule.namespaces)),
		...line('except', join(schedule.leavesOut)),
	];
}

function placeLines({location, by, place}: BackupTier, now: number): Lines {
	if (by === 'k3s') return line('kept on', place);
	return typeof location === 'object' ? locationLines(location, now) : [];
}

function proofLines({proof, by}: BackupTier, now: number): Lines {
	if (by !== 'velero' || proof === 'unseen') return [];
	if (proof === undefined) return line('restored', own('never into other namespaces'));
	return [
		...line('restored', say`${age(proof.completedAt, now)} ago from ${shownName({name: proof.backup})}`),
		...line('warnings', proof.warnings === 0 ? undefined : say`${proof.warnings}`),
	];
}

function runLine(run: Run, now: number): DetailLine {
	const {outcome, startedAt, completedAt} = run;
	const took = completedAt > startedAt && startedAt > 0 ? say`took ${duration(completedAt - startedAt)}` : undefined;
	const done = outcome === 'running' ? say`${progressOf(run)} of its items` : undefined;
	return {
		label: shownName(run),
		value: join([runWords(run, now), took, done, troubleOf(run)]),
		health: outcomeHealth[outcome],
	};
}

function runLines({history: {runs}}: BackupTier, now: number): Lines {
	const older = runs.length - told;
	return [...runs.slice(0, told).map(run => runLine(run, now)), ...line('older', older > 0 ? count(older, 'run') : undefined)];
}

/** Everything known of a tier. `now` is epoch ms. */
export function tierDetail(tier: BackupTier, now: number): Detail {
	return {
		title: say`backup tier ${tier.shown}`,
		sections: [
			{title: 'State', lines: stateLines(tier, now)},
			{title: 'Schedule', lines: scheduleLines(tier, now)},
			{title: 'Location', lines: placeLines(tier, now)},
			{title: 'Proof', lines: proofLines(tier, now)},
			{title: 'Runs', lines: runLines(tier, now)},
		].filter(({lines}) => lines.length > 0),
	};
}
