import {matchesAny} from '../settings.ts';
import type {ClaimRecord} from '../storage/kubernetes.ts';
import {keyOf, type Reading} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import type {BackupsInput} from './input.ts';
import {takesVolume} from './longhorn.ts';
import type {ScheduleRecord} from './velero.ts';

/** Claims that no schedule backs up, by name; and when another one turns old enough, epoch ms. */
type Uncovered = {readonly claims: readonly ClaimRecord[]; readonly turnsAt: number};

/** A claim may be so new, in milliseconds. */
const young = 24 * 3_600_000;

function covers({namespaces, leavesOut, takesClaims}: ScheduleRecord, namespace: string): boolean {
	if (!takesClaims || matchesAny(namespace, leavesOut)) return false;
	return namespaces.length === 0 || matchesAny(namespace, namespaces);
}

type Covering = Pick<BackupsInput, 'claims' | 'schedules' | 'recurringJobs' | 'longhornVolumes'>;

/** A source that is not served backs up nothing. */
const isSeen = ({state, limitedTo}: Reading<unknown>) => state.is === 'absent' || (isKnown(state) && limitedTo === undefined);

/** The claims whose volumes a recurring job of Longhorn's backs up, by key. */
function ofJobs({recurringJobs, longhornVolumes}: Covering): ReadonlySet<string> {
	const jobs = [...recurringJobs.records.values()];
	if (jobs.length === 0) return new Set();
	const taken = longhornVolumes.records.values().filter(volume => jobs.some(job => takesVolume(job, volume)));
	return new Set(taken.map(({claim}) => claim));
}

/** Which claims are bound, a day old, and in nothing that a schedule or a recurring job takes; none while not all of it is seen. */
export function uncovered(from: Covering, now: number): Uncovered {
	const {claims, schedules, recurringJobs, longhornVolumes} = from;
	const isBackedUp = isKnown(schedules.state) || recurringJobs.records.size > 0;
	if (!isBackedUp || !isKnown(claims.state) || ![schedules, recurringJobs, longhornVolumes].every(isSeen))
		return {claims: [], turnsAt: Number.POSITIVE_INFINITY};
	const byJobs = ofJobs(from);
	const known = new Map<string, boolean>();
	const isCovered = (namespace: string): boolean => {
		const found = known.get(namespace) ?? schedules.records.values().some(schedule => covers(schedule, namespace));
		known.set(namespace, found);
		return found;
	};
	const bare = [...claims.records.values()].filter(
		({phase, namespace, name}) => phase === 'Bound' && !isCovered(namespace) && !byJobs.has(keyOf(namespace, name)),
	);
	const turns = bare.map(({createdAt}) => createdAt + young).filter(at => at > now);
	return {
		claims: bare.filter(({createdAt}) => createdAt > 0 && createdAt + young <= now).sort(byName),
		turnsAt: Math.min(Number.POSITIVE_INFINITY, ...turns),
	};
}

function byName(a: ClaimRecord, b: ClaimRecord): number {
	return a.namespace === b.namespace ? (a.name < b.name ? -1 : 1) : a.namespace < b.namespace ? -1 : 1;
}
