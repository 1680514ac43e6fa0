import type {Told} from '../reuse.ts';
import {type Health, own, type RawName, type SafeText, type Subject, worst} from '../vocabulary.ts';
import {ageTurns, shownName} from '../words.ts';
import type {Cycle} from './cycle.ts';
import {type Deadlines, deadlinesOf} from './deadlines.ts';
import {beganAt, type History, historyOf, keptOf, outcomeOf} from './history.ts';
import type {BackupRecord, RestoreRecord, ScheduleRecord} from './velero.ts';
import {checkExpires, locationPatience, type TierParts, type Verdict, verdictsOf} from './verdict.ts';

/** What a schedule, or everybody's hand, has backed up. */
export type BackupTier = Told & {
	readonly key: string;
	readonly shown: SafeText;
	/** Undefined for backups made by hand, and for those whose schedule is gone. */
	readonly schedule: ScheduleRecord | undefined;
	readonly history: History;
	readonly cycle: Cycle | undefined;
	readonly location: TierParts['location'];
	readonly proof: RestoreRecord | undefined;
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
	readonly backups: readonly BackupRecord[];
	readonly location: TierParts['location'];
	readonly proof: RestoreRecord | undefined;
	readonly runs: boolean;
};

const never = Number.POSITIVE_INFINITY;

/** Moments at which a location turns from absent-minded to away. */
function locationTurns(location: TierParts['location']): readonly number[] {
	if (location === undefined || location === 'unseen') return [];
	return [checkExpires(location), ...locationPatience.map(patience => location.syncedAt + patience)];
}

/** When a word, an age or a count in a tier turns by time alone. */
function turnsAtOf(history: History, moments: readonly number[], ages: readonly number[], now: number): number {
	const {point, last, runs} = history;
	const expiries = runs.map(run => (outcomeOf(run) === 'good' ? run.expiresAt : 0));
	const deadlines = [...moments, ...expiries].filter(at => at > now);
	const shown = [last === undefined ? 0 : beganAt(last), ...ages].map(at => ageTurns(at, now));
	return Math.min(never, ageTurns(point === undefined ? 0 : beganAt(point), now, 'fine'), ...shown, ...deadlines);
}

/** Tells the tier of a schedule at `now` (epoch ms). */
export function scheduleTier(inputs: Inputs, from: readonly unknown[], now: number): BackupTier {
	const {schedule, cycle, location, proof, runs} = inputs;
	const history = historyOf(inputs.backups);
	const deadlines: Deadlines = deadlinesOf(schedule, cycle, history);
	const verdicts = verdictsOf({schedule, cycle, history, deadlines, location, runs}, now);
	const moments = [...Object.values(deadlines), ...locationTurns(location)];
	const ages = [...verdicts.map(({since}) => since), proof?.completedAt ?? 0];
	return {
		key: `schedule/${schedule.namespace}/${schedule.name}`,
		shown: shownName(schedule),
		schedule,
		history,
		cycle,
		location,
		proof,
		kept: keptOf(history, now),
		verdicts,
		health: worst([history.point === undefined ? 'idle' : 'ok', ...verdicts.map(({health}) => health)]),
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
		schedule: undefined,
		history,
		cycle: undefined,
		location: 'unseen',
		proof: undefined,
		kept: keptOf(history, now),
		verdicts,
		health: worst(['idle', ...verdicts.map(({health}) => health)]),
		from,
		asOf: now,
		turnsAt: turnsAtOf(history, [], [], now),
	};
}
