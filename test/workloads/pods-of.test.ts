import {expect, test} from 'vitest';
import {keyOf, own, type RawName, type Reading} from '../../source/vocabulary.ts';
import type {JobRecord} from '../../source/workloads/job.ts';
import type {PodRecord} from '../../source/workloads/pod.ts';
import {podsOf} from '../../source/workloads/pods-of.ts';
import type {ReplicaSetRecord} from '../../source/workloads/replica-set.ts';

const raw = (name: string) => name as RawName;
const reading = <R>(records: ReadonlyMap<string, R> = new Map()): Reading<R> => ({state: {is: 'live'}, records, revision: 1});
const owners = {replicaSets: reading<ReplicaSetRecord>(), jobs: reading<JobRecord>()};

const pod = (name: string, more: Partial<PodRecord> = {}): PodRecord => ({
	uid: name,
	namespace: raw('media'),
	name: raw(name),
	actionable: true,
	createdAt: 1000,
	node: raw('nuc-1'),
	phase: 'Running',
	status: own('Running'),
	ready: true,
	readyAt: 1000,
	readyContainers: 1,
	containers: 1,
	restarts: 0,
	container: raw('app'),
	ended: undefined,
	ownerKind: own('ReplicaSet'),
	ownerName: raw('jellyfin-7d4b9'),
	component: undefined,
	kubeletDir: own(''),
	claims: [],
	trouble: undefined,
	milliCpu: 0,
	memory: 0,
	gpus: 0,
	gpuResource: raw(''),
	deletingAt: 0,
	...more,
});

const all = [
	pod('jellyfin-7d4b9-a'),
	pod('jellyfin-7d4b9-b', {ready: false, restarts: 2}),
	pod('jellyfin-7d4b9-c', {ready: false, restarts: 7}),
	pod('jellyfin-7d4b9-d', {namespace: raw('other')}),
	pod('tdarr-5f6c7-a', {ownerName: raw('tdarr-5f6c7')}),
];
const pods = reading(new Map(all.map(each => [keyOf(each.namespace, each.name), each])));
const names = (resource: string, name: string) =>
	podsOf({resource, namespace: raw('media'), name: raw(name)}, pods, owners).map(each => each.name as string);

test('finds the pods that a workload keeps, the worst off first', () => {
	expect(names('deployments.apps', 'jellyfin')).toEqual(['jellyfin-7d4b9-c', 'jellyfin-7d4b9-b', 'jellyfin-7d4b9-a']);
	expect(names('statefulsets.apps', 'jellyfin')).toEqual([]);
});

test('finds a pod by its name, and nothing for what is no pod', () => {
	expect(names('pods', 'tdarr-5f6c7-a')).toEqual(['tdarr-5f6c7-a']);
	expect(names('pods', 'gone')).toEqual([]);
	expect(names('nodes', 'nuc-1')).toEqual([]);
});
