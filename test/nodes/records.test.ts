import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Kind} from '../../source/cluster/kind.ts';
import {nodesDetail} from '../../source/nodes/detail.ts';
import {leaseKind, nodeKind, nodeMetricsKind, nodeSystems} from '../../source/nodes/index.ts';
import {nodesView} from '../../source/nodes/view.ts';
import type {StoredRecord} from '../../source/vocabulary.ts';
import {damaged, expectSafe, poisoned, project} from '../_helpers/hostile.ts';
import {detailText} from '../_helpers/told.ts';
import {pod} from '../workloads/objects.ts';
import {told} from './cluster.ts';
import {ago, condition, cordoned, etcdServer, lease, minutes, node, now, seconds, usage, voter} from './objects.ts';

const gpuNode = node('gpu-1', {
	labels: {
		'nvidia.com/gpu.product': 'NVIDIA-RTX-4000-SFF-Ada-Generation',
		'nvidia.com/gpu.count': '1',
		'nvidia.com/gpu.memory': '20475',
		'nvidia.com/gpu.replicas': '4',
		'nvidia.com/gpu.sharing-strategy': 'time-slicing',
	},
	status: {
		capacity: {cpu: '8', 'nvidia.com/gpu': '4', 'nvidia.com/mig-1g.5gb': '2'},
		allocatable: {cpu: '8', 'nvidia.com/gpu': '3'},
	},
});

describe('a Node', () => {
	test('keeps what the panes read', () => {
		const object = node('nuc-1', {labels: etcdServer, conditions: [voter], spec: cordoned(minutes)});
		expect(project(nodeKind, object)).toMatchObject({
			name: 'nuc-1',
			roles: ['control-plane', 'etcd'],
			unschedulable: true,
			cordonedAt: now - minutes,
			cordonedByTalos: false,
			address: '10.0.0.11',
			architecture: 'amd64',
			kubelet: 'v1.35.1+k3s1',
			bootId: 'boot-1',
			cpu: 4,
			memory: 8 * 2 ** 30,
			maxPods: 110,
			gpus: [],
		});
	});

	test('keeps its GPU resources and what the labels say of them', () => {
		expect(project(nodeKind, gpuNode)).toMatchObject({
			gpus: [
				{resource: 'nvidia.com/gpu', capacity: 4, allocatable: 3},
				{resource: 'nvidia.com/mig-1g.5gb', capacity: 2, allocatable: 0},
			],
			gpuLabels: {product: 'NVIDIA-RTX-4000-SFF-Ada-Generation', memory: 20_475, replicas: 4, sharing: 'time-slicing'},
		});
	});

	test.each([
		[[], {}],
		[['worker'], {'node-role.kubernetes.io/worker': 'true'}],
		[['storage'], {'kubernetes.io/role': 'storage'}],
	])('has the roles %o', (roles, labels) => {
		expect(project(nodeKind, node('a', {labels}))?.roles).toEqual(roles);
	});
});

test('a Lease keeps when it was renewed and how long it lasts', () => {
	expect(project(leaseKind, lease('nuc-1'))).toMatchObject({name: 'nuc-1', renewedAt: now - 5 * seconds, lasts: 40});
});

test('NodeMetrics are in cores and bytes', () => {
	expect(project(nodeMetricsKind, usage('nuc-1', '931230847n', '4Gi'))).toMatchObject({cpu: 0.931230847, memory: 4 * 2 ** 30});
});

test('the ids of all kinds differ', () => {
	const ids = nodeSystems.flatMap(({kinds}) => kinds.map(({id}) => id));
	expect(new Set(ids).size).toBe(ids.length);
});

describe('a detail', () => {
	test('tells the state first, then load, machine and conditions', () => {
		const facts = told({
			nodes: [node('nuc-1', {conditions: [condition('Ready', 'False', 5 * minutes, 'KubeletNotReady')]})],
			metrics: [usage('nuc-1')],
			pods: [pod('a/b'), pod('a/c', {ready: false})],
		});
		const text = detailText(nodesDetail(facts, 'nuc-1', now));
		expect(text).toContain('node nuc-1\n[State]\nstate: not ready 5m (bad)\nage: 40d');
		expect(text).toContain('cpu: 23% of 4 cores\nmemory: 50% of 8Gi\npods: 2 pods, 1 not ready, 0 finished');
		expect(text).toContain('Ready: False 5m, KubeletNotReady (warn)');
	});

	test('tells first which conditions are not as they should be, and since when the lease is not renewed', () => {
		const conditions = [
			condition('NetworkUnavailable', 'False', 5 * minutes),
			condition('MemoryPressure', 'Unknown', 5 * minutes),
			condition('Ready', 'Unknown', 5 * minutes),
		];
		const facts = told({nodes: [node('a', {conditions}), node('b')], leases: [lease('a', 35 * minutes), lease('b')]});
		const text = detailText(nodesDetail(facts, 'a', now));
		expect(text).toContain('lease: last renewed 35m ago');
		expect(text).toMatch(/Ready: Unknown.*\(warn\)\nMemoryPressure: Unknown.*\(warn\)\n(\w+: False [^(]*)+$/);
	});

	test('is none for a row that is gone', () => {
		expect(nodesDetail(told({}), 'nuc-1', now)).toBeUndefined();
	});

	test('says when the clock of a node is behind', () => {
		const nodes = [node('a'), node('ok')];
		const first = told({nodes, leases: [lease('a', 32 * seconds), lease('ok')]});
		const second = told({nodes, leases: [lease('a', 30 * seconds), lease('ok')]}, first);
		expect(detailText(nodesDetail(second, 'a', now))).toContain('clock: behind by 30s (warn)');
	});
});

describe('hostile objects', () => {
	const whole = node('nuc-1', {
		labels: {...etcdServer, 'nvidia.com/gpu.product': 'x'},
		spec: cordoned(minutes),
		metadata: {annotations: {'talos.dev/cordoned': ''}, deletionTimestamp: ago(minutes)},
		conditions: [voter],
		status: gpuNode.status,
	});
	const kinds: ReadonlyArray<Kind<StoredRecord>> = [nodeKind, leaseKind, nodeMetricsKind];
	const everything = (objects: readonly object[]) => {
		const facts = told({nodes: objects, metrics: objects, leases: objects, pods: [pod('a/b')]});
		const {rows, ...view} = nodesView(facts);
		const details = [...facts.byName.keys()].map(key => nodesDetail(facts, key, now));
		return [view, rows.map(({cells}) => cells), details.map(detail => detail?.title), details.map(detail => detail?.sections)];
	};

	test('put nothing on the screen that a terminal could take for more than text', () => {
		expectSafe(everything([poisoned(whole)]));
	});

	test('never break a projection or the pane, and poison nothing', () => {
		fc.assert(
			fc.property(damaged(poisoned(whole)), object => {
				for (const kind of kinds) project(kind, object);
				expectSafe(everything([object]));
			}),
		);
		fc.assert(
			fc.property(fc.object(), object => {
				for (const kind of kinds) project(kind, object);
			}),
		);
	});
});
