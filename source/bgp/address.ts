import {selects} from '../cluster/selector.ts';
import type {Told} from '../reuse.ts';
import {type Health, own, type SafeText, say} from '../vocabulary.ts';
import {ageTurns} from '../words.ts';
import type {AddressPoolRecord} from './cilium.ts';
import type {BalancerRecord} from './services.ts';

/** A service that waits for an address. */
export type PendingAddress = Told & {
	readonly key: string;
	readonly service: BalancerRecord;
	readonly health: Health;
	readonly why: SafeText;
	/** Epoch ms. */
	readonly since: number;
	/** The pools that select it. */
	readonly pools: readonly AddressPoolRecord[];
};

/** A pool and what is left of it. */
export type PoolFact = Told & {
	readonly key: string;
	readonly pool: AddressPoolRecord;
	readonly health: Health;
	readonly word: SafeText;
	/** Services that wait for one of its addresses, the one that waits longest first. */
	readonly waiting: readonly BalancerRecord[];
};

/** A service may wait this long for its address before it is worth a warning, in milliseconds. */
export const patience = 2 * 60_000;

/** Cilium's reasons (`operator/pkg/lbipam/lbipam.go`), for people. */
const reasons: Readonly<Record<string, string>> = {
	no_pool: 'no enabled pool selects it',
	pool_selector_mismatch: 'the pool of the address it asks for does not select it',
	out_of_ips: 'the pools that select it are used up',
	already_allocated: 'the address it asks for belongs to another service',
	already_allocated_incompatible_service: 'the address it wants to share has other ports or another policy',
};

function whyOf({reason, balancerClass}: BalancerRecord): SafeText {
	if (reason !== '') return own(reasons[reason] ?? reason);
	if (balancerClass === '' || balancerClass.startsWith('io.cilium/')) return own('nobody has answered it');
	return say`its class ${balancerClass} has not answered`;
}

/** Since when a service waits, epoch ms. */
export const waitsSince = ({since, createdAt}: BalancerRecord): number => since || createdAt;

/** Whether a pool gives addresses to a service; one that is disabled or ignored does not. */
export function serves({services, disabled, conflict}: AddressPoolRecord, {labels}: BalancerRecord): boolean {
	return !disabled && conflict === '' && (services === undefined || selects(services, labels));
}

/** Tells a service without an address at `now` (epoch ms). */
export function pendingAddress(
	key: string,
	service: BalancerRecord,
	pools: readonly AddressPoolRecord[],
	from: readonly unknown[],
	now: number,
): PendingAddress {
	const since = waitsSince(service);
	const deadline = since + patience;
	return {
		key: `service/${key}`,
		service,
		health: now >= deadline ? 'warn' : 'idle',
		why: whyOf(service),
		since,
		pools,
		from,
		asOf: now,
		turnsAt: Math.min(ageTurns(since, now), deadline > now ? deadline : Number.POSITIVE_INFINITY),
	};
}

/** Ranges of IPv6 hold more than anybody counts. */
const figure = (of: number): SafeText => own(of > 99_999 ? of.toExponential(0) : String(of));

function poolWords({conflict, disabled, total, available}: AddressPoolRecord, isWanted: boolean): readonly [Health, SafeText] {
	if (conflict !== '') return ['warn', own('ignored: overlaps another pool')];
	if (disabled) return ['held', own('disabled')];
	if (total === undefined || available === undefined) return ['unknown', own('not counted yet')];
	const left = say`${figure(available)} of ${figure(total)} left`;
	if (available === 0 && isWanted) return ['bad', left];
	return [available <= 2 || available <= total / 10 ? 'risk' : 'ok', left];
}

/** Tells a pool. `waiting`: services that have no address because the pools that serve them are used up. */
export function poolFact(
	key: string,
	pool: AddressPoolRecord,
	waiting: readonly BalancerRecord[],
	from: readonly unknown[],
	now: number,
): PoolFact {
	const [health, word] = poolWords(pool, waiting.length > 0);
	return {key: `pool/${key}`, pool, health, word, waiting, from, asOf: now, turnsAt: Number.POSITIVE_INFINITY};
}
