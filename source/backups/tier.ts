import type {Told} from '../reuse.ts';
import {type Health, own, type RawName, type SafeText, type Subject, worst} from '../vocabulary.ts';
import {ageTurns, shownName, unknown} from '../words.ts';
import type {Cycle} from './cycle.ts';
import {type Deadlines, deadlinesOf} from './deadlines.ts';
import {type History, historyOf, keptOf} from './history.ts';
import {type Place, placeOf} from './host.ts';
import type {Proof} from './proof.ts';
import {beganAt} from './run.ts';
import type {BackupRecord, ScheduleRecord} from './velero.ts';
import {checkExpires, locationPatience, type TierParts, type Verdict, verdictsOf} from './verdict.ts';

/** What a schedule, k3s, or everybody's hand has backed up. */
export type BackupTier = Told & {
	readonly key: string;
	readonly shown: SafeText;
	/** What makes its backups: a schedule of Velero's, k3s those of etcd, or somebody's hand, also where the schedule is gone. */
	readonly by: 'velero' | 'k3s' | 'hand';
	readonly schedule: ScheduleRecord | undefined;
	readonly history: History;
	/** When it runs, as written; `''` where nothing tells. */
	readonly cron: SafeText;
	readonly cycle: Cycle | undefined;
	/** How old the recovery point may be, ms; undefined where nobody says. */
	readonly target: number | undefined;
	readonly deadlines: Deadlines;
	readonly location: TierParts['location'];
	/** Where its backups lie, as shown; and how far that is, undefined where nothing tells. */
	readonly place: SafeText;
	readonly lies: Place | undefined;
	/** False while its backups have not all been read. */
	readonly isSeen: boolean;
	readonly proof: Proof;
	/** Completed and not expired. */
	readonly kept: number;
	/** Worst first; none when all is good. */
	readonly verdicts: readonly Verdict[];
	readonly health: Health;
	readonly subject?: Subject;
};

type Inputs = {
	readonly schedule: ScheduleRecord;
	readonly cycle: Cycle | undefined;
	readonly target: number | undefined;
	readonly backups: readonly BackupRecord[];
	readonly location: TierParts['location'];
	readonly proof: Proof;
	readonly runs: boolean;
	readonly isSeen: boolean;
};

const never = Number.POSITIVE_INFINITY;

/** Moments at which a location turns from absent-minded to away. */
function locationTurns(location: TierParts['location']): readonly number[] {
	if (location === undefined || location === 'unseen') return [];
	return [checkExpires(location), ...locationPatience.map(patience => location.syncedAt + patience)];
}

/** When a word, an age or a count in a tier turns by time alone. */
export function turnsAtOf(history: History, moments: readonly number[], ages: readonly number[], now: number): number {
	const {point, last, runs} = history;
	const expiries = runs.map(run => (run.isPoint ? run.expiresAt : 0));
	const deadlines = [...moments, ...expiries].filter(at => at > now);
	const shown = [last === undefined ? 0 : beganAt(last), ...ages].map(at => ageTurns(at, now));
	return Math.min(never, ageTurns(point === undefined ? 0 : beganAt(point), now, 'fine'), ...shown, ...deadlines);
}

/** How well a tier is, all in all. */
export const healthOf = ({point}: History, verdicts: readonly Verdict[]): Health =>
	worst([point === undefined ? 'idle' : 'ok', ...verdicts.map(({health}) => health)]);

/** Tells the tier of a schedule at `now` (epoch ms). */
export function scheduleTier(inputs: Inputs, from: readonly unknown[], now: number): BackupTier {
	const {schedule, cycle, target, location, proof, runs, isSeen} = inputs;
	const history = historyOf(inputs.backups);
	const deadlines = deadlinesOf({cycle, target, createdAt: schedule.createdAt}, history);
	const verdicts = verdictsOf({schedule, cycle, target, history, deadlines, location, runs, isSeen}, now);
	const moments = [...Object.values(deadlines), ...locationTurns(location)];
	const ages = [...verdicts.map(({since}) => since), typeof proof === 'object' ? proof.completedAt : 0];
	return {
		key: `schedule/${schedule.namespace}/${schedule.name}`,
		shown: shownName(schedule),
		by: 'velero',
		schedule,
		history,
		cron: schedule.cron,
		cycle,
		target,
		deadlines,
		location,
		place: typeof location === 'object' ? shownName(location) : unknown,
		lies: typeof location === 'object' ? placeOf(location.host) : undefined,
		isSeen,
		proof,
		kept: keptOf(history, now),
		verdicts,
		health: healthOf(history, verdicts),
		subject: {resource: 'schedules.velero.io', namespace: schedule.namespace, name: schedule.name},
		from,
		asOf: now,
		turnsAt: turnsAtOf(history, moments, ages, now),
	};
}

/** Tells backups that no schedule stands behind: made by hand (`schedule` is `''`), or left over from one that is gone. */
export function looseTier(
	schedule: RawName,
	backups: readonly BackupRecord[],
	from: readonly unknown[],
	now: number,
): BackupTier {
	const history = historyOf(backups);
	const isGone = schedule !== '';
	const verdicts: Verdict[] = isGone
		? [{health: 'risk', word: own('schedule gone'), why: own('no new backup will be made'), since: 0}]
		: [];
	return {
		key: `loose/${backups[0]?.namespace ?? ''}/${schedule}`,
		shown: isGone ? shownName({name: schedule}) : own('on demand'),
		by: 'hand',
		schedule: undefined,
		history,
		cron: own(''),
		cycle: undefined,
		target: undefined,
		deadlines: {late: never, veryLate: never, first: never, stuck: never},
		location: 'unseen',
		place: unknown,
		lies: undefined,
		isSeen: true,
		proof: undefined,
		kept: keptOf(history, now),
		verdicts,
		health: worst(['idle', ...verdicts.map(({health}) => health)]),
		from,
		asOf: now,
		turnsAt: turnsAtOf(history, [], [], now),
	};
}
