import {compareHealth, type Health, own, type SafeText, say} from '../vocabulary.ts';
import {join, percent} from '../words.ts';
import type {Cycle} from './cycle.ts';
import type {Deadlines} from './deadlines.ts';
import type {History} from './history.ts';
import {beganAt, type Run, troubleOf} from './run.ts';
import type {Schedule} from './schedule.ts';
import type {LocationRecord} from './velero.ts';

/** One thing that is to be said of a tier. */
export type Verdict = {
	readonly health: Health;
	readonly word: SafeText;
	readonly why: SafeText;
	/** Epoch ms; 0 where nothing tells, or where another column does. */
	readonly since: number;
};

type Runs = {readonly history: History; readonly deadlines: Deadlines};

/** All that is known of the tier of a schedule. `location` is undefined where the schedule's location does not exist, `unseen` where nobody knows. */
export type TierParts = Runs & {
	readonly schedule: Schedule;
	readonly cycle: Cycle | undefined;
	/** How old the recovery point may be, ms; undefined where nobody says. */
	readonly target: number | undefined;
	readonly location: LocationRecord | 'unseen' | undefined;
	/** Who runs its backups and writes down what became of them; and false while no pod of it is ready. */
	readonly controller: SafeText;
	readonly runs: boolean;
	/** False while its backups have not all been read. */
	readonly isSeen: boolean;
};

/** A location may be away this long before it is a warning, and before it is critical where it feeds a schedule; ms. */
export const locationPatience = [5 * 60_000, 15 * 60_000] as const;
/** Its last check may be this old, or five times as old as it should be; ms. */
const checkPatience = 10 * 60_000;

function verdict(health: Health, word: string, why: SafeText = own(''), since = 0): Verdict {
	return {health, word: own(word), why, since};
}

/** When the last check of a location is too old to be believed, epoch ms; never where nobody checks. */
export function checkExpires({validatedAt, checkedEvery}: LocationRecord): number {
	if (validatedAt === 0 || checkedEvery === 0) return Number.POSITIVE_INFINITY;
	return validatedAt + Math.max(checkPatience, 5 * checkedEvery);
}

/** Only a location that answers is synced, so its last sync is when it was last there. */
function locationVerdict({location, schedule, runs}: TierParts, now: number): Verdict | undefined {
	if (location === 'unseen') return undefined;
	if (location === undefined) return verdict('warn', 'no location', own('the location it names does not exist'));
	const {phase, syncedAt, message} = location;
	if (phase === 'Unavailable') {
		const away = syncedAt === 0 ? locationPatience[0] : now - syncedAt;
		const health = away < locationPatience[0] ? 'idle' : away >= locationPatience[1] ? 'bad' : 'warn';
		return verdict(schedule.paused ? 'risk' : health, 'location unavailable', message, syncedAt);
	}
	if (runs && now >= checkExpires(location)) return verdict('unknown', 'location not checked', own(''), location.validatedAt);
	return undefined;
}

function currentVerdict({history: {current}, deadlines}: Runs, now: number): Verdict | undefined {
	if (current === undefined) return undefined;
	if (now >= deadlines.stuck) return verdict('warn', 'stuck', own('no other run begins while it is there'), beganAt(current));
	if (current.outcome === 'waiting') return verdict('idle', 'queued');
	return {...verdict('idle', 'running'), word: say`running ${progressOf(current)}`};
}

/** Share of the items done; `–` while their number is not known. */
export function progressOf({items, itemsDone}: Run): SafeText {
	return percent(items === undefined || items === 0 ? undefined : (itemsDone ?? 0) / items);
}

function lastVerdict({history: {last, streak}}: Runs): Verdict | undefined {
	if (last === undefined) return undefined;
	const why = troubleOf(last);
	switch (last.outcome) {
		case 'failed':
			return verdict(streak.of >= 3 ? 'bad' : 'warn', streak.of === 1 ? 'failing' : `failing, ${streak.of} in a row`, why);
		case 'partial':
			return verdict('warn', 'partial', why);
		default:
			return last.volumes > 0 && last.volumesDone === 0 ? verdict('risk', 'no volume data', why) : undefined;
	}
}

function pointVerdict({history, deadlines}: Runs, now: number): Verdict | undefined {
	if (history.point === undefined) {
		const word = history.last === undefined ? 'never ran' : 'never completed';
		if (now >= deadlines.first) return verdict('warn', word);
		return Number.isFinite(deadlines.first) ? verdict('idle', 'not due yet') : undefined;
	}
	if (now < deadlines.late) return undefined;
	return verdict(now >= deadlines.veryLate ? 'bad' : 'warn', 'late');
}

function scheduleVerdict({schedule, target, runs, controller}: TierParts): readonly Verdict[] {
	const said: Verdict[] = [];
	if (!runs)
		said.push({
			...verdict('unknown', '', own('nothing runs, and nothing is written down')),
			word: say`${controller} not running`,
		});
	if (schedule.phase === 'FailedValidation') said.push(verdict('warn', 'invalid', join(schedule.errors, '; ')));
	else if (target === undefined) said.push(verdict('unknown', 'no target', say`midwatch cannot read ${schedule.cron}`));
	return said;
}

const worstFirst = (said: ReadonlyArray<Verdict | undefined>): readonly Verdict[] =>
	said.filter(item => item !== undefined).sort((a, b) => compareHealth(a.health, b.health));

/** Everything there is to say of the tier of a schedule, worst first; nothing when all is good. `now` in epoch ms. */
export function verdictsOf(parts: TierParts, now: number): readonly Verdict[] {
	return worstFirst([
		locationVerdict(parts, now),
		currentVerdict(parts, now),
		parts.schedule.paused
			? verdict('held', 'paused')
			: parts.isSeen
				? pointVerdict(parts, now)
				: verdict('unknown', 'backups not seen'),
		lastVerdict(parts),
		...scheduleVerdict(parts),
	]);
}

/** Everything there is to say of etcd's snapshots, worst first. */
export function snapshotVerdicts(runs: Runs, isOffsite: boolean, now: number): readonly Verdict[] {
	return worstFirst([
		pointVerdict(runs, now),
		lastVerdict(runs),
		runs.history.point === undefined ? undefined : isOffsite ? verdict('idle', 'off-site') : verdict('risk', 'not off-site'),
	]);
}
