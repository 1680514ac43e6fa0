import type {Moment} from '../diagnosis.ts';
import {own, type RawName, type Reading, type SafeText, type Subject, say} from '../vocabulary.ts';
import {count, duration, join, shownName} from '../words.ts';
import type {SnapshotRecord} from './etcd.ts';
import type {LonghornBackupRecord} from './longhorn.ts';
import {longhornRuns} from './longhorn-runs.ts';
import {endedAt, type Run, troubleOf} from './run.ts';
import {snapshotRuns} from './snapshots.ts';
import type {BackupRecord, LocationRecord, RestoreRecord} from './velero.ts';

/** So far back it is told, in milliseconds. */
const reach = 24 * 3_600_000;

export type BackupsHistory = {
	readonly backups: Reading<BackupRecord>;
	readonly locations: Reading<LocationRecord>;
	readonly restores: Reading<RestoreRecord>;
	readonly snapshots: Reading<SnapshotRecord>;
	readonly longhornBackups: Reading<LonghornBackupRecord>;
};

type Told = Pick<Moment, 'at' | 'text'> & {readonly isChange?: boolean};

const recorded = (about: SafeText, subject: Subject | undefined, {at, text, isChange = false}: Told): Moment => ({
	at,
	how: 'recorded',
	about,
	...(subject && {subject}),
	text,
	isChange,
});

const subjectOf = (resource: string, {namespace, name}: {readonly namespace: RawName; readonly name: RawName}): Subject => ({
	resource,
	namespace,
	name,
});

function endWords(run: Run): SafeText {
	const {startedAt, completedAt, phase} = run;
	const took = completedAt > startedAt && startedAt > 0 ? say`after ${duration(completedAt - startedAt)}` : undefined;
	return join([join([phase, took], ' '), troubleOf(run)]);
}

const isOver = ({outcome}: Run) => outcome === 'good' || outcome === 'partial' || outcome === 'failed';

/** The last that went well of each, by `of`. */
function lastGood<R extends Run>(runs: Iterable<R>, of: (run: R) => string): ReadonlySet<R> {
	const good = [...runs].filter(({outcome}) => outcome === 'good').sort((a, b) => a.startedAt - b.startedAt);
	return new Set(new Map(good.map(run => [of(run), run])).values());
}

/** What goes well by a schedule is no news, but for the last time: it tells until when all was well. */
function ofBackups({records}: Reading<BackupRecord>): readonly Moment[] {
	const last = lastGood(records.values(), ({namespace, schedule}) => `${namespace}/${schedule}`);
	return [...records.values()].flatMap(backup => {
		if (backup.outcome !== 'good' || backup.schedule === '') return ofBackup(backup);
		return last.has(backup) ? ofBackup(backup).slice(1) : [];
	});
}

function ofBackup(backup: BackupRecord): readonly Moment[] {
	const about = say`backup ${shownName(backup)}`;
	const subject = subjectOf('backups.velero.io', backup);
	return [
		recorded(about, subject, {at: backup.startedAt, text: own('began')}),
		...(isOver(backup) ? [recorded(about, subject, {at: endedAt(backup), text: endWords(backup)})] : []),
	];
}

/** Only a location that answers is synced: where it does not, the last time is when it was still there. */
function ofLocation(location: LocationRecord): readonly Moment[] {
	if (location.phase !== 'Unavailable') return [];
	const subject = subjectOf(location.resource, location);
	const text = join([own('answered for the last time'), location.message], ': ');
	return [recorded(say`backup location ${shownName(location)}`, subject, {at: location.syncedAt, text})];
}

function ofRestore(restore: RestoreRecord): readonly Moment[] {
	const about = say`restore ${shownName(restore)}`;
	const subject = subjectOf('restores.velero.io', restore);
	const {startedAt, completedAt, phase, warnings} = restore;
	const source = restore.backup === '' ? restore.schedule : restore.backup;
	const end = join([phase, warnings === 0 ? undefined : count(warnings, 'warning')]);
	return [
		// Somebody asked for it, and it writes objects.
		recorded(about, subject, {at: startedAt, text: say`began, from ${shownName({name: source})}`, isChange: true}),
		recorded(about, subject, {at: completedAt, text: end}),
	];
}

function ofSnapshots(files: readonly SnapshotRecord[]): readonly Moment[] {
	const runs = snapshotRuns(files, undefined);
	const last = lastGood(runs, () => 'etcd');
	const news = runs.filter(run => run.outcome !== 'good' || last.has(run));
	return news.map(run =>
		recorded(own('etcd snapshot'), undefined, {
			at: run.startedAt,
			text: run.outcome === 'good' ? own(run.isOffsite ? 'taken and uploaded' : 'taken') : join([run.phase, run.reason], ': '),
		}),
	);
}

/** What the recurring jobs of Longhorn did: what went well is no news, but for the last time. */
function ofLonghorn({records}: Reading<LonghornBackupRecord>): readonly Moment[] {
	const byJob = Map.groupBy(records.values(), ({namespace, job}) => `${namespace}/${job}`);
	return [...byJob.values()].flatMap(backups => {
		const [first] = backups;
		if (first === undefined) return [];
		const runs = longhornRuns(backups, undefined).filter(isOver);
		const last = lastGood(runs, () => first.job);
		const about = first.job === '' ? own('Longhorn backup') : say`recurring job ${shownName({name: first.job})}`;
		const subject = first.job === '' ? undefined : subjectOf('recurringjobs.longhorn.io', {...first, name: first.job});
		const news = runs.filter(run => run.outcome !== 'good' || last.has(run));
		return news.map(run => recorded(about, subject, {at: endedAt(run), text: endWords(run)}));
	});
}

/** What happened to the backups in the last 24 hours, and when a location went that is away still; oldest first. `now` in epoch ms. */
export function backupsMoments(
	{backups, locations, restores, snapshots, longhornBackups}: BackupsHistory,
	now: number,
): readonly Moment[] {
	const passing = [
		...ofBackups(backups),
		...restores.records.values().flatMap(ofRestore),
		...ofSnapshots([...snapshots.records.values()]),
		...ofLonghorn(longhornBackups),
	].filter(({at}) => at > now - reach);
	const standing = locations.records.values().flatMap(ofLocation);
	return [...passing, ...standing].filter(({at}) => at > 0 && at <= now).sort((a, b) => a.at - b.at);
}
