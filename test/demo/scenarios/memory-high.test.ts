import {expect, it} from 'vitest';
import type {Stage} from '../../../source/demo/model.ts';
import {nodes} from '../../../source/demo/objects/node.ts';
import {pods} from '../../../source/demo/objects/pod.ts';
import {amount} from '../../../source/demo/objects/quantity.ts';
import {usageOn} from '../../../source/demo/players/usage.ts';
import {podOf, start, troubled} from './started.ts';

function inUse(stage: Stage): number {
	const node = nodes.get(stage.store, 'pi4-1');
	if (node === undefined) throw new Error('there is no pi4-1');
	return usageOn(stage, node).bytes / amount(node.status?.allocatable?.memory);
}

it('has almost all memory of a node in use, while everybody looks well', () => {
	const {stage, advance} = start('memory-high');
	expect(troubled(stage)).toEqual([]);
	expect(inUse(stage)).toBeGreaterThan(0.95);
	advance(600);
	expect(inUse(stage)).toBeGreaterThan(0.95);
});

it('gives it back when the pod that grew is made anew', () => {
	const {stage, advance} = start('memory-high');
	pods.remove(stage.store, podOf(stage, 'network', 'adguard-home'));
	advance(60);
	expect(troubled(stage)).toEqual([]);
	expect(inUse(stage)).toBeLessThan(0.5);
});
