import {matchesAny} from '../settings.ts';
import type {ClaimRecord} from '../storage/kubernetes.ts';
import type {Reading} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import type {ScheduleRecord} from './velero.ts';

/** Claims that no schedule backs up, by name; and when another one turns old enough, epoch ms. */
type Uncovered = {readonly claims: readonly ClaimRecord[]; readonly turnsAt: number};

/** A claim may be so new, in milliseconds. */
const young = 24 * 3_600_000;

function covers({namespaces, leavesOut, takesClaims}: ScheduleRecord, namespace: string): boolean {
	if (!takesClaims || matchesAny(namespace, leavesOut)) return false;
	return namespaces.length === 0 || matchesAny(namespace, namespaces);
}

/** Which claims are bound, a day old, and in no namespace that a schedule takes; none while not all of both are seen. */
export function uncovered(claims: Reading<ClaimRecord>, schedules: Reading<ScheduleRecord>, now: number): Uncovered {
	const isSeen = isKnown(claims.state) && isKnown(schedules.state) && schedules.limitedTo === undefined;
	if (!isSeen) return {claims: [], turnsAt: Number.POSITIVE_INFINITY};
	const known = new Map<string, boolean>();
	const isCovered = (namespace: string): boolean => {
		const found = known.get(namespace) ?? schedules.records.values().some(schedule => covers(schedule, namespace));
		known.set(namespace, found);
		return found;
	};
	const bare = [...claims.records.values()].filter(({phase, namespace}) => phase === 'Bound' && !isCovered(namespace));
	const turns = bare.map(({createdAt}) => createdAt + young).filter(at => at > now);
	return {
		claims: bare.filter(({createdAt}) => createdAt > 0 && createdAt + young <= now).sort(byName),
		turnsAt: Math.min(Number.POSITIVE_INFINITY, ...turns),
	};
}

function byName(a: ClaimRecord, b: ClaimRecord): number {
	return a.namespace === b.namespace ? (a.name < b.name ? -1 : 1) : a.namespace < b.namespace ? -1 : 1;
}
