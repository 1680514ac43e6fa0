import type {Scenario, Stage} from '../model.ts';
import {nodes} from '../objects/node.ts';
import {amount} from '../objects/quantity.ts';
import {usageOn} from '../players/usage.ts';
import {lived} from './lived.ts';
import {podsOf} from './remake.ts';

const host = 'pi4-1';

/** A workload without a limit has grown until its node is almost out of memory; started anew it is small again. */
export const memoryHigh: Scenario = {
	id: 'memory-high',
	title: 'A node runs out of memory',
	description: `adguard-home on ${host} has grown for hours; since half an hour almost all memory of the node is in use`,
	worlds: ['homelab'],
	steps: lived([{at: -1800, what: 'adguard-home has grown', act: grow}]),
};

function grow(stage: Stage, at: number): void {
	const [grown] = podsOf(stage, 'network', 'adguard-home');
	const node = nodes.get(stage.store, host);
	if (grown === undefined || node === undefined) return;
	const {uid} = grown.metadata;
	const bytes = amount(node.status?.allocatable?.memory) * 0.98 - usageOn(stage, node).bytes;
	stage.ailments.add({is: 'growing', since: at, hits: pod => pod.metadata.uid === uid, bytes});
}
