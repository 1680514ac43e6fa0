import {describe, expect, test} from 'vitest';
import {systemLeaseKind} from '../../source/nodes/index.ts';
import {managerOf} from '../../source/workloads/manager.ts';
import {project} from '../_helpers/hostile.ts';
import {managerLease, minute, now, second} from './objects.ts';

const lease = (renewed: number) => project(systemLeaseKind, managerLease(renewed));

describe('kube-controller-manager', () => {
	test('is gone when neither it nor another one renews its lease, and since then', () => {
		expect(managerOf({lease: lease(75 * second), clock: now}).goneSince).toBe(0);
		expect(managerOf({lease: lease(76 * second), clock: now}).goneSince).toBe(now - 76 * second);
	});

	test('is not gone because its clock is behind, once a renewal is seen to come', () => {
		const first = managerOf({lease: lease(10 * minute), clock: now});
		expect(first.goneSince).toBe(now - 10 * minute);
		const next = managerOf({lease: lease(10 * minute - 2 * second), clock: now + 2 * second}, first);
		expect(next.goneSince).toBe(0);
		expect(managerOf({lease: lease(10 * minute - 2 * second), clock: now + 90 * second}, next).goneSince).toBe(now + 2 * second);
	});

	test('is not missed where nobody knows its lease, or where there is no election any more', () => {
		expect(managerOf({lease: undefined, clock: now}).goneSince).toBe(0);
		expect(managerOf({lease: lease(9 * minute), clock: undefined}).goneSince).toBe(0);
		expect(managerOf({lease: lease(8 * 24 * 60 * minute), clock: now}).goneSince).toBe(0);
	});

	test('is the same answer while it renews in time', () => {
		const first = managerOf({lease: lease(second), clock: now});
		expect(managerOf({lease: lease(0), clock: now}, first)).toBe(first);
	});
});
