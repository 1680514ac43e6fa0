import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {createStore} from '../../source/cluster/store.ts';
import {tallied} from '../../source/cluster/tally.ts';
import type {Tally} from '../../source/vocabulary.ts';

type Pod = {readonly node: string | undefined; readonly cpu: number};

const cpuByNode: Tally<Pod, number> = {
	key: ({node}) => node,
	empty: 0,
	add: (sum, {cpu}) => sum + cpu,
	remove: (sum, {cpu}) => sum - cpu,
};
const deeds = fc.array(
	fc.record({
		key: fc.constantFrom('a', 'b', 'c', 'd'),
		pod: fc.option(fc.record({node: fc.constantFrom('n1', 'n2', undefined), cpu: fc.integer({min: 1, max: 9})})),
	}),
);

test('the sums are those of the records, whatever came, changed and went', () => {
	fc.assert(
		fc.property(deeds, fc.nat(), (done, joined) => {
			const store = createStore<Pod>('pods', {
				line: () => ({is: 'up', heardAt: 0, roundTrips: [], latency: 'unknown', skew: 0}),
				changed: () => {},
			});
			let kept = joined === 0 ? tallied(store, cpuByNode) : undefined;
			for (const [at, {key, pod}] of done.entries()) {
				if (at === joined) kept ??= tallied(store, cpuByNode);
				if (pod === null) store.remove(key);
				else store.put(key, pod);
			}
			kept ??= tallied(store, cpuByNode);
			const expected = new Map<string, number>();
			for (const {node, cpu} of store.reading().records.values()) {
				if (node !== undefined) expected.set(node, (expected.get(node) ?? 0) + cpu);
			}
			expect(kept.current()).toEqual(expected);
		}),
	);
});

test('its revision stands still while nothing that counts changes', () => {
	const store = createStore<Pod>('pods', {
		line: () => ({is: 'up', heardAt: 0, roundTrips: [], latency: 'unknown', skew: 0}),
		changed: () => {},
	});
	const {revision} = tallied(store, cpuByNode);
	store.put('a', {node: 'n1', cpu: 1});
	const before = revision();
	store.put('b', {node: undefined, cpu: 1});
	expect(revision()).toBe(before);
	store.remove('a');
	expect(revision()).toBeGreaterThan(before);
});
