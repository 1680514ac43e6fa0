import {type Labels, selects} from '../cluster/selector.ts';
import type {Standing} from '../nodes/liveness.ts';
import type {NodeRecord} from '../nodes/node.ts';
import type {Reading} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import {type NodePods, podsOf} from './node-pods.ts';

/** The most that any one node still has to give: bytes, thousandths of a core. */
export type Room = {readonly memory: number; readonly milliCpu: number};

/** What the nodes have, and what is taken of it. */
export type Capacity = {
	readonly nodes: Reading<NodeRecord>;
	readonly nodePods: Reading<NodePods>;
	/** How the nodes do, by name. */
	readonly standing: ReadonlyMap<string, Standing>;
};

/** The most room on a ready node with these labels that takes pods; undefined where there is none, or it cannot be seen. */
export function mostRoom({nodes, nodePods, standing}: Capacity, labels: Labels): Room | undefined {
	if (!isKnown(nodes.state)) return undefined;
	let [memory, milliCpu, seen] = [0, 0, false];
	for (const node of nodes.records.values()) {
		const asked = podsOf(nodePods, node.name);
		if (asked === undefined || Number.isNaN(asked.memory) || node.unschedulable || standing.get(node.name)?.word !== 'ready')
			continue;
		if (labels.length > 0 && !selects({labels, expressions: []}, node.labels)) continue;
		seen = true;
		memory = Math.max(memory, (node.memory ?? 0) - asked.memory);
		milliCpu = Math.max(milliCpu, (node.cpu ?? 0) * 1000 - asked.milliCpu);
	}
	return seen ? {memory, milliCpu} : undefined;
}
