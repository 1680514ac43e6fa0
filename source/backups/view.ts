import {together} from '../together.ts';
import {
	type Cell,
	type Column,
	compareHealth,
	memoised,
	type Note,
	own,
	type PaneView,
	type Row,
	type SafeText,
	say,
} from '../vocabulary.ts';
import {age, duration, isKnown, join, sourceNote, unknown} from '../words.ts';
import type {BackupsFacts} from './facts.ts';
import {beganAt, type Outcome, type Run} from './run.ts';
import type {BackupTier, Maker} from './tier.ts';
import type {Verdict} from './verdict.ts';

const columns: readonly Column[] = [
	{id: 'tier', title: 'TIER', priority: 0, min: 8, max: 32},
	{id: 'point', title: 'RECOVERY POINT', priority: 0, max: 20},
	{id: 'state', title: 'STATE', priority: 0, min: 20, grow: true},
	{id: 'last', title: 'LAST TRY', priority: 2, max: 24},
	{id: 'proven', title: 'PROVEN', align: 'right', priority: 1},
	{id: 'kept', title: 'KEPT', align: 'right', priority: 3},
	{id: 'location', title: 'LOCATION', priority: 4, max: 24},
	{id: 'keeps', title: 'FOR', align: 'right', priority: 5},
];

/** A proof older than this is due again, in milliseconds. */
const proofHolds = 90 * 24 * 3_600_000;

const words: Readonly<Record<Outcome, string>> = {
	good: 'good',
	partial: 'partial',
	failed: 'failed',
	running: 'running',
	waiting: 'queued',
	leaving: 'deleting',
};

/** A run in two words: `partial 14m`. */
export function runWords(run: Run | undefined, now: number): SafeText {
	return run === undefined ? unknown : say`${own(words[run.outcome])} ${age(beganAt(run), now)}`;
}

/** A verdict with its age where it has one: `stuck 5h`. */
export const verdictWords = ({word, since}: Verdict, now: number): SafeText =>
	since === 0 ? word : say`${word} ${age(since, now)}`;

/** The age of the recovery point against what was promised: `8h04 of 6h`. */
export function pointWords({history: {point}, target, asOf}: BackupTier): SafeText {
	const old = point === undefined ? own('none') : age(beganAt(point), asOf, 'fine');
	return target === undefined ? old : say`${old} of ${duration(target)}`;
}

const isMild = ({health}: Verdict) => health === 'idle';

function stateWords({verdicts, history, by, asOf}: BackupTier): SafeText {
	const told = verdicts.map(verdict => verdictWords(verdict, asOf));
	const isGood = by !== 'hand' && history.point !== undefined && verdicts.every(isMild);
	return join([isGood ? own('good') : undefined, ...told]);
}

function provenCell({proof, by, asOf}: BackupTier): Cell {
	if (by === 'hand') return {text: own('')};
	if (typeof proof !== 'object') return {text: unknown, sort: Number.POSITIVE_INFINITY};
	const old = asOf - proof.completedAt;
	return {text: age(proof.completedAt, asOf), sort: old, ...(old > proofHolds ? {health: 'risk' as const} : {})};
}

const rowOf = memoised((tier: BackupTier): Row => {
	const {key, health, shown, history, place, schedule, kept, asOf, subject} = tier;
	const {point} = history;
	return {
		key,
		health,
		cells: [
			{text: shown},
			{text: pointWords(tier), sort: point === undefined ? Number.POSITIVE_INFINITY : -beganAt(point)},
			{text: stateWords(tier), health},
			{text: runWords(history.last, asOf), sort: history.last === undefined ? 0 : -beganAt(history.last)},
			provenCell(tier),
			{text: say`${kept}`, sort: kept},
			{text: place},
			{text: schedule === undefined || schedule.keeps === 0 ? unknown : duration(schedule.keeps), sort: schedule?.keeps ?? 0},
		],
		...(subject && {subject}),
	};
});

const worstFirst = (a: BackupTier, b: BackupTier) => compareHealth(a.health, b.health) || (a.shown < b.shown ? -1 : 1);
const rowsOf = memoised((tiers: readonly BackupTier[]) => tiers.toSorted(worstFirst).map(rowOf));

