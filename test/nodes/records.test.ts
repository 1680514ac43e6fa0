import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Kind} from '../../source/cluster/kind.ts';
import {nodesDetail} from '../../source/nodes/detail.ts';
import {diagnoseNodes} from '../../source/nodes/findings.ts';
import {leaseKind, nodeKind, nodeMetricsKind, nodeSystems, planKind, systemLeaseKind} from '../../source/nodes/index.ts';
import {nodesMoments} from '../../source/nodes/moments.ts';
import {podMetricsOf, topBy} from '../../source/nodes/top-pods.ts';
import {nodesView} from '../../source/nodes/view.ts';
import {own, type StoredRecord} from '../../source/vocabulary.ts';
import {nodeEventKind, warningKind} from '../../source/workloads/event.ts';
import {damaged, expectSafe, poisoned, project} from '../_helpers/hostile.ts';
import {reading} from '../_helpers/reading.ts';
import {detailText} from '../_helpers/told.ts';
import {pod} from '../workloads/objects.ts';
import {told} from './cluster.ts';
import {
	ago,
	condition,
	cordoned,
	days,
	election,
	etcdServer,
	event,
	lease,
	minutes,
	node,
	now,
	plan,
	seconds,
	usage,
	vip,
	voter,
	wroteCordon,
} from './objects.ts';

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

describe('the kubelet of a node lives', () => {
	const rootDir = (args: unknown) =>
		project(nodeKind, node('a', {metadata: {annotations: {'k3s.io/node-args': JSON.stringify(args)}}}))?.rootDir;

	test.each<[string, readonly unknown[]]>([
		['/data/kubelet', ['agent', '--kubelet-arg', 'root-dir=/data/kubelet']],
		['/data/kubelet', ['agent', '--kubelet-arg=root-dir=/data/kubelet', '--node-label', 'a=b']],
		['/data/kubelet', ['agent', '--kubelet-arg=--root-dir=/data/kubelet']],
		['/data/kubelet', ['server', '--root-dir', '/data/kubelet']],
		['/data/kubelet', ['server', '--root-dir=/old', '--root-dir=/data/kubelet']],
		['', ['server', '--kubelet-arg', 'max-pods=200', '--data-dir', '/data']],
		['', ['server', 'root-dir=/data/kubelet', 3, null]],
	])('in %o by %o', (dir, args) => {
		expect(rootDir(args)).toBe(dir);
	});

	test.each(['', '{', '"--root-dir=/x"', '{"a": 1}', 'null'])('nobody knows where by %o', args => {
		expect(project(nodeKind, node('a', {metadata: {annotations: {'k3s.io/node-args': args}}}))?.rootDir).toBe('');
	});
});

test.each<[object | undefined, readonly unknown[]]>([
	[{cron: '0 3 * * *', areOff: false}, ['server', '--etcd-snapshot-schedule-cron', '0 3 * * *', '--cluster-init']],
	[{cron: '0 3 * * *', areOff: false}, ['server', '--etcd-snapshot-schedule-cron=0 3 * * *']],
	[{cron: '', areOff: true}, ['server', '--etcd-disable-snapshots']],
	[{cron: '', areOff: true}, ['server', '--etcd-disable-snapshots', 'true']],
	[undefined, ['server', '--etcd-disable-snapshots', 'false', '--cluster-init']],
	[undefined, ['server', '--etcd-disable-snapshots=false', '--etcd-snapshot-retention', '5']],
])('a server was told %o of snapshots by %o', (snapshots, args) => {
	const annotations = {'k3s.io/node-args': JSON.stringify(args)};
	expect(project(nodeKind, node('a', {metadata: {annotations}}))?.snapshots).toEqual(snapshots);
});

test('a cordon that was made with midwatch names the person, unless another tool wrote it since', () => {
	const mark = JSON.stringify({by: 'anna@bridge\u001b[2J', at: '2026-11-26T02:14:05Z', run: 'a-run'});
	const cordoned = (by: string) =>
		node('a', {spec: {unschedulable: true}, metadata: {...wroteCordon(by), annotations: {'midwatch.dev/cordoned-by': mark}}});
	expect(project(nodeKind, cordoned('midwatch'))?.cordonedBy).toBe('anna@bridge');
	expect(project(nodeKind, cordoned('kubectl-cordon'))?.cordonedBy).toBe('kubectl-cordon');
});

