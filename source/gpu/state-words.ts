import {own, type RawName, type SafeText, say} from '../vocabulary.ts';
import {age, join, shownName} from '../words.ts';
import {type DeviceFact, isHeard, warm, type XidFact} from './device.ts';
import {isLost} from './lost.ts';
import type {GpuNodeFact} from './node.ts';

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

const bar = (ratio: number) => bars[Math.min(bars.length - 1, Math.max(0, Math.floor(ratio * bars.length)))] ?? '';
/** The last figures as bars, oldest first. */
export const trendWords = (trend: readonly number[]): SafeText => own(trend.map(bar).join(''));

/** What a device is called: `gpu-1/0`, `gpu-1/0/7` for an instance of MIG. */
export const deviceName = ({device}: Pick<DeviceFact, 'device'>): SafeText =>
	join([shownName({name: device.node}), device.index, device.instance], '/');

/** An XID, and when it came if we saw that. */
function xidWords({xid, since}: XidFact, now: number): SafeText {
	return say`XID ${xid.code} ${own(xid.name)}${since === 0 ? own('') : say` ${age(since, now)} ago`}`;
}

/** Why a node's figures cannot be trusted; undefined while it is heard of. */
function lostWords({standing, asOf}: Pick<GpuNodeFact, 'standing' | 'asOf'>): SafeText | undefined {
	return standing !== undefined && isLost(standing) ? say`node ${own(standing.word)} ${age(standing.since, asOf)}` : undefined;
}

/** The device's state in words, the weightiest first. */
export function deviceWords(fact: DeviceFact): SafeText {
	const {device, source, xid, holders, asOf} = fact;
	if (!isHeard(fact)) {
		const silent = source.is === 'stale' ? say`no figures for ${age(source.since, asOf)}` : own('no figures');
		return lostWords(fact) ?? (source.is === 'denied' ? own('not permitted') : silent);
	}
	const use = holders === undefined ? undefined : own(holders.length > 0 ? 'in use' : 'free');
	return join([
		device.rowRemapFailed ? own('row remap failed') : undefined,
		(device.uncorrectable ?? 0) > 0 ? own('uncorrectable errors') : undefined,
		device.remapPending ? own('row remap pending') : undefined,
		device.throttles === true && (device.temperature ?? 0) >= warm ? own('throttling') : undefined,
		xid === undefined ? undefined : xidWords(xid, asOf),
		use,
	]);
}

/** MIG and time-slicing told apart; empty for a GPU that is given out whole. */
export function sharingWords({device, node}: Pick<DeviceFact, 'device' | 'node'>): SafeText {
	if (device.profile !== '') return say`MIG ${device.profile}`;
	const {sharing = own(''), replicas = 1} = node?.gpuLabels ?? {};
	return sharing === '' || sharing === 'none' ? own('') : say`${sharing} ×${replicas}`;
}

/** The resource a GPU is usually given out by goes without saying. */
const shortName = (resource: RawName): SafeText =>
	resource === 'nvidia.com/gpu' ? own('') : say`${shownName({name: resource})} `;

/** The state of a node in words: what it does not give out, and why nothing is measured. */
export function nodeWords(fact: GpuNodeFact): SafeText {
	const {missing, measured, exporterReady} = fact;
	const unmeasured = exporterReady === false ? own('no exporter') : exporterReady === true ? own('no figures yet') : undefined;
	return join([
		...missing.map(({resource, allocatable, capacity}) => say`${allocatable} of ${capacity} ${shortName(resource)}allocatable`),
		lostWords(fact) ?? (measured === 0 ? unmeasured : undefined),
	]);
}
