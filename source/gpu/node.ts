import type {Standing} from '../nodes/liveness.ts';
import type {NodeRecord} from '../nodes/node.ts';
import type {Told} from '../reuse.ts';
import {type Health, type RawName, worst} from '../vocabulary.ts';
import {ageTurns, shownPath} from '../words.ts';
import type {NodePods} from '../workloads/node-pods.ts';
import type {Holder} from './device.ts';

/** A node that has, or should have, GPUs. */
export type GpuNodeFact = Told & {
	readonly node: NodeRecord;
	readonly standing: Standing | undefined;
	/** Devices (or slices) the device plugin counts but does not give out: it takes them for unhealthy. */
	readonly missing: ReadonlyArray<{readonly resource: RawName; readonly allocatable: number; readonly capacity: number}>;
	readonly total: number;
	/** How many of its devices the exporter tells of. */
	readonly measured: number;
	/** Undefined while exporters are not known. */
	readonly exporterReady: boolean | undefined;
	readonly holders: readonly Holder[] | undefined;
	readonly health: Health;
};

/** What one node's fact is made of. */
export type GpuNodeParts = Pick<GpuNodeFact, 'node' | 'standing' | 'measured' | 'exporterReady'> & {
	readonly pods: NodePods | undefined;
};

/** Tells one node, with its ages counted to `now`. */
export function gpuNodeFact(parts: GpuNodeParts, from: readonly unknown[], now: number): GpuNodeFact {
	const {node, standing, measured, exporterReady, pods} = parts;
	const missing = node.gpus.filter(({allocatable, capacity}) => allocatable < capacity);
	const lost = standing?.word === 'silent' || standing?.word === 'not ready';
	const unmeasured = exporterReady === false ? 'risk' : 'unknown';
	return {
		node,
		standing,
		missing,
		measured,
		exporterReady,
		total: node.gpus.reduce((sum, {capacity}) => sum + capacity, 0),
		holders: pods?.holders.map(({pod}) => ({shown: shownPath(pod), record: pod})),
		health: worst([missing.length > 0 ? 'bad' : 'idle', lost || measured === 0 ? (lost ? 'unknown' : unmeasured) : 'ok']),
		from,
		asOf: now,
		turnsAt: lost ? ageTurns(standing.since, now) : Number.POSITIVE_INFINITY,
	};
}