test('a cordon names who wrote it, as long as it is there', () => {
	const metadata = wroteCordon('kubectl');
	expect(project(nodeKind, node('a', {spec: {unschedulable: true}, metadata}))?.cordonedBy).toBe('kubectl');
	expect(project(nodeKind, node('a', {metadata}))?.cordonedBy).toBe('');
});

test('an election keeps who holds it since when, and how often it moved; those of others are left out', () => {
	expect(project(systemLeaseKind, vip())).toMatchObject({
		name: 'plndr-cp-lock',
		holder: 'nuc-1',
		acquiredAt: now - 9 * days,
		renewedAt: now - 2 * seconds,
		lasts: 15,
		transitions: 4,
	});
	expect(project(systemLeaseKind, election('kube-scheduler', {holder: 'nuc-1_a1b2'}))?.holder).toBe('nuc-1_a1b2');
	expect(project(systemLeaseKind, election('cilium-operator-resource-lock'))).toBeUndefined();
});

test('an upgrade plan keeps what it upgrades to, and which nodes it works on', () => {
	expect(project(planKind, plan('k3s-server', ['nuc-1', 'nuc-2']))).toMatchObject({
		version: 'v1.36.1+k3s1',
		applying: ['nuc-1', 'nuc-2'],
	});
});

describe('PodMetrics', () => {
	const measured = (path: string, ...containers: ReadonlyArray<readonly [cpu: string, memory: string]>) => ({
		metadata: {namespace: path.split('/')[0], name: path.split('/')[1]},
		containers: containers.map(([cpu, memory]) => ({usage: {cpu, memory}})),
	});
	const list = (...items: readonly object[]) => ({items}) as unknown as Parameters<typeof podMetricsOf>[0];

	test('are summed over the containers of a pod', () => {
		const pods = podMetricsOf(list(measured('media/jellyfin', ['1', '1Gi'], ['250m', '512Mi']), measured('a/new')));
		expect(pods).toEqual([
			{key: 'media/jellyfin', name: 'media/jellyfin', cpu: 1.25, memory: 1.5 * 2 ** 30},
			{key: 'a/new', name: 'a/new', cpu: undefined, memory: undefined},
		]);
	});

	test('are ranked by what is used most; what was not measured is left out', () => {
		const pods = podMetricsOf(
			list(measured('a/b', ['1', '1Gi']), measured('a/a', ['1', '2Gi']), measured('a/c', ['2', '1Mi']), measured('a/d')),
		);
		expect(topBy('cpu', pods).map(({key}) => key)).toEqual(['a/c', 'a/a', 'a/b']);
		expect(topBy('memory', pods, 2).map(({key}) => key)).toEqual(['a/a', 'a/b']);
	});

	test('whatever they are, give only text', () => {
		expectSafe(podMetricsOf(poisoned(list(measured('a/b', ['1', '1Gi'])))).map(({name}) => name));
		fc.assert(
			fc.property(fc.object(), fc.anything(), (object, anything) => {
				podMetricsOf(object as Parameters<typeof podMetricsOf>[0]);
				podMetricsOf({items: anything} as Parameters<typeof podMetricsOf>[0]);
			}),
		);
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

	test('tells of the control plane, of what its owner does, and where its kubelet lives', () => {
		const args = JSON.stringify(['server', '--kubelet-arg=root-dir=/data/kubelet']);
		const fields = {labels: etcdServer, conditions: [voter], metadata: {annotations: {'k3s.io/node-args': args}}};
		const facts = told({nodes: [node('nuc-1', fields)], systemLeases: [vip()], plans: [plan('k3s-server', ['nuc-1'])]});
		const text = detailText(nodesDetail(facts, 'nuc-1', now));
		expect(text).toContain('state: ready, upgrading (ok)\nmaintenance: upgraded by plan k3s-server to v1.36.1+k3s1');
		expect(text).toContain('etcd: votes for 20d\nholds: the VIP of plndr-cp-lock for 9d');
		expect(text).toContain('root dir: /data/kubelet');
	});

	test('tells recent events of the node and what its kubelet warned of, the newest first', () => {
		const mount = {type: 'Warning', message: 'timed out', about: {kind: 'Pod', namespace: 'media', name: 'jellyfin-0'}};
		const facts = told({
			nodes: [node('nuc-1')],
			events: [event('nuc-1', 'Starting', 12 * minutes, {message: 'Starting kubelet.'}), event('nuc-2', 'Starting', minutes)],
		});
		const warnings = reading(warningKind, [
			event('nuc-1', 'FailedMount', 4 * minutes, mount),
			event('nuc-2', 'FailedMount', minutes, mount),
			event('nuc-1', 'InvalidDiskCapacity', minutes, {type: 'Warning'}),
		]);
		expect(detailText(nodesDetail(facts, 'nuc-1', now, {warnings}))).toMatch(
			/\[Recent events\]\n4m ago: media\/jellyfin-0: FailedMount: timed out \(warn\)\n12m ago: Starting: Starting kubelet\.$/,
		);
	});

	test.each([
		['loading', '[Top pods]\npods: asking metrics-server'],
		[own('no metrics API'), '[Top pods]\npods: no metrics API'],
		[[], '[Top pods]\npods: none of its pods is measured'],
		[
			[{key: 'a/b', name: own('a/b'), cpu: 0.25, memory: 2 ** 30}],
			'[Top pods]\nmost memory: a/b 1Gi, 0.25 cores\nmost cpu: a/b 1Gi, 0.25 cores',
		],
	] as const)('tells the top pods: %o', (topPods, words) => {
		expect(detailText(nodesDetail(told({nodes: [node('nuc-1')]}), 'nuc-1', now, {topPods}))).toContain(words);
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
		metadata: {
			...wroteCordon('kubectl'),
			annotations: {'talos.dev/cordoned': '', 'k3s.io/node-args': '["--root-dir=/x\\u001b[2J\\u202e"]'},
			deletionTimestamp: ago(minutes),
		},
		conditions: [voter, condition('DiskPressure', 'True'), condition('Ready', 'Unknown', minutes)],
		status: gpuNode.status,
	});
	const others = [
		vip({renewed: minutes}),
		election('kube-scheduler'),
		plan('k3s', ['nuc-1']),
		event('nuc-1', 'Starting', minutes),
	];
	const kinds: ReadonlyArray<Kind<StoredRecord>> = [
		nodeKind,
		leaseKind,
		nodeMetricsKind,
		systemLeaseKind,
		planKind,
		nodeEventKind,
	];
	const everything = (objects: readonly object[], more: readonly object[]) => {
		const facts = told({
			nodes: objects,
			metrics: objects,
			leases: objects,
			pods: [pod('a/b')],
			systemLeases: more,
			plans: more,
			events: more,
			serverVersion: 'v1.2\u001b[2J',
		});
		const {rows, ...view} = nodesView(facts);
		const details = [...facts.byName.keys()].map(key => nodesDetail(facts, key, now));
		const {symptoms, blind} = diagnoseNodes(facts);
		// A subject's name is for paths, and never shown.
		const said = [...symptoms, ...nodesMoments(facts, reading(systemLeaseKind, more), now)].map(each => {
			const {subject: _, ...shown} = each;
			return shown;
		});
		return [
			view,
			rows.map(({cells}) => cells),
			details.map(detail => detail?.title),
			details.map(detail => detail?.sections),
			said,
			blind,
		];
	};
	const lastVip = (object: object) => ({...object, metadata: vip().metadata});

	test('put nothing on the screen that a terminal could take for more than text', () => {
		expectSafe(everything([poisoned(whole)], [...poisoned(others), lastVip(poisoned(vip({renewed: minutes})))]));
	});

	test('never break a projection or the pane, and poison nothing', () => {
		fc.assert(
			fc.property(damaged(poisoned(whole)), object => {
				for (const kind of kinds) project(kind, object);
				expectSafe(everything([object], others));
			}),
		);
		fc.assert(
			fc.property(
				fc.constantFrom(...others).chain(object => damaged(object)),
				object => {
					for (const kind of kinds) project(kind, object);
					expectSafe(everything([whole], [object]));
				},
			),
		);
		fc.assert(
			fc.property(fc.object(), object => {
				for (const kind of kinds) project(kind, object);
			}),
		);
	});
});
