import {describe, expect, test} from 'vitest';
import type {KubeObject, ResourceType} from '../../../../source/demo/model.ts';
import {builtin} from '../../../../source/demo/server/builtin.ts';
import {humanDuration} from '../../../../source/demo/server/forms/cells.ts';
import {columnsOf} from '../../../../source/demo/server/forms/columns.ts';
import {jsonPath} from '../../../../source/demo/server/json-path.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

/** Cells by column. */
function cells(plural: string, object: object): Record<string, unknown> {
	const resource = builtin.find(each => each.plural === plural) as ResourceType;
	const made = columnsOf(resource).map(column => [column.name, column.of(object as KubeObject, now)]);
	return Object.fromEntries(made) as Record<string, unknown>;
}

test.each([
	[-5, '<invalid>'],
	[-1, '0s'],
	[119, '119s'],
	[120, '2m'],
	[200, '3m20s'],
	[600, '10m'],
	[10_799, '179m'],
	[10_800, '3h'],
	[11_000, '3h3m'],
	[172_799, '47h'],
	[172_800, '2d'],
	[180_000, '2d2h'],
	[700_000, '8d'],
	[86_400 * 729, '729d'],
	[86_400 * 731, '2y1d'],
	[86_400 * 365 * 9, '9y'],
])('%i seconds are %s', (seconds, text) => {
	expect(humanDuration(seconds)).toBe(text);
});

describe('pods', () => {
	const pod = (status: object, more: object = {}) => ({
		metadata: {name: 'p', creationTimestamp: ago(60), ...more},
		spec: {containers: [{name: 'a'}, {name: 'b'}], nodeName: 'n1'},
		status,
	});
	const running = {ready: true, restartCount: 0, state: {running: {startedAt: ago(50)}}};
	const waiting = (reason: string) => ({
		ready: false,
		restartCount: 4,
		state: {waiting: {reason}},
		lastState: {terminated: {finishedAt: ago(300)}},
	});

	test.each([
		['running', {phase: 'Running', containerStatuses: [running, running]}, {}, '2/2', 'Running', '0'],
		[
			'crash-looping',
			{phase: 'Running', containerStatuses: [running, waiting('CrashLoopBackOff')]},
			{},
			'1/2',
			'CrashLoopBackOff',
			'4 (5m ago)',
		],
		['pending', {phase: 'Pending'}, {}, '0/2', 'Pending', '0'],
		['evicted', {phase: 'Failed', reason: 'Evicted'}, {}, '0/2', 'Evicted', '0'],
		[
			'leaving',
			{phase: 'Running', containerStatuses: [running, running]},
			{deletionTimestamp: ago(1)},
			'2/2',
			'Terminating',
			'0',
		],
		['on a lost node', {phase: 'Running', reason: 'NodeLost'}, {deletionTimestamp: ago(1)}, '0/2', 'Unknown', '0'],
		[
			'gated',
			{phase: 'Pending', conditions: [{type: 'PodScheduled', reason: 'SchedulingGated'}]},
			{},
			'0/2',
			'SchedulingGated',
			'0',
		],
		[
			'failed by a signal',
			{phase: 'Failed', containerStatuses: [{state: {terminated: {exitCode: 137, signal: 9}}}]},
			{},
			'0/2',
			'Signal:9',
			'0',
		],
		[
			'not ready any longer',
			{phase: 'Running', containerStatuses: [running, {state: {terminated: {exitCode: 0, reason: 'Completed'}}}]},
			{},
			'1/2',
			'NotReady',
			'0',
		],
	])('one that is %s', (_, status, metadata, ready, reason, restarts) => {
		expect(cells('pods', pod(status, metadata))).toMatchObject({
			Name: 'p',
			Ready: ready,
			Status: reason,
			Restarts: restarts,
			Age: '60s',
		});
	});

	test('init containers say how far they are, or why they are not', () => {
		const starting = (state: object) => ({
			metadata: {name: 'p'},
			spec: {initContainers: [{name: 'i'}, {name: 'j'}], containers: [{name: 'a'}]},
			status: {
				phase: 'Pending',
				initContainerStatuses: [
					{name: 'i', state},
					{name: 'j', state: {waiting: {reason: 'PodInitializing'}}},
				],
			},
		});
		expect(cells('pods', starting({running: {}})).Status).toBe('Init:0/2');
		expect(cells('pods', starting({terminated: {exitCode: 0}})).Status).toBe('Init:1/2');
		expect(cells('pods', starting({terminated: {exitCode: 3}})).Status).toBe('Init:ExitCode:3');
		expect(cells('pods', starting({waiting: {reason: 'ImagePullBackOff'}})).Status).toBe('Init:ImagePullBackOff');
	});
});

