import type {Json} from '../../journal/entry.ts';
import type {DrainOptions} from '../request.ts';
import type {DrainSight, Fate, Next} from './sight.ts';

/** What is known of a drain, for programs and for running it: `Plan.data` of a drain. Names are raw. */
export type DrainData = {readonly options: DrainOptions; readonly nodes: readonly NodeData[]};

export type NodeData = {
	readonly name: string;
	readonly uid: string;
	readonly cordoned: boolean;
	readonly pods: readonly PodData[];
};

export type PodData = {
	readonly namespace: string;
	readonly name: string;
	readonly uid: string;
	/** Epoch ms; 0 where it is not being deleted. */
	readonly deletingAt: number;
	readonly is: Fate['is'];
	/** Why it is blocked, refused or stays. */
	readonly why: string;
	/** The option without which it is refused. */
	readonly flag?: string;
	/** The budgets that block it. */
	readonly budgets: readonly string[];
	readonly contested?: {readonly budget: string; readonly allowed: number; readonly wanting: number};
	/** What becomes of it afterwards, and why. `contested`: there is room, but not for all that move. */
	readonly next: {readonly is: Next['is']; readonly why: string; readonly contested: boolean};
	readonly loses: readonly string[];
};

function podData(fate: Fate): PodData {
	const {pod, next} = fate;
	return {
		namespace: pod.namespace,
		name: pod.name,
		uid: pod.uid,
		deletingAt: pod.deletingAt,
		is: fate.is,
		why: fate.is === 'leaves' ? '' : fate.why,
		budgets: fate.is === 'blocked' ? fate.budgets : [],
		next: {
			is: next.is,
			why: 'why' in next ? next.why : '',
			contested: next.is === 'pending' && next.contested === true,
		},
		loses: fate.is === 'leaves' ? fate.loses : [],
		...(fate.is === 'refused' && fate.flag !== undefined ? {flag: fate.flag} : {}),
		...(fate.is === 'leaves' && fate.contested !== undefined ? {contested: fate.contested} : {}),
	};
}

/** The data of a drain of these nodes, in their order. */
export function drainData(sights: readonly DrainSight[], options: DrainOptions): DrainData {
	return {
		options,
		nodes: sights.map(({node, fates}) => ({
			name: node.name,
			uid: node.uid,
			cordoned: node.unschedulable,
			pods: fates.map(podData),
		})),
	};
}

/** `Plan.data` of a plan that `planDrain` made, which is what this is. */
export function drainDataOf(data: Json): DrainData {
	return data as DrainData;
}
