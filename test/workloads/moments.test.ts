import {expect, test} from 'vitest';
import {warningKind} from '../../source/workloads/event.ts';
import {daemonSetKind, deploymentKind, jobKind, replicaSetKind, statefulSetKind} from '../../source/workloads/index.ts';
import {workloadsMoments} from '../../source/workloads/moments.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {expectSafe, poisoned} from '../_helpers/hostile.ts';
import {reading} from '../_helpers/reading.ts';
import {
	ago,
	condition,
	crashing,
	creating,
	daemonSet,
	deployment,
	job,
	minute,
	now,
	pod,
	podOf,
	replicaSet,
	second,
	statefulSet,
	warning,
} from './objects.ts';

type Name = 'deployments' | 'statefulSets' | 'daemonSets' | 'replicaSets' | 'jobs' | 'pods' | 'warnings';
type Objects = Partial<Readonly<Record<Name, readonly object[]>>>;

const happened = ({
	deployments = [],
	statefulSets = [],
	daemonSets = [],
	replicaSets = [],
	jobs = [],
	pods = [],
	warnings = [],
}: Objects) =>
	workloadsMoments(
		{
			deployments: reading(deploymentKind, deployments),
			statefulSets: reading(statefulSetKind, statefulSets),
			daemonSets: reading(daemonSetKind, daemonSets),
			replicaSets: reading(replicaSetKind, replicaSets),
			jobs: reading(jobKind, jobs),
			pods: reading(podKind, pods),
			warnings: reading(warningKind, warnings),
		},
		now,
	);
const told = (objects: Objects) =>
	happened(objects)
		.toSorted((a, b) => a.at - b.at)
		.map(({at, about, text, isChange}) => `-${(now - at) / minute}m ${about}${isChange ? '!' : ''}: ${text}`);

const made = (before: number) => ({creationTimestamp: ago(before * minute)});
const hours = 60;
const rollout = (revision: number, before: number, image: string) =>
	replicaSet(`media/jellyfin-${revision}b${revision}`, 'jellyfin', {
		revision,
		image,
		wanted: 0,
		metadata: {
			...made(before),
			annotations: {'deployment.kubernetes.io/revision': String(revision)},
			ownerReferences: [{kind: 'Deployment', name: 'jellyfin', controller: true}],
		},
	});

test('a rollout of the last day is a change, with the images it changed', () => {
	const replicaSets = [rollout(2, 10, 'a:2'), rollout(1, 900 * hours, 'a:1'), rollout(3, 5, 'a:2')];
	expect(told({replicaSets})).toEqual([
		'-10m media/jellyfin!: rollout of revision 2: a:1 → a:2',
		'-5m media/jellyfin!: rollout of revision 3: same images',
	]);
	expect(happened({replicaSets})[0]?.subject).toEqual({resource: 'deployments.apps', namespace: 'media', name: 'jellyfin'});
	expect(told({replicaSets: [rollout(1, 3, 'a:1')]})).toEqual(['-3m media/jellyfin!: rollout of revision 1: a:1']);
});

const writtenBy = (manager: string, before: number, part = 'spec') => ({
	manager,
	operation: 'Update',
	time: ago(before * minute),
	fieldsV1: {[`f:${part}`]: {}},
});

test('whoever changes a workload leaves a name and a time', () => {
	const metadata = (...managedFields: readonly object[]) => ({metadata: {...made(900 * hours), managedFields}});
	const scaled = deployment('media/jellyfin', {wanted: 0, ...metadata(writtenBy('kubectl-scale', 20))});
	const byStatus = deployment('media/other', metadata(writtenBy('kube-controller-manager', 20, 'status')));
	const upgraded = {
		...daemonSet('longhorn-system/longhorn-manager'),
		metadata: {namespace: 'longhorn-system', name: 'longhorn-manager', ...metadata(writtenBy('helm', 9)).metadata},
		spec: {template: {spec: {containers: [{image: 'longhorn-manager:v1.11.0'}]}}},
	};
	const young = statefulSet('ai/ollama', {wanted: 1, metadata: {...made(3), managedFields: [writtenBy('helm', 3)]}});
	expect(told({deployments: [scaled, byStatus], daemonSets: [upgraded], statefulSets: [young]})).toEqual([
		'-20m media/jellyfin!: changed by kubectl-scale: wants 0 pods',
		'-9m longhorn-system/longhorn-manager!: changed by helm: wants longhorn-manager:v1.11.0',
		'-3m ai/ollama!: created by helm: wants 1 pod of ghcr.io/a/b:1',
	]);
});

test('a rollout tells who did it, and is told once', () => {
	const managedFields = [writtenBy('kubectl-edit', 10)];
	const deployments = [deployment('media/jellyfin', {metadata: {...made(900 * hours), managedFields}})];
	const replicaSets = [rollout(2, 10, 'a:2'), rollout(1, 900 * hours, 'a:1')];
	expect(told({deployments, replicaSets})).toEqual(['-10m media/jellyfin!: rollout of revision 2: a:1 → a:2, by kubectl-edit']);
});

