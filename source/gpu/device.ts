import type {Standing} from '../nodes/liveness.ts';
import type {NodeRecord} from '../nodes/node.ts';
import type {Told} from '../reuse.ts';
import {type Health, type SafeText, type SourceState, worst} from '../vocabulary.ts';
import {ageTurns, shownPath} from '../words.ts';
import type {NodePods} from '../workloads/node-pods.ts';
import type {PodRecord} from '../workloads/pod.ts';
import type {GpuDevice} from './dcgm.ts';
import {type Xid, xidHealth, xidOf} from './xid.ts';

/** A pod that uses a device. `record` is missing where only the exporter tells of it. */
export type Holder = {readonly shown: SafeText; readonly record: PodRecord | undefined};

/** The last XID; `since` (epoch ms) is when we saw it come, 0 when it was there before we looked. */
export type XidFact = {readonly xid: Xid; readonly since: number; readonly health: Health};

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
	/** Undefined when neither pods nor exporter tell. */
	readonly holders: readonly Holder[] | undefined;
	readonly health: Health;
};

/** What one device's fact is made of, joined from the sources. */
export type DeviceParts = Pick<DeviceFact, 'key' | 'device' | 'node' | 'standing' | 'source'> & {
	readonly pods: NodePods | undefined;
	/** No other device is on its node: what the node's pods hold is this one. */
	readonly alone: boolean;
};

/** °C; the card's own limit is not exported. */
export const warm = 80;
export const hot = 90;
const trendLength = 8;

/** The figures of a device are old when its exporter does not answer or its node is not heard of. */
export function isHeard({standing, source}: Pick<DeviceFact, 'standing' | 'source'>): boolean {
	return source.is === 'polled' && standing?.word !== 'silent' && standing?.word !== 'not ready';
}

function holdersOf({device, pods, alone}: DeviceParts): readonly Holder[] | undefined {
	if (alone && pods !== undefined) return pods.holders.map(({pod}) => ({shown: shownPath(pod), record: pod}));
	const known = new Map(pods?.holders.map(({pod}) => [shownPath(pod), pod]));
	if (device.holders.length > 0) return device.holders.map(shown => ({shown, record: known.get(shown)}));
	return pods?.holders.length === 0 ? [] : undefined;
}

function xidFact(device: GpuDevice, before: DeviceFact | undefined, now: number): XidFact | undefined {
	const code = device.xid ?? 0;
	if (code === 0) return undefined;
	const was = before?.device.xid;
	const since = was === undefined ? 0 : was === code ? (before?.xid?.since ?? 0) : now;
	const xid = xidOf(code);
	return {xid, since, health: xidHealth(xid, since > 0)};
}

function trendOf({device, source}: DeviceParts, before: DeviceFact | undefined): readonly number[] {
	const known = before?.trend ?? [];
	if (device === before?.device || device.utilisation === undefined || source.is !== 'polled') return known;
	return [...known, device.utilisation].slice(-trendLength);
}

function healthOf(parts: DeviceParts, xid: XidFact | undefined, holders: DeviceFact['holders']): Health {
	if (!isHeard(parts)) return 'unknown';
	const {temperature = 0, rowRemapFailed} = parts.device;
	const heat = temperature >= hot ? 'bad' : temperature >= warm ? 'warn' : 'idle';
	const use = holders === undefined || holders.length > 0 ? 'ok' : 'idle';
	return worst([heat, rowRemapFailed ? 'bad' : 'idle', xid?.health ?? 'idle', use]);
}

/** Tells one device, with its ages counted to `now`; `before` lends it its trend and the time its XID came. */
export function deviceFact(
	parts: DeviceParts,
	before: DeviceFact | undefined,
	from: readonly unknown[],
	now: number,
): DeviceFact {
	const {key, device, node, standing, source} = parts;
	const xid = xidFact(device, before, now);
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
		trend: trendOf(parts, before),
		health: healthOf(parts, xid, holders),
		from,
		asOf: now,
		turnsAt: Math.min(...ages.map(since => ageTurns(since, now))),
	};
}
