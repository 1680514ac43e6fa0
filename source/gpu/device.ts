import type {Standing} from '../nodes/liveness.ts';
import type {NodeRecord} from '../nodes/node.ts';
import type {Told} from '../reuse.ts';
import {type Health, type SafeText, type SourceState, worst} from '../vocabulary.ts';
import {ageTurns, shownPath} from '../words.ts';
import type {NodePods} from '../workloads/node-pods.ts';
import type {PodRecord} from '../workloads/pod.ts';
import type {GpuDevice} from './dcgm.ts';
import {isLost} from './lost.ts';
import {type Xid, type XidAge, xidHealth, xidOf} from './xid.ts';

/** A pod that uses a device. `record` is missing where only the exporter tells of it. */
export type Holder = {readonly shown: SafeText; readonly record: PodRecord | undefined};

/** The last XID; `since` (epoch ms) is when it was seen to come, 0 when it was there before anybody looked. */
export type XidFact = {readonly xid: Xid; readonly since: number; readonly age: XidAge; readonly health: Health};

/** What an earlier run knew of a device's XID: its code, when it came (0: not known), and when that was written down. Epoch ms. */
export type XidBefore = {readonly code: number; readonly since: number; readonly asOf: number};

export type DeviceFact = Told & {
	readonly key: string;
	readonly device: GpuDevice;
	readonly node: NodeRecord | undefined;
	/** How its node does; undefined when nodes are not known. */
	readonly standing: Standing | undefined;
	/** How its exporter answers. */
	readonly source: SourceState;
	/** The last utilisations, oldest first, at most eight. */
	readonly trend: readonly number[];
	readonly xid: XidFact | undefined;
	/** Since when it is held and does nothing, as seen from here; epoch ms, 0 while that is not so. */
	readonly idleSince: number;
	/** Undefined when neither pods nor exporter tell. */
	readonly holders: readonly Holder[] | undefined;
	readonly health: Health;
};

/** What one device's fact is made of, joined from the sources. */
export type DeviceParts = Pick<DeviceFact, 'key' | 'device' | 'node' | 'standing' | 'source'> & {
	readonly pods: NodePods | undefined;
	/** No other device is on its node: what the node's pods hold is this one. */
	readonly alone: boolean;
	readonly xidBefore: XidBefore | undefined;
};

/** °C; the card's own limit is not exported. */
export const warm = 80;
export const hot = 90;
const never = Number.POSITIVE_INFINITY;
const trendLength = 8;
/** An XID is news for so long, in milliseconds. */
const newsFor = 24 * 3_600_000;
/** Below this a utilisation is shown as 0 %. */
const nothing = 0.005;

/** The figures of a device are old when its exporter does not answer or its node is not heard of. */
export function isHeard({standing, source}: Pick<DeviceFact, 'standing' | 'source'>): boolean {
	return source.is === 'polled' && !isLost(standing);
}

function holdersOf({device, pods, alone}: DeviceParts): readonly Holder[] | undefined {
	if (alone && pods !== undefined) return pods.holders.map(({pod}) => ({shown: shownPath(pod), record: pod}));
	const known = new Map(pods?.holders.map(({pod}) => [shownPath(pod), pod]));
	if (device.holders.length > 0) return device.holders.map(shown => ({shown, record: known.get(shown)}));
	return pods?.holders.length === 0 ? [] : undefined;
}

type Dated = Pick<XidFact, 'since' | 'age'>;

const dated = (since: number, now: number): Dated => ({since, age: now - since < newsFor ? 'fresh' : 'old'});

/** When an XID came, by what was known of it: one that differs came in between, one that is the same came when it did. */
function dateOf(code: number, known: XidBefore | undefined, now: number): Dated {
	if (known === undefined) return {since: 0, age: 'undated'};
	const since = known.code === code ? known.since : known.asOf;
	if (known.code === code) return since === 0 ? {since, age: 'old'} : dated(since, now);
	return now - since < newsFor ? dated(since, now) : {since: 0, age: 'undated'};
}

function xidFact({device, xidBefore}: DeviceParts, before: DeviceFact | undefined, now: number): XidFact | undefined {
	const code = device.xid ?? 0;
	if (code === 0) return undefined;
	const seen = before?.device.xid;
	const told = before?.xid;
	const same = seen === code && told !== undefined;
	const known = seen === undefined ? xidBefore : {code: seen, since: told?.since ?? 0, asOf: now};
	// What had no date at the first sight is told as such as long as we look.
	const date = same && told.since === 0 ? {since: 0, age: told.age} : dateOf(code, known, now);
	const xid = xidOf(code);
	return {xid, ...date, health: xidHealth(xid, date.age)};
}

function idleSince({device}: DeviceParts, holders: DeviceFact['holders'], before: DeviceFact | undefined, now: number): number {
	const isIdle = device.utilisation !== undefined && device.utilisation < nothing && (holders?.length ?? 0) > 0;
	return isIdle ? before?.idleSince || now : 0;
}

function trendOf({device, source}: DeviceParts, before: DeviceFact | undefined): readonly number[] {
	const known = before?.trend ?? [];
	if (device === before?.device || device.utilisation === undefined || source.is !== 'polled') return known;
	return [...known, device.utilisation].slice(-trendLength);
}

function healthOf(parts: DeviceParts, xid: XidFact | undefined, holders: DeviceFact['holders']): Health {
	if (!isHeard(parts)) return 'unknown';
	const {temperature = 0, rowRemapFailed, uncorrectable = 0, remapPending} = parts.device;
	const memory = rowRemapFailed || uncorrectable > 0 ? 'bad' : remapPending ? 'warn' : 'idle';
	const heat = temperature >= hot ? 'bad' : temperature >= warm ? 'warn' : 'idle';
	const use = holders === undefined || holders.length > 0 ? 'ok' : 'idle';
	return worst([heat, memory, xid?.health ?? 'idle', use]);
}

/** Tells one device, with its ages counted to `now`; `before` lends it its trend and the time its XID came. */
export function deviceFact(
	parts: DeviceParts,
	before: DeviceFact | undefined,
	from: readonly unknown[],
	now: number,
): DeviceFact {
	const {key, device, node, standing, source} = parts;
	const xid = xidFact(parts, before, now);
	const holders = holdersOf(parts);
	const silentSince = standing === undefined || standing.word === 'ready' ? 0 : standing.since;
	const ages = [xid?.since ?? 0, silentSince, source.is === 'stale' ? source.since : 0];
	return {
		key,
		device,
		node,
		standing,
		source,
		xid,
		holders,
		idleSince: idleSince(parts, holders, before, now),
		trend: trendOf(parts, before),
		health: healthOf(parts, xid, holders),
		from,
		asOf: now,
		turnsAt: Math.min(...ages.map(since => ageTurns(since, now)), xid?.age === 'fresh' ? xid.since + newsFor : never),
	};
}
