import type {Reading, Tally} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import type {PodRecord} from './pod.ts';

/** A pod that holds devices of a GPU resource. */
type GpuHolder = {
	readonly pod: PodRecord;
	readonly resource: string;
	readonly gpus: number;
};

/** What the pods bound to one node come to. Finished pods hold nothing any more: they count only as `finished`. */
export type NodePods = {
	readonly active: number;
	/** Active, but not ready. */
	readonly notReady: number;
	readonly finished: number;
	/** Requested: thousandths of a core, bytes. */
	readonly milliCpu: number;
	readonly memory: number;
	readonly holders: readonly GpuHolder[];
};

const noPods: NodePods = {active: 0, notReady: 0, finished: 0, milliCpu: 0, memory: 0, holders: []};

/** The pods of one node; undefined while pods are not known, or only those of one namespace are. */
export function podsOf(pods: Reading<NodePods>, node: string): NodePods | undefined {
	if (!isKnown(pods.state) || pods.limitedTo !== undefined) return undefined;
	return pods.records.get(node) ?? noPods;
}

const isFinished = ({phase}: PodRecord) => phase === 'Succeeded' || phase === 'Failed';

function counted(sum: NodePods, pod: PodRecord, by: 1 | -1): NodePods {
	if (isFinished(pod)) return {...sum, finished: sum.finished + by};
	return {
		active: sum.active + by,
		notReady: sum.notReady + (pod.ready ? 0 : by),
		finished: sum.finished,
		milliCpu: sum.milliCpu + by * pod.milliCpu,
		memory: sum.memory + by * pod.memory,
		holders: pod.gpus === 0 ? sum.holders : holdersWith(sum.holders, pod, by),
	};
}

function holdersWith(holders: readonly GpuHolder[], pod: PodRecord, by: 1 | -1): readonly GpuHolder[] {
	const others = holders.filter(held => held.pod !== pod);
	if (by === -1) return others;
	return [...others, {pod, resource: pod.gpuResource, gpus: pod.gpus}];
}

/** The pods of each node, by the node's name. */
export const nodePodsTally: Tally<PodRecord, NodePods> = {
	key: pod => (pod.node === '' ? undefined : pod.node),
	empty: noPods,
	add: (sum, pod) => counted(sum, pod, 1),
	remove: (sum, pod) => counted(sum, pod, -1),
};
