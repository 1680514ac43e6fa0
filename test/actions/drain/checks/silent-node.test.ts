import {expect, test} from 'vitest';
import {hanging} from '../../../../source/actions/drain/checks/hanging.ts';
import {silentNode} from '../../../../source/actions/drain/checks/silent-node.ts';
import {own} from '../../../../source/vocabulary.ts';
import {ago, condition, lease, minutes, node, seconds} from '../../../nodes/objects.ts';
import {drained, pod, sight, told} from './sight.ts';

const nodes = [node('nuc-1'), node(drained)];
const silent = [lease('nuc-1'), lease(drained, 35 * minutes)];
const terminating = (since: number) => [pod('apps/web-0', {metadata: {deletionTimestamp: ago(since)}})];

test('a node that is heard of ends its pods', () => {
	expect(told(silentNode, {nodes})).toEqual([]);
	expect(told(silentNode, {nodes, leases: [lease('nuc-1', 35 * minutes), lease(drained)]})).toEqual([]);
});

test('a silent one does not, and neither does one that is not ready', () => {
	expect(told(silentNode, {nodes, leases: silent})).toEqual([
		'blocks: nuc-2 is silent for 35m: nothing ends its pods or frees their volumes, so the drain waits',
	]);
	const broken = [node('nuc-1'), node(drained, {conditions: [condition('Ready', 'False', 5 * minutes)]})];
	expect(told(silentNode, {nodes: broken})).toEqual([expect.stringContaining('nuc-2 is not ready for 5m')]);
});

test('a pod that should have ended long ago is waited for, never forced, and the way out is the runbook', () => {
	expect(told(hanging, {nodes, leases: silent, pods: terminating(30 * minutes)})).toEqual([
		'blocks: apps/web-0 should have ended 30m ago and is still there: nuc-2 is silent',
	]);
	expect(hanging(sight({nodes, leases: silent, pods: terminating(30 * minutes)}))[0]?.wayOut).toContain(
		'midwatch runbook show node-failure',
	);
	expect(told(hanging, {nodes, pods: terminating(5 * minutes)})).toEqual([
		'blocks: apps/web-0 should have ended 5m ago and is still there',
	]);
});

test('several that should have ended at the same time are told together', () => {
	const pods = [...terminating(30 * minutes), pod('apps/web-1', {metadata: {deletionTimestamp: ago(30 * minutes)}})];
	expect(told(hanging, {nodes, pods})).toEqual(['blocks: apps/web-0, apps/web-1 should have ended 30m ago and are still there']);
});

test('one that is not waited for is only told', () => {
	const [object] = terminating(30 * minutes) as readonly object[];
	const pods = [{...object, fate: {is: 'stays', why: own('was deleted long ago')} as const}];
	expect(told(hanging, {nodes, pods})).toEqual([expect.stringMatching(/^tells: apps\/web-0/)]);
});

test('one that is just ending, or is not, does not hang', () => {
	expect(told(hanging, {nodes, pods: [...terminating(20 * seconds), pod('apps/web-1')]})).toEqual([]);
});
