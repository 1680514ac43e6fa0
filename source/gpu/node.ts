import type {Standing} from '../nodes/liveness.ts';
import type {NodeRecord} from '../nodes/node.ts';
import type {Told} from '../reuse.ts';
import {type Health, type RawName, type SourceState, worst} from '../vocabulary.ts';
import {ageTurns, shownPath} from '../words.ts';
import type {EventRecord} from '../workloads/event.ts';
import type {NodePods} from '../workloads/node-pods.ts';
import type {Holder} from './device.ts';
import {isLost} from './lost.ts';

/** How a node does, and what was noted down of it. */
export type NodeStanding = Standing & {readonly events?: readonly EventRecord[]};

/** A node that has, or should have, GPUs. */
export type GpuNodeFact = Told & {
	readonly node: NodeRecord;
	readonly standing: NodeStanding | undefined;
	/** Devices (or slices) the device plugin counts but does not give out: it takes them for unhealthy. */
	readonly missing: ReadonlyArray<{readonly resource: RawName; readonly allocatable: number; readonly capacity: number}>;
	readonly total: number;
	/** How many of its devices the exporter tells of. */
	readonly measured: number;
	/** Undefined while exporters are not known. */
	readonly exporterReady: boolean | undefined;
	/** How its exporter answers; undefined while it was not asked. */
	readonly answer: SourceState | undefined;
	/** How many whole GPUs it gives out, has by its own count, and should have by its labels. */
	readonly allocatable: number;
	readonly capacity: number;
	readonly labelled: number;
	/** When an XID of a device or its driver was last noted down of it, epoch ms; 0 where none is. */
	readonly xidNotedAt: number;
	readonly holders: readonly Holder[] | undefined;
	readonly health: Health;
};

/** What one node's fact is made of. */
export type GpuNodeParts = Pick<GpuNodeFact, 'node' | 'standing' | 'measured' | 'exporterReady' | 'answer' | 'xidNotedAt'> & {
	readonly pods: NodePods | undefined;
};

const usual = 'nvidia.com/gpu' as RawName;
type Counted = 'allocatable' | 'capacity';

/** Whole GPUs: of one that is shared by time each slice counts as a part, instances of MIG count each. */
function wholeGpus({gpus, gpuLabels}: NodeRecord, of: Counted): number {
	const {sharing = '', replicas = 1} = gpuLabels ?? {};
	const isShared = sharing !== '' && sharing !== 'none' && replicas > 1;
	const parts = (resource: RawName) => (isShared && !resource.includes('/mig-') ? replicas : 1);
	return gpus.reduce((sum, gpu) => sum + Math.ceil(gpu[of] / parts(gpu.resource)), 0);
}

/** Tells one node, with its ages counted to `now`. */
export function gpuNodeFact(parts: GpuNodeParts, from: readonly unknown[], now: number): GpuNodeFact {
	const {node, standing, measured, exporterReady, answer, xidNotedAt, pods} = parts;
	const [allocatable, capacity] = [wholeGpus(node, 'allocatable'), wholeGpus(node, 'capacity')];
	const labelled = node.gpuLabels?.count ?? 0;
	// A plugin that finds fewer devices than there were gives them no longer: only the label still tells of them.
	const unlisted = labelled > capacity ? [{resource: usual, allocatable, capacity: labelled}] : [];
	const missing = [...node.gpus.filter(gpu => gpu.allocatable < gpu.capacity), ...unlisted];
	const lost = isLost(standing);
	const unmeasured = exporterReady === false ? 'risk' : 'unknown';
	return {
		node,
		standing,
		missing,
		measured,
		exporterReady,
		answer,
		allocatable,
		capacity,
		labelled,
		xidNotedAt,
		total: node.gpus.reduce((sum, {capacity}) => sum + capacity, 0),
		holders: pods?.holders.map(({pod}) => ({shown: shownPath(pod), record: pod})),
		health: worst([missing.length > 0 ? 'bad' : 'idle', lost || measured === 0 ? (lost ? 'unknown' : unmeasured) : 'ok']),
		from,
		asOf: now,
		turnsAt: lost ? ageTurns(standing?.since ?? 0, now) : Number.POSITIVE_INFINITY,
	};
}
