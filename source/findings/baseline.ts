import type {LastKnown} from '../last-known.ts';
import type {Baseline} from './facts.ts';

/** A session that was there longer ago than this is no longer missed, in milliseconds. */
const sessionsMissed = 24 * 3_600_000;

/** What an earlier run saw, as far as a single look has to be compared with it. */
export function baselineOf(known: LastKnown | undefined, now: number): Baseline {
	const devices = [...(known?.devices ?? [])];
	const isRecent = known !== undefined && now - known.seenAt < sessionsMissed;
	return {
		peers: new Set(isRecent ? known.sessions : []),
		resets: known?.flaps ?? new Map(),
		gpus: known?.gpus ?? new Map(),
		xids: new Map(devices.map(([key, {xid, xidSeenAt}]) => [key, {code: xid, since: xidSeenAt, asOf: known?.seenAt ?? 0}])),
		reboots: new Map((known?.nodes ?? []).map(({name, reboots}) => [name as string, reboots])),
	};
}