test('nodes: state, roles and addresses', () => {
	const node = {
		metadata: {name: 'n', labels: {'node-role.kubernetes.io/etcd': 'true', 'node-role.kubernetes.io/control-plane': ''}},
		spec: {unschedulable: true},
		status: {
			conditions: [{type: 'Ready', status: 'Unknown'}],
			addresses: [{type: 'InternalIP', address: '10.0.0.1'}],
			nodeInfo: {kubeletVersion: 'v1.36.3', kernelVersion: '6.1', architecture: 'arm64'},
		},
	};
	expect(cells('nodes', node)).toMatchObject({
		Status: 'NotReady,SchedulingDisabled',
		Roles: 'control-plane,etcd',
		Version: 'v1.36.3',
		'Internal-IP': '10.0.0.1',
		'External-IP': '<none>',
		'Kernel-Version': '6.1 (arm64)',
		Age: '<unknown>',
	});
	expect(cells('nodes', {metadata: {name: 'n'}})).toMatchObject({Status: 'Unknown', Roles: '<none>'});
});

test('services: the address outside, or that it is waited for', () => {
	const service = (type: string, more: object = {}) => ({
		metadata: {name: 's'},
		spec: {
			type,
			clusterIPs: ['10.43.0.1'],
			ports: [
				{port: 80, nodePort: 30080, protocol: 'TCP'},
				{port: 53, protocol: 'UDP'},
			],
		},
		...more,
	});
	expect(cells('services', service('LoadBalancer'))).toMatchObject({
		'External-IP': '<pending>',
		'Port(s)': '80:30080/TCP,53/UDP',
	});
	const assigned = {status: {loadBalancer: {ingress: [{ip: '10.0.0.9'}]}}};
	expect(cells('services', service('LoadBalancer', assigned))['External-IP']).toBe('10.0.0.9');
	expect(cells('services', service('ClusterIP'))).toMatchObject({'Cluster-IP': '10.43.0.1', 'External-IP': '<none>'});
});

test('claims, volumes, classes, budgets, jobs and events', () => {
	const claim = {
		metadata: {name: 'c'},
		spec: {volumeName: 'v'},
		status: {phase: 'Bound', capacity: {storage: '1Gi'}, accessModes: ['ReadWriteOnce', 'ReadWriteMany']},
	};
	expect(cells('persistentvolumeclaims', claim)).toMatchObject({Status: 'Bound', Capacity: '1Gi', 'Access Modes': 'RWO,RWX'});
	expect(cells('persistentvolumes', {metadata: {name: 'v'}, spec: {claimRef: {namespace: 'a', name: 'c'}}})).toMatchObject({
		Claim: 'a/c',
	});
	const annotations = {'storageclass.kubernetes.io/is-default-class': 'true'};
	expect(cells('storageclasses', {metadata: {name: 's', annotations}})).toMatchObject({
		Name: 's (default)',
		ReclaimPolicy: 'Delete',
	});
	const budget = {metadata: {name: 'b'}, spec: {minAvailable: '50%'}, status: {disruptionsAllowed: 2}};
	expect(cells('poddisruptionbudgets', budget)).toMatchObject({
		'Min Available': '50%',
		'Max Unavailable': 'N/A',
		'Allowed Disruptions': 2,
	});
	const job = {metadata: {name: 'j'}, spec: {completions: 3}, status: {succeeded: 1, startTime: ago(90)}};
	expect(cells('jobs', job)).toMatchObject({Status: 'Running', Completions: '1/3', Duration: '90s'});
	const event = {
		metadata: {name: 'e'},
		lastTimestamp: ago(30),
		type: 'Warning',
		reason: 'Failed',
		involvedObject: {kind: 'Pod', name: 'p'},
		message: ' text\n',
	};
	expect(cells('events', event)).toMatchObject({'Last Seen': '30s', Object: 'pod/p', Message: 'text', Count: 1});
});

test.each([
	['.spec.size', 3],
	['.metadata.creationTimestamp', 'then'],
	['.status.conditions[?(@.type=="Ready")].status', 'True'],
	['.status.conditions[1].type', 'Ready'],
	['.status.conditions[*].type', 'Other'],
	["['spec']['a.b']", 'dotted'],
	['.spec.none.deeper', undefined],
])('the JSONPath %s', (path, expected) => {
	const object = {
		metadata: {creationTimestamp: 'then'},
		spec: {size: 3, 'a.b': 'dotted'},
		status: {
			conditions: [
				{type: 'Other', status: 'False'},
				{type: 'Ready', status: 'True'},
			],
		},
	};
	expect(jsonPath(object, path)).toBe(expected);
});
