import {type Detail, type DetailLine, type Health, own, type SafeText, say} from '../vocabulary.ts';
import {age, count, duration, join, shownName} from '../words.ts';
import type {BackupsFacts} from './facts.ts';
import {type Outcome, outcomeOf} from './history.ts';
import type {BackupTier} from './tier.ts';
import type {BackupRecord} from './velero.ts';
import {progressOf, troubleOf} from './verdict.ts';
import {pointWords, runWords, verdictWords} from './view.ts';

type Lines = readonly DetailLine[];

const line = (label: string, value: SafeText | undefined): Lines => (value === undefined || value === '' ? [] : [{label, value}]);

const healths: Readonly<Record<Outcome, Health>> = {
	good: 'ok',
	partial: 'warn',
	failed: 'bad',
	running: 'idle',
	waiting: 'idle',
	leaving: 'idle',
};

const utc = (at: number): SafeText => own(`${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`);

function stateLines(tier: BackupTier, now: number): Lines {
	const said = tier.verdicts.map(verdict => ({
		label: 'state',
		value: join([verdictWords(verdict, now), verdict.why], ': '),
		health: verdict.health,
	}));
	return [
		...(said.length === 0 ? line('state', own(tier.schedule === undefined ? 'made by hand' : 'good')) : said),
		...line('recovery point', pointWords(tier)),
		...line('run takes', tier.history.takes === 0 ? undefined : duration(tier.history.takes)),
	];
}

const untilWords = (at: number, now: number): SafeText =>
	at > now ? say`in ${duration(at - now, 'fine')}` : say`due ${duration(now - at, 'fine')} ago`;

function scheduleLines({schedule, cycle, kept}: BackupTier, now: number): Lines {
	if (schedule === undefined) return line('kept', count(kept, 'backup'));
	const next = cycle?.next(schedule.lastRunAt || schedule.createdAt) ?? 0;
	const expected = cycle === undefined ? undefined : Math.floor(schedule.keeps / cycle.period);
	return [
		...line('schedule', schedule.cron),
		...line('next run', next === 0 || schedule.paused ? undefined : say`${utc(next)}, ${untilWords(next, now)}`),
		...line(
			'kept',
			expected === undefined ? count(kept, 'backup') : say`${kept} of ${expected}, each for ${duration(schedule.keeps)}`,
		),
		...line('namespaces', join(schedule.namespaces)),
	];
}

function locationLines({location}: BackupTier, now: number): Lines {
	if (typeof location !== 'object') return [];
	const {phase, provider, bucket, readOnly, validatedAt, syncedAt, message} = location;
	return [
		{label: 'location', value: join([shownName(location), phase]), health: phase === 'Unavailable' ? 'bad' : 'ok'},
		...line('bucket', join([provider, bucket, readOnly ? own('read-only') : undefined])),
		...line('checked', validatedAt === 0 ? undefined : say`${age(validatedAt, now)} ago`),
		...line('answered', syncedAt === 0 ? undefined : say`${age(syncedAt, now)} ago`),
		...line('says', message),
	];
}

function proofLines({proof}: BackupTier, now: number): Lines {
	if (proof === undefined) return line('restored', own('never into other namespaces'));
	return [
		...line('restored', say`${age(proof.completedAt, now)} ago from ${shownName({name: proof.backup})}`),
		...line('warnings', proof.warnings === 0 ? undefined : say`${proof.warnings}`),
	];
}

function runLine(run: BackupRecord, now: number): DetailLine {
	const outcome = outcomeOf(run);
	const took =
		run.completedAt > run.startedAt && run.startedAt > 0 ? say`took ${duration(run.completedAt - run.startedAt)}` : undefined;
	const done = outcome === 'running' ? say`${progressOf(run)} of its items` : undefined;
	return {label: shownName(run), value: join([runWords(run, now), took, done, troubleOf(run)]), health: healths[outcome]};
}

/** Everything known of a tier by the key of its row; undefined when there is no such row. */
export function backupsDetail(facts: BackupsFacts, key: string, now: number): Detail | undefined {
	const tier = facts.tiers.find(candidate => candidate.key === key);
	if (tier === undefined) return undefined;
	return {
		title: say`backup tier ${tier.shown}`,
		sections: [
			{title: 'State', lines: stateLines(tier, now)},
			{title: 'Schedule', lines: scheduleLines(tier, now)},
			{title: 'Location', lines: locationLines(tier, now)},
			{title: 'Proof', lines: tier.schedule === undefined ? [] : proofLines(tier, now)},
			{title: 'Runs', lines: tier.history.runs.map(run => runLine(run, now))},
		].filter(({lines}) => lines.length > 0),
	};
}