/** The words of what is wrong now and how many tiers say so, else how many are good. */
function summaryOf({tiers}: BackupsFacts): SafeText {
	const scheduled = tiers.filter(({by}) => by !== 'hand');
	if (scheduled.length === 0) return own('');
	const counts = new Map<string, number>();
	for (const {verdicts} of scheduled)
		for (const {word, health} of verdicts)
			if (health === 'bad' || health === 'warn') counts.set(word, (counts.get(word) ?? 0) + 1);
	const good = scheduled.filter(({health}) => health === 'ok').length;
	return join([...counts].map(([word, of]) => own(`${of} ${word}`))) || say`${good} of ${scheduled.length} good`;
}

const has = ({tiers}: BackupsFacts, maker: Maker) => tiers.some(({by}) => by === maker);

/** What the rows are made of: the schedules and backups of Velero, the snapshots of etcd, and where there are some, jobs of Longhorn's. */
const stateOf = (facts: BackupsFacts) => {
	const {schedules, backups, snapshots, recurringJobs, longhornBackups} = facts.states;
	return together([schedules, backups, snapshots, ...(has(facts, 'longhorn') ? [recurringJobs, longhornBackups] : [])]);
};

/** What is said of a source that is not as the pane is. */
const sources = [
	['schedules', 'schedules'],
	['backups', 'backups'],
	['locations', 'locations'],
	['restores', 'restores'],
	['repositories', 'repositories'],
	['snapshots', 'etcd snapshots'],
] as const;
/** The same of those that say something only where a tier is made of them, or where they may not be read. */
const others = [
	['recurringJobs', 'recurring jobs', 'longhorn'],
	['longhornBackups', 'Longhorn backups', 'longhorn'],
	['targets', 'backup targets', 'longhorn'],
	['cronJobs', 'CronJobs', 'cronjob'],
	['jobs', 'jobs', 'cronjob'],
] as const;

const isWithoutVelero = ({schedules, backups}: BackupsFacts['states']) => schedules.is === 'absent' && backups.is === 'absent';

function notesOf(facts: BackupsFacts): readonly Note[] {
	const {states, limitedTo, locations} = facts;
	const away = locations
		.filter(({record, feeds}) => record?.phase === 'Unavailable' && feeds.length === 0)
		.map(({shown}) => ({health: 'risk' as const, text: say`location ${shown} is unavailable and feeds no schedule`}));
	const state = stateOf(facts);
	const notes = [
		isWithoutVelero(states) && !has(facts, 'longhorn') && !has(facts, 'cronjob')
			? {health: 'idle' as const, text: own('no Velero here; of other tools, Longhorn and declared CronJobs are read')}
			: undefined,
		...away,
		limitedTo && {health: 'unknown' as const, text: say`only namespace ${limitedTo.namespace}: ${limitedTo.missing}`},
		...sources.map(([source, what]) => sourceNote(what, states[source], state)),
		...others.map(([source, what, maker]) => (has(facts, maker) ? sourceNote(what, states[source], state) : undefined)),
	];
	return notes.filter(note => note !== undefined);
}

/** That there is nothing may only be said where all of it may be seen. */
function emptyOf({states, limitedTo}: BackupsFacts): SafeText {
	if (isWithoutVelero(states)) return own('no snapshot of etcd');
	const seesAll = limitedTo === undefined && isKnown(states.schedules) && isKnown(states.backups);
	return own(seesAll ? 'Velero has no schedule and no backup' : 'no schedule and no backup that may be seen');
}

/** What the pane's own state says already needs no note. */
/** The backups pane. The same facts give the same object, an unchanged tier the same row. */
export const backupsView = memoised((facts: BackupsFacts): PaneView => {
	const {states} = facts;
	return {
		summary: [states.backups, states.snapshots, states.longhornBackups, states.cronJobs].some(isKnown)
			? summaryOf(facts)
			: own(''),
		state: stateOf(facts),
		columns,
		rows: rowsOf(facts.tiers),
		notes: notesOf(facts),
		empty: emptyOf(facts),
	};
});
