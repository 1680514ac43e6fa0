import {sameList, stillTrue, type Told} from '../reuse.ts';
import type {Reading, SafeText, Subject} from '../vocabulary.ts';
import {shownName} from '../words.ts';
import {type LeaseClock, type Overdue, overdueOf} from './liveness.ts';
import {type SystemLeaseRecord, vipLeases} from './system-lease.ts';

/** An address that kube-vip keeps on one node at a time, by the lease that says on which. */
export type VipFact = Told & {
	readonly key: string;
	readonly subject: Subject;
	/** The lease's name, as shown. */
	readonly lease: SafeText;
	readonly holder: SafeText;
	/** Epoch ms, 0 when unknown. */
	readonly acquiredAt: number;
	/** Seconds without renewal after which it has expired. */
	readonly lasts: number;
	readonly transitions: number;
	/** Since when nobody holds it, epoch ms; 0 while somebody does. */
	readonly expiredAt: number;
	/** Expired for so long that kube-vip itself must be gone. */
	readonly isLeft: boolean;
	/** Moves we saw within a quarter of an hour: when, and how many at once. */
	readonly moves: readonly Move[];
	/** Remembered to recognise a holder whose clock is behind. */
	readonly overdue: Overdue | undefined;
};
type Move = {readonly at: number; readonly times: number};

/** Milliseconds in which moves are counted. */
const countedFor = 15 * 60_000;
const leftAfter = 7 * 86_400_000;
const never = Number.POSITIVE_INFINITY;
const unmoved: readonly Move[] = [];

/** What leases of kube-system can be compared with; undefined while nobody knows them. */
export function vipClock({state}: Reading<SystemLeaseRecord>, nodes: LeaseClock | undefined, now: number): number | undefined {
	if (state.is === 'stale') return state.since;
	if (state.is !== 'live' && state.is !== 'polled') return undefined;
	const asOf = state.is === 'polled' ? state.asOf : now;
	// While the API server takes no writes, and for a moment after, nobody can be blamed for not renewing.
	const isFrozen = nodes !== undefined && nodes.is !== 'live' && nodes.is !== 'polled';
	return isFrozen ? Math.min(asOf, nodes.at) : asOf;
}

const isVip = ({name, renewedAt}: SystemLeaseRecord) => vipLeases.has(name) && renewedAt > 0;

function movesOf({transitions}: SystemLeaseRecord, before: VipFact | undefined, now: number): readonly Move[] {
	if (before === undefined) return unmoved;
	const recent = sameList(
		before.moves,
		before.moves.filter(({at}) => now - at < countedFor),
	);
	const times = transitions - before.transitions;
	return times > 0 ? [...recent, {at: now, times}] : recent;
}

function tell(key: string, lease: SystemLeaseRecord, clock: number, now: number, before: VipFact | undefined): VipFact {
	const {holder, acquiredAt, lasts, transitions, renewedAt} = lease;
	const overdue = overdueOf(renewedAt, clock, lasts * 1000, before?.overdue);
	const moves = movesOf(lease, before, now);
	const endsAt = holder === '' ? renewedAt : (overdue?.heardAt ?? renewedAt) + lasts * 1000;
	const expiredAt = holder === '' || clock > endsAt ? endsAt : 0;
	const leftAt = expiredAt === 0 ? never : expiredAt + leftAfter;
	const from = [holder, acquiredAt, lasts, transitions, expiredAt, moves, overdue?.renewedAt, overdue?.heardAt];
	const still = stillTrue(before, from, now);
	if (still !== undefined) return still;
	return {
		key,
		subject: {resource: 'leases.coordination.k8s.io', namespace: lease.namespace, name: lease.name},
		lease: shownName(lease),
		holder,
		acquiredAt,
		lasts,
		transitions,
		expiredAt,
		isLeft: now >= leftAt,
		moves,
		overdue,
		from,
		asOf: now,
		turnsAt: Math.min(now < leftAt ? leftAt : never, (moves[0]?.at ?? never) + countedFor),
	};
}

/** What is known of every VIP, and when one of them expires if its holder is not heard of. `clock` is `vipClock`'s. */
export function vipsOf(
	{records, state}: Reading<SystemLeaseRecord>,
	clock: number | undefined,
	now: number,
	before: readonly VipFact[] | undefined,
): {readonly vips: readonly VipFact[]; readonly turnsAt: number} {
	if (clock === undefined) return {vips: [], turnsAt: never};
	let turnsAt = never;
	const told = [...records].flatMap(([key, lease]) => {
		if (!isVip(lease)) return [];
		const known = before?.find(fact => fact.key === key);
		const fact = tell(key, lease, clock, now, known);
		const {expiredAt, overdue, lasts} = fact;
		const expiresAt = (overdue?.heardAt ?? lease.renewedAt) + lasts * 1000 + 1;
		turnsAt = Math.min(turnsAt, fact.turnsAt, expiredAt === 0 && state.is === 'live' ? expiresAt : never);
		return [fact];
	});
	return {vips: sameList(before, told), turnsAt};
}

/** Whether no VIP has changed since it was told, but for renewals in time. */
export function areVipsStill(vips: readonly VipFact[], {records}: Reading<SystemLeaseRecord>): boolean {
	let there = 0;
	for (const lease of records.values()) if (isVip(lease)) there += 1;
	if (there !== vips.length) return false;
	return vips.every(({key, holder, acquiredAt, lasts, transitions, overdue}) => {
		const lease = records.get(key);
		if (lease === undefined || lease.holder !== holder || lease.acquiredAt !== acquiredAt) return false;
		if (lease.lasts !== lasts || lease.transitions !== transitions) return false;
		return overdue === undefined || overdue.renewedAt === lease.renewedAt;
	});
}
