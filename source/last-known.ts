/**
 * What was known of a cluster when it was last seen: the baseline of a run that sees it once, and the picture while its API
 * does not answer. What is missing was not seen, or did not fit; it is never "none".
 */
import type {Severity} from './diagnosis.ts';
import type {SafeText} from './vocabulary.ts';

/** Times are epoch ms on the server's clock. */
export type KnownNode = {
	readonly name: SafeText;
	readonly ready: boolean;
	/** IP addresses, nothing else: they may be probed. */
	readonly addresses: readonly string[];
	/** '' where it was not told. */
	readonly bootId: SafeText;
	/** When it was seen to have rebooted. */
	readonly reboots: readonly number[];
};

export type KnownFinding = {
	readonly firstSeen: number;
	readonly since: number;
	readonly severity: Severity;
	readonly title: SafeText;
};

export type KnownCleared = {
	readonly name: SafeText;
	readonly title: SafeText;
	readonly since: number;
	readonly clearedAt: number;
};

export type LastKnown = {
	readonly context: SafeText;
	readonly server: SafeText;
	readonly seenAt: number;
	readonly verdict: {readonly state: 'ok' | 'warning' | 'critical' | 'unknown'; readonly line: SafeText};
	readonly nodes?: readonly KnownNode[] | undefined;
	readonly etcd?: {readonly voters: number; readonly healthy: number} | undefined;
	/** `address` is an IP address. */
	readonly vip?: {readonly address: string | undefined; readonly holder: SafeText} | undefined;
	/** By name (`node-not-ready:nuc-2`). */
	readonly findings?: ReadonlyMap<string, KnownFinding> | undefined;
	/** Incidents that were over less than 15 minutes ago. */
	readonly cleared?: readonly KnownCleared[] | undefined;
	/** Backup tiers: newest recovery point (0: none), and how old it may be, in milliseconds. */
	readonly tiers?: ReadonlyMap<string, {readonly point: number; readonly target: number}> | undefined;
	/** GPUs by their id: the last XID, and when it was first seen to be that one. */
	readonly devices?: ReadonlyMap<string, {readonly xid: number; readonly xidSeenAt: number}> | undefined;
	/** GPUs by node. */
	readonly gpus?: ReadonlyMap<string, number> | undefined;
	/** BGP sessions: `nuc-2/10.0.0.1`. */
	readonly sessions?: readonly SafeText[] | undefined;
	/** When sessions were seen to have been reset. */
	readonly flaps?: ReadonlyMap<string, readonly number[]> | undefined;
};
