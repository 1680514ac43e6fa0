import {safeText} from '../cluster/safe-text.ts';
import {type FindingId, nameOf, type Symptom} from '../diagnosis.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {age, clockTime, duration, join, shownName, unknown} from '../words.ts';
import {beganAt, troubleOf} from './run.ts';
import type {BackupTier, Maker} from './tier.ts';
import {progressOf} from './verdict.ts';

/** So long may a line of evidence be. */
const lineLength = 110;

type Said = Omit<Symptom, 'id' | 'about' | 'subject' | 'evidence'> & {readonly evidence: ReadonlyArray<SafeText | undefined>};

/** A symptom of a tier. */
export function ofTier({shown, subject}: BackupTier, id: FindingId, {evidence, ...said}: Said): Symptom {
	const lines = evidence.filter(line => line !== undefined).map(line => safeText(line, lineLength));
	return {id, about: shown, ...(subject && {subject}), ...said, evidence: lines};
}

function lastTry({history: {last}, asOf}: BackupTier): SafeText | undefined {
	if (last === undefined) return undefined;
	return join([say`last try ${clockTime(beganAt(last), asOf)} ${last.phase}`, troubleOf(last)]);
}

function underWay({history: {current}, asOf}: BackupTier): SafeText | undefined {
	if (current === undefined) return undefined;
	const since = age(beganAt(current), asOf);
	return current.outcome === 'waiting'
		? say`one is queued for ${since}`
		: say`one runs for ${since}, ${progressOf(current)} done`;
}

const newestGood = ({history: {point}}: BackupTier): SafeText | undefined =>
	point === undefined ? undefined : say`newest completed: ${shownName(point)}`;

const recoveryPoint = ({history: {point}, target, asOf}: BackupTier): SafeText =>
	join([
		point === undefined ? own('no recovery point') : say`recovery point ${age(beganAt(point), asOf, 'fine')} old`,
		target === undefined ? undefined : say`target ${duration(target)}`,
	]);

/** The location a tier writes to, by name; `''` where nobody knows. */
function locationName({location, schedule}: BackupTier): SafeText {
	if (location === 'unseen' || schedule === undefined) return own('');
	return shownName(location ?? {name: schedule.location});
}

/** Who makes the backups of a tier, where its going is told by that name. */
const writers: Readonly<Partial<Record<Maker, string>>> = {velero: 'velero', longhorn: 'longhorn-manager'};

/** What keeps any run of a tier from going well. */
function outside(tier: BackupTier): readonly string[] {
	const controller = writers[tier.by];
	if (controller === undefined) return [];
	const location = locationName(tier);
	return [...(location === '' ? [] : [nameOf('location-unavailable', location)]), nameOf('controller-down', controller)];
}

const isLate = ({asOf, deadlines}: BackupTier): boolean => asOf >= deadlines.late;

function late(tier: BackupTier): Symptom | undefined {
	const {shown, history, deadlines, target, asOf} = tier;
	const {point} = history;
	if (point === undefined || target === undefined || !isLate(tier)) return undefined;
	const grace = deadlines.late - beganAt(point) - target;
	return ofTier(tier, 'backup-late', {
		after: {warning: 0, critical: deadlines.veryLate - deadlines.late},
		since: deadlines.late,
		title: say`recovery point ${age(beganAt(point), asOf, 'fine')} old, target ${duration(target)} + ${duration(grace)} grace`,
		undated: true,
		evidence: [lastTry(tier), underWay(tier), newestGood(tier)],
		causes: [nameOf('backup-stuck', shown), nameOf('backup-failing', shown), ...outside(tier)],
	});
}

function neverRan(tier: BackupTier): Symptom | undefined {
	const {shown, history, deadlines, schedule, target, cron, asOf} = tier;
	if (history.point !== undefined || asOf < deadlines.first) return undefined;
	const {last} = history;
	const runs = say`runs at ${cron}`;
	return ofTier(tier, 'backup-never-ran', {
		after: {warning: 0},
		since: deadlines.first,
		title: own(last === undefined ? 'no run, though one was due' : 'no run has completed, though one was due'),
		evidence: [
			schedule === undefined ? runs : say`${runs}, made ${age(schedule.createdAt, asOf)} ago`,
			target === undefined ? undefined : say`target ${duration(target)}`,
			lastTry(tier),
			underWay(tier),
		],
		causes: [nameOf('backup-stuck', shown), nameOf('backup-failing', shown), ...outside(tier)],
	});
}

function failing(tier: BackupTier): Symptom | undefined {
	const {last, streak} = tier.history;
	if (last?.outcome !== 'failed') return undefined;
	const {veryLate} = tier.deadlines;
	const critical = streak.of >= 3 ? 0 : Math.max(0, veryLate - streak.since);
	return ofTier(tier, 'backup-failing', {
		after: {warning: 0, ...(Number.isFinite(critical) ? {critical} : {})},
		since: streak.since,
		title: streak.of === 1 ? own('last run failed') : say`${streak.of} runs in a row failed`,
		more: troubleOf(last) || last.phase,
		evidence: [lastTry(tier), recoveryPoint(tier), newestGood(tier)],
		causes: outside(tier),
	});
}

/** Where the tier is late because of it, it is told there. */
function partial(tier: BackupTier): Symptom | undefined {
	const {last, streak} = tier.history;
	if (last?.outcome !== 'partial' || isLate(tier)) return undefined;
	return ofTier(tier, 'backup-partial', {
		after: {warning: 0},
		since: streak.since,
		title: streak.of === 1 ? own('last run incomplete') : say`${streak.of} runs in a row incomplete`,
		more: troubleOf(last) || last.phase,
		evidence: [lastTry(tier), recoveryPoint(tier), newestGood(tier)],
		causes: outside(tier),
	});
}

function stuck(tier: BackupTier): Symptom | undefined {
	const {history, deadlines, asOf} = tier;
	const {current, takes} = history;
	if (current === undefined || asOf < deadlines.stuck) return undefined;
	const began = beganAt(current);
	return ofTier(tier, 'backup-stuck', {
		after: {warning: deadlines.stuck - began},
		since: began,
		title: own(current.outcome === 'waiting' ? 'queued' : 'running'),
		...(takes === 0 ? {} : {more: say`usually ${duration(takes)} at most`}),
		evidence: [
			say`${shownName(current)}: ${current.phase || unknown}, ${progressOf(current)} done`,
			own('no other run begins while it is there'),
			recoveryPoint(tier),
		],
		causes: outside(tier),
	});
}

/** What pages because of a tier: nothing where it is paused, made by hand, or its backups have not all been read. */
export function tierSymptoms(tier: BackupTier): readonly Symptom[] {
	if (tier.by === 'hand' || tier.schedule?.paused === true || !tier.isSeen) return [];
	return [late(tier), neverRan(tier), failing(tier), partial(tier), stuck(tier)].filter(symptom => symptom !== undefined);
}
