import {instant, name, number, type Raw} from '../cluster/raw.ts';
import {Refusal} from '../cluster/refusal.ts';
import {safeText} from '../cluster/safe-text.ts';
import {write} from '../cluster/write.ts';
import {own, type RawName, type SafeText, say} from '../vocabulary.ts';
import {age} from '../words.ts';
import type {Hands} from './hands.ts';

const namespace = 'kube-system';
const leases = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
/** One drain per cluster: held by whoever drains nodes of it. */
export const lockName = 'midwatch-drain';
export const lockPath = `${leases}/${lockName}`;
/** The annotation that names those nodes, for whoever finds it held. */
export const lockedNodes = 'midwatch.dev/draining';

/** Seconds without a sign of life until another may take it over. */
const lasts = 30;
/** Milliseconds after which it is renewed; whoever renewed it longer ago asks before doing anything. */
const renewAfter = (lasts * 1000) / 3;

/** Who holds the lock. Times are epoch ms. */
export type Holder = {
	readonly by: SafeText;
	readonly run: string;
	readonly since: number;
	readonly renewedAt: number;
	/** It has not been renewed for so long that another may take it. */
	readonly expired: boolean;
};

/** The lock while it is held. */
export type Lock = {
	/**
	 * Whether it is still ours; asks the server where that was not certain lately, and keeps it for another while.
	 * Rejects as `write` does.
	 */
	readonly holds: () => Promise<boolean>;
	/** Milliseconds after which to ask `holds` again, lest it expires. */
	readonly every: number;
	/** Gives it up, so that another need not wait until it expires. Never rejects. */
	readonly release: () => Promise<void>;
};

export type Locking =
	| {readonly is: 'held'; readonly lock: Lock}
	/** Another one has it. */
	| {readonly is: 'taken'; readonly holder: Holder}
	/** It may not be kept here: the permission that is missing. */
	| {readonly is: 'denied'; readonly why: SafeText};

/** Who holds a Lease at `now` (epoch ms, server's clock); undefined where nobody does. Its holder is `user@host/run`. */
export function holderOf({spec}: Raw, now: number): Holder | undefined {
	const identity = name(spec?.holderIdentity);
	if (identity === '') return undefined;
	const at = identity.includes('/') ? identity.lastIndexOf('/') : identity.length;
	const renewedAt = instant(spec?.renewTime);
	return {
		by: safeText(identity.slice(0, at), 128),
		run: identity.slice(at + 1),
		since: instant(spec?.acquireTime),
		renewedAt,
		expired: renewedAt + (number(spec?.leaseDurationSeconds) ?? lasts) * 1000 < now,
	};
}

/** Who drains a node at `now`, by the Lease; undefined where nobody is known to. */
export function drainerOf(lease: Raw, node: RawName, now: number): Holder | undefined {
	const holder = holderOf(lease, now);
	const drains = name(lease.metadata?.annotations?.[lockedNodes]).split(' ').includes(node);
	return drains && holder?.expired === false ? holder : undefined;
}

/** `anna@bridge drains with midwatch since 12m, and was last heard of <10s ago`. */
export function holderWords({by, since, renewedAt}: Holder, now: number): SafeText {
	return say`${by} drains with midwatch since ${age(since, now)}, and was last heard of ${age(renewedAt, now)} ago`;
}

const microTime = (at: number): string => new Date(at).toISOString().replace('Z', '000Z');

/** Another one changed it between our look and our hand. */
const isOvertaken = (error: unknown): boolean => error instanceof Refusal && (error.status === 404 || error.status === 409);

/**
 * Takes the lock for a run on nodes: where nobody holds it, where it has expired, and where this very run held it before it
 * was killed. Rejects as `write` does, but for a missing permission, which is told.
 */
export async function takeLock(hands: Hands, run: string, nodes: readonly RawName[]): Promise<Locking> {
	try {
		const {holder, lock} = await claim(hands, `${hands.by}/${run}`, nodes);
		return holder === undefined ? {is: 'held', lock} : {is: 'taken', holder};
	} catch (error) {
		if (!(error instanceof Refusal) || error.status !== 403) throw error;
		return {is: 'denied', why: say`the Lease ${own(lockName)} in ${own(namespace)} may not be kept: ${error.sentence}`};
	}
}

async function claim(
	{transport, reader, now}: Hands,
	identity: string,
	nodes: readonly RawName[],
): Promise<{readonly holder: Holder | undefined; readonly lock: Lock}> {
	let renewedAt = Number.NEGATIVE_INFINITY;
	let renewing: Promise<boolean> | undefined;

	const isOurs = (found: Raw | undefined): boolean => name(found?.spec?.holderIdentity) === identity;
	const put = async (found: Raw | undefined, changes: object): Promise<void> => {
		const metadata = {namespace, name: lockName, annotations: {[lockedNodes]: nodes.join(' ')}};
		const resourceVersion = name(found?.metadata?.resourceVersion);
		await write(transport, {
			...(found === undefined ? {method: 'POST', path: leases} : {method: 'PUT', path: lockPath}),
			body: {
				apiVersion: 'coordination.k8s.io/v1',
				kind: 'Lease',
				metadata: found === undefined ? metadata : {...metadata, resourceVersion},
				spec: {...found?.spec, leaseDurationSeconds: lasts, ...changes},
			},
		});
	};
	/** Writes it down as ours where it is ours or free; returns who has it where it is not. */
	const keep = async (isFree: (holder: Holder) => boolean): Promise<Holder | undefined> => {
		for (;;) {
			const found = await reader().get(lockPath);
			const at = now();
			const holder = found && holderOf(found, at);
			if (holder !== undefined && !isOurs(found) && !isFree(holder)) return holder;
			const leaseTransitions = (number(found?.spec?.leaseTransitions) ?? -1) + 1;
			const taken = {holderIdentity: identity, acquireTime: microTime(at), leaseTransitions};
			try {
				await put(found, {renewTime: microTime(at), ...(isOurs(found) ? {} : taken)});
				renewedAt = at;
				return undefined;
			} catch (error) {
				if (!isOvertaken(error)) throw error;
			}
		}
	};
	const renew = async (): Promise<boolean> => {
		try {
			// Whoever has it now took it while we were frozen or cut off: it is not taken back.
			return (await keep(() => false)) === undefined;
		} finally {
			renewing = undefined;
		}
	};
	const lock: Lock = {
		every: renewAfter,
		holds: async () => {
			if (now() - renewedAt < renewAfter) return true;
			renewing ??= renew();
			return await renewing;
		},
		release: async () => {
			try {
				const found = await reader().get(lockPath);
				if (isOurs(found)) await put(found, {holderIdentity: ''});
			} catch {
				// It expires by itself.
			}
		},
	};
	return {holder: await keep(({expired}) => expired), lock};
}