test('pods in trouble that were made together are told together', () => {
	const pods = ['0', '1', '2'].map(at =>
		podOf(`a/b-${at}`, 'DaemonSet', 'b', {...crashing(), metadata: made(at === '2' ? 70 : 50)}),
	);
	expect(told({pods})).toEqual(expect.arrayContaining(['-70m a/b: created b-2', '-50m a/b: created 2 pods']));
	expect(told({pods}).filter(text => text.includes(': exit '))).toEqual([
		expect.stringMatching(/: exit 1 Error: main of 3 pods$/),
	]);
});

test('a Deployment tells since when too few of it are there, and since when pods are refused', () => {
	const conditions = [
		condition('Available', 'False', 4 * minute),
		condition('ReplicaFailure', 'True', 6 * minute, 'FailedCreate', 'exceeded quota: media'),
	];
	expect(told({deployments: [deployment('media/jellyfin', {conditions})]})).toEqual([
		'-6m media/jellyfin: pods refused: exceeded quota: media',
		'-4m media/jellyfin: Available turned False',
	]);
	expect(told({deployments: [deployment('media/jellyfin', {conditions: [condition('Available', 'True', minute)]})]})).toEqual([]);
});

test('a job that failed is told with its CronJob', () => {
	const failed = [
		condition('Failed', 'True', 30 * minute, 'BackoffLimitExceeded', 'Job has reached the specified backoff limit'),
	];
	expect(told({jobs: [job('ops/trim-29400000', failed, 'trim'), job('ops/once', [])]})).toEqual([
		'-30m ops/trim: job trim-29400000 failed: BackoffLimitExceeded: Job has reached the specified backoff limit',
	]);
});

test('of a pod: how a container ended, when it was made if it is in trouble, and when it was to be gone', () => {
	const pods = [
		podOf('media/jellyfin-0', 'StatefulSet', 'jellyfin', {
			...crashing({exitCode: 137, reason: 'OOMKilled', endedAgo: minute}),
			metadata: made(50),
		}),
		podOf('media/old-0', 'StatefulSet', 'old', {ready: false, metadata: {deletionTimestamp: ago(20 * minute)}}),
		podOf('media/full-0', 'StatefulSet', 'full', {
			ready: false,
			status: {phase: 'Failed', reason: 'Evicted', containerStatuses: []},
		}),
		pod('media/fine', {metadata: made(2)}),
	];
	expect(told({pods})).toEqual([
		'-50m media/jellyfin: created jellyfin-0',
		'-20m media/old: deleting old-0',
		'-10m media/full: evicted full-0',
		'-1m media/jellyfin: exit 137 OOMKilled: main of jellyfin-0',
	]);
});

test('a kind of warning is told once for a workload, when it came first', () => {
	const pods = ['a', 'b'].map(name => podOf(`media/jellyfin-7d4b9-${name}`, 'ReplicaSet', 'jellyfin-7d4b9', creating()));
	const warnings = [
		warning('Pod media/jellyfin-7d4b9-a', 'Unhealthy', 'timed out', {firstAgo: 9 * minute}),
		warning('Pod media/jellyfin-7d4b9-b', 'Unhealthy', 'timed out too', {firstAgo: 12 * minute}),
		warning('ReplicaSet media/jellyfin-7d4b9', 'FailedCreate', 'exceeded quota', {firstAgo: 3 * minute}),
		warning('Node /nuc-1', 'Rebooted', 'told elsewhere'),
		warning('Pod media/jellyfin-7d4b9-a', 'NodeNotReady', 'told elsewhere'),
		warning('Pod media/jellyfin-7d4b9-a', 'FailedMount', 'MountVolume.SetUp failed for volume "v" : Connection timed out', {
			firstAgo: minute,
		}),
		warning('Pod media/jellyfin-3b3-x2x2x', 'BackOff', 'gone since', {firstAgo: 4 * minute}),
		warning('Pod media/gone', 'BackOff', 'no longer there', {firstAgo: 2 * minute}),
	];
	expect(
		told({pods, warnings, replicaSets: [rollout(3, 900 * hours, 'a:1')]}).filter(text => !text.includes(': created ')),
	).toEqual([
		'-12m media/jellyfin: Unhealthy: timed out too',
		'-4m media/jellyfin: BackOff: gone since',
		'-3m media/jellyfin: FailedCreate: exceeded quota',
		'-2m media/gone: BackOff: no longer there',
		'-1m media/jellyfin: FailedMount: Connection timed out',
	]);
});

test('nothing is told of what is longer ago than a day, or still to come', () => {
	const pods = [
		podOf('a/b-0', 'StatefulSet', 'b', {ready: false, metadata: {deletionTimestamp: new Date(now + 30 * second).toISOString()}}),
	];
	expect(told({pods, replicaSets: [rollout(4, 25 * hours, 'a:1')]})).toEqual([]);
});

test('holds nothing that a terminal could take for more than text', () => {
	const all = happened({
		replicaSets: [poisoned(rollout(1, 3, 'a:1'))],
		pods: [poisoned(pod('a/b', {...crashing(), metadata: made(2)}))],
		warnings: [poisoned(warning('StatefulSet a/b', 'FailedCreate', 'no'))],
	});
	expect(all.length).toBeGreaterThan(0);
	expectSafe(all.map(({about, text}) => [about, text]));
});
