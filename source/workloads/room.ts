import type {Standing} from '../nodes/liveness.ts';
import type {NodeRecord} from '../nodes/node.ts';
import type {Reading} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import {type NodePods, podsOf} from './node-pods.ts';

/** The most that any one node still has to give: bytes, thousandths of a core. */
export type Room = {readonly memory: number; readonly milliCpu: number};

/** The most room on a node that is ready and takes pods; undefined where that cannot be seen. */
export function mostRoom(
	nodes: Reading<NodeRecord>,
	standing: ReadonlyMap<string, Standing>,
	pods: Reading<NodePods>,
): Room | undefined {
	if (!isKnown(nodes.state)) return undefined;
	let [memory, milliCpu, seen] = [0, 0, false];
	for (const node of nodes.records.values()) {
		const asked = podsOf(pods, node.name);
		if (asked === undefined || node.unschedulable || standing.get(node.name)?.word !== 'ready') continue;
		seen = true;
		memory = Math.max(memory, (node.memory ?? 0) - asked.memory);
		milliCpu = Math.max(milliCpu, (node.cpu ?? 0) * 1000 - asked.milliCpu);
	}
	return seen ? {memory, milliCpu} : undefined;
}
