import type {Reading} from '../vocabulary.ts';
import type {LeaseRecord} from './lease.ts';
import type {NodeRecord} from './node.ts';

/** How a node is heard of. `late`: its lease is overdue; `silent`: expired, or given up on by the node controller. */
export type Liveness = {
	readonly word: 'ready' | 'not ready' | 'late' | 'silent' | 'unknown';
	/** Since when, epoch ms; 0 when nothing tells. */
	readonly since: number;
	/** When the word changes if nothing more is heard. */
	readonly turnsAt: number;
	readonly overdue?: Overdue;
};

/** Set while a lease looks overdue: its renewal, and when we saw one arrive in spite of that. */
export type Overdue = {readonly renewedAt: number; readonly heardAt: number};

/** Whether a node is not heard of, or does not work. */
export function isDown({live}: {readonly live: Standing}): boolean {
	return live.word === 'silent' || live.word === 'not ready';
}

/** How other slices hear of a node. */
export type Standing = Pick<Liveness, 'word' | 'since'>;

/** A lease is renewed every 10 s: after two missed renewals it is late. */
const lateAfter = 20_000;

/**
 * The moment leases are compared with: not later than what was last heard of the leases themselves. When no node at all
 * renews, it is the API server that takes no writes, and the nodes cannot be blamed for it; and when it is back, they get
 * the time to renew before anybody is called late.
 */
export type LeaseClock = {
	readonly is: 'live' | 'polled' | 'cut off' | 'nobody renews' | 'resuming';
	readonly at: number;
	/** When it goes on by itself; infinite but while it resumes. */
	readonly until: number;
};

/** Undefined while leases are not known. `before` is the clock this one follows. */
export function leaseClock(leases: Reading<LeaseRecord>, now: number, before: LeaseClock | undefined): LeaseClock | undefined {
	const {state, records} = leases;
	const standing = (is: LeaseClock['is'], at: number, until = Number.POSITIVE_INFINITY): LeaseClock => ({is, at, until});
	if (state.is === 'stale') return standing('cut off', state.since);
	if (state.is !== 'live' && state.is !== 'polled') return undefined;
	const asOf = state.is === 'polled' ? state.asOf : now;
	let newest = 0;
	for (const {renewedAt} of records.values()) newest = Math.max(newest, renewedAt);
	if (newest > 0 && asOf - newest > lateAfter) return standing('nobody renews', newest);
	if (before?.is === 'cut off' || before?.is === 'nobody renews') return standing('resuming', before.at, now + lateAfter);
	if (before?.is === 'resuming' && now < before.until) return before;
	return standing(state.is, asOf);
}

/**
 * When the holder of a lease was last heard of, in the time of `clock`; undefined while it renews within `patience` ms.
 * Renewals carry the holder's own time: one whose clock is behind looks overdue for ever, so a renewal that arrives while it
 * looks so counts from when it arrived.
 */
export function overdueOf(renewedAt: number, clock: number, patience: number, known: Overdue | undefined): Overdue | undefined {
	if (clock - renewedAt <= patience) return undefined;
	if (known === undefined) return {renewedAt, heardAt: renewedAt};
	return known.renewedAt === renewedAt ? known : {renewedAt, heardAt: clock};
}

/** Judges one node by its lease first and by its Ready condition second. `before` is the judgement this one follows. */
export function livenessOf(
	node: NodeRecord,
	lease: LeaseRecord | undefined,
	clock: LeaseClock | undefined,
	before: Liveness | undefined,
): Liveness {
	const ready = node.conditions.find(condition => condition.type === 'Ready');
	const timed = lease !== undefined && lease.renewedAt > 0 && clock !== undefined ? {lease, at: clock.at} : undefined;
	const overdue = timed && overdueOf(timed.lease.renewedAt, timed.at, lateAfter, before?.overdue);
	const heardAt = overdue?.heardAt ?? timed?.lease.renewedAt ?? 0;
	const silence = timed === undefined ? 0 : timed.at - heardAt;
	const expiresAfter = (timed?.lease.lasts ?? 0) * 1000;
	const never = Number.POSITIVE_INFINITY;
	const after = (wait: number) => (clock?.is === 'live' && timed ? heardAt + wait + 1 : never);
	const judged = (word: Liveness['word'], since: number, turnsAt = never): Liveness =>
		overdue === undefined ? {word, since, turnsAt} : {word, since, turnsAt, overdue};

	if (timed && silence > expiresAfter) return judged('silent', heardAt);
	if (ready === undefined || ready.status === 'unset') return judged('unknown', node.createdAt);
	if (ready.status === 'Unknown') return judged('silent', Math.min(heardAt || ready.since, ready.since));
	if (ready.status === 'False') return judged('not ready', ready.since, after(expiresAfter));
	if (timed && silence > lateAfter) return judged('late', heardAt, after(expiresAfter));
	return judged('ready', ready.since, after(lateAfter));
}
