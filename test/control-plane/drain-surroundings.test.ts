import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {unread} from '../../source/actions/drain/checks/unread.ts';
import {drainNodeKind} from '../../source/actions/drain/node.ts';
import type {DrainSight} from '../../source/actions/drain/sight.ts';
import {readSurroundings} from '../../source/actions/drain/surroundings.ts';
import {nodeKind} from '../../source/nodes/node.ts';
import {handsOn} from './hands.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

let plane: ControlPlane;
let hands: Awaited<ReturnType<typeof handsOn>>;
beforeAll(async () => {
	plane = await startControlPlane();
	await plane.applyCrds();
	const [first = ''] = await plane.addNodes(2);
	await plane.kubectl(['label', 'node', first, 'node-role.kubernetes.io/control-plane=true']);
	await plane.kubectl(['cordon', first]);
	hands = await handsOn(plane);
});
afterAll(async () => {
	hands.close();
	await plane.stop();
});

describe('what a drain reads of a real API server', () => {
	test('a node in outline is told as a node read whole, but for what the outline leaves out', async () => {
		const reader = hands.reader();
		const [outline, whole] = await Promise.all([reader.read(drainNodeKind), reader.read(nodeKind)]);
		expect(outline.records.size).toBe(2);
		for (const [name, {record}] of outline.records) {
			const {roles, conditions, unschedulable, cordonedAt, system, kubelet, gpus, architecture} =
				whole.records.get(name) ?? record;
			expect(record).toMatchObject({roles, unschedulable, cordonedAt, system, kubelet, gpus, architecture});
			expect(record.conditions.map(({type, status, since}) => [type, status, since])).toEqual(
				conditions.map(({type, status, since}) => [type, status, since]),
			);
		}
	});

	test('every selector is one that it knows, and whoever cordoned is found', async () => {
		const reader = hands.reader();
		const nodes = await reader.read(drainNodeKind);
		const node = [...nodes.records.values()].find(({unschedulable}) => unschedulable);
		if (node === undefined) throw new Error('no node is cordoned');
		// What was defined a moment ago is served a moment later.
		const surroundings = await vi.waitFor(async () => {
			const read = await readSurroundings(reader, node);
			expect(unread({...read, nodes} as DrainSight)).toEqual([]);
			return read;
		}, 20_000);
		expect(surroundings.noLock).toBeUndefined();
		expect(surroundings.heartbeats.records.size).toBe(2);
		expect(surroundings.cordoner).toMatchObject({is: 'other', by: expect.stringContaining('kubectl')});
	});
});
