import type {Told} from '../reuse.ts';
import {type Health, own, type RawName, type SafeText, type Subject, worst} from '../vocabulary.ts';
import {ageTurns, shownName, unknown} from '../words.ts';
import type {Cycle} from './cycle.ts';
import {type Deadlines, deadlinesOf} from './deadlines.ts';
import {type History, historyOf, keptOf} from './history.ts';
import {type Place, placeOf} from './host.ts';
import type {Proof} from './proof.ts';
import {beganAt, type Run} from './run.ts';
import type {Schedule} from './schedule.ts';
import {checkExpires, locationPatience, type TierParts, type Verdict, verdictsOf} from './verdict.ts';

/** What makes the backups of a tier: the schedules of Velero, recurring jobs of Longhorn's, CronJobs, k3s those of etcd, or somebody's hand, also where the schedule is gone. */
export type Maker = 'velero' | 'longhorn' | 'cronjob' | 'k3s' | 'hand';

/** What a schedule, k3s, or everybody's hand has backed up. */
export type BackupTier = Told & {
	readonly key: string;
	readonly shown: SafeText;
	readonly by: Maker;
	readonly schedule: Schedule | undefined;
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

type Inputs = Pick<TierParts, 'schedule' | 'cycle' | 'target' | 'location' | 'runs' | 'isSeen'> & {
	readonly by: 'velero' | 'longhorn' | 'cronjob';
	readonly shown: SafeText;
	/** What the schedule is, as kubectl takes it. */
	readonly resource: string;
	readonly history: readonly Run[];
	readonly proof: Proof;
};

const kinds = {velero: 'schedule', longhorn: 'recurringjob', cronjob: 'cronjob'} as const;
type Keyed = {readonly by: keyof typeof kinds; readonly schedule: Pick<Schedule, 'namespace' | 'name'>};

/** The key of the tier of a schedule, which is also what it is called where several have the same name. */
export const keyOfTier = ({by, schedule}: Keyed): string => `${kinds[by]}/${schedule.namespace}/${schedule.name}`;

/** Who has to run for anything to run, by the maker. */
const controllers = {
	velero: own('velero'),
	longhorn: own('longhorn-manager'),
	cronjob: own('kube-controller-manager'),
} as const;

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
	const {by, schedule, cycle, target, location, proof, runs, isSeen} = inputs;
	const history = historyOf(inputs.history);
	const deadlines = deadlinesOf({cycle, target, createdAt: schedule.createdAt}, history);
	const verdicts = verdictsOf(
		{schedule, cycle, target, history, deadlines, location, runs, isSeen, controller: controllers[by]},
		now,
	);
	const moments = [...Object.values(deadlines), ...locationTurns(location)];
	const ages = [...verdicts.map(({since}) => since), typeof proof === 'object' ? proof.completedAt : 0];
	return {
		key: keyOfTier(inputs),
		shown: inputs.shown,
		by,
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
		subject: {resource: inputs.resource, namespace: schedule.namespace, name: schedule.name},
		from,
		asOf: now,
		turnsAt: turnsAtOf(history, moments, ages, now),
	};
}

/** `schedule` is `''` where somebody made them by hand; then they go by the name `byHand`. */
type Loose = {
	readonly schedule: RawName;
	readonly namespace: RawName;
	readonly byHand: SafeText;
	readonly runs: readonly Run[];
};

/** Tells backups that no schedule stands behind: made by hand, or left over from one that is gone. */
export function looseTier({schedule, namespace, byHand, runs}: Loose, from: readonly unknown[], now: number): BackupTier {
	const history = historyOf(runs);
	const isGone = schedule !== '';
	const verdicts: Verdict[] = isGone
		? [{health: 'risk', word: own('schedule gone'), why: own('no new backup will be made'), since: 0}]
		: [];
	return {
		key: `loose/${namespace}/${schedule}`,
		shown: isGone ? shownName({name: schedule}) : byHand,
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
