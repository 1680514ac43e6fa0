import {describe, expect, test} from 'vitest';
import {createStore} from '../../source/cluster/store.ts';
import {counting} from '../../source/findings/counting.ts';
import {defaults} from '../../source/settings.ts';
import type {RawName} from '../../source/vocabulary.ts';
import {type WorkloadsFacts, workloadsFacts} from '../../source/workloads/facts.ts';
import {diagnoseWorkloads} from '../../source/workloads/findings.ts';
import {nodePodsTally} from '../../source/workloads/node-pods.ts';
import {type PodRecord, podKind} from '../../source/workloads/pod.ts';
import {troubledTally} from '../../source/workloads/troubled.ts';
import {project} from '../_helpers/hostile.ts';
import {input, told} from './cluster.ts';
import {crashing, creating, deployment, minute, now, type PodFields, podOf, pulling, warning} from './objects.ts';

const record = (fields: PodFields): PodRecord => {
	const made = project(podKind, podOf('load/x', 'StatefulSet', 'x', fields));
	if (made === undefined) throw new Error('left out');
	return made;
};
const [well, pulls, crashes] = [record({}), record(pulling()), record(crashing())];
const workloads = 1000;
const podsOf = 50;

/** A thousand workloads of fifty pods, of which every tenth has one pod whose image cannot be pulled. */
function largeCluster() {
	const store = createStore<PodRecord>('pods', {
		line: () => ({is: 'up', heardAt: now, roundTrips: [], latency: 'fast', skew: 0}),
		changed: () => {},
	});
	store.say({state: {is: 'live'}});
	const put = (workload: number, at: number, as: PodRecord) => {
		const [ownerName, name] = [`w${workload}`, `w${workload}-${at}`] as const;
		store.put(`load/${name}`, {...as, uid: name, name: name as RawName, ownerName: ownerName as RawName});
	};
	for (let workload = 0; workload < workloads; workload++)
		for (let at = 0; at < podsOf; at++) put(workload, at, at === 0 && workload % 10 === 0 ? pulls : well);
	const [troubled, nodePods] = [counting(store, troubledTally), counting(store, nodePodsTally)];
	const rest = input({});
	const look = (previous?: WorkloadsFacts) => workloadsFacts({...rest, pods: troubled(), nodePods: nodePods()}, previous);
	return {put, look};
}

describe('of 50,000 pods', () => {
	const {put, look} = largeCluster();
	const first = look();
	const symptomsOf = (facts: WorkloadsFacts) => diagnoseWorkloads(facts, defaults).symptoms;

	test('those in trouble are told by their workload', () => {
		expect(first.troubled.length).toBe(100);
		expect(symptomsOf(first).length).toBe(100);
	});

	test('one that is well and changes is nothing new: the whole is the same object', () => {
		put(3, 7, {...well, restarts: 1});
		expect(look(first)).toBe(first);
	});

	test('one in trouble that changes is one new fact and one new symptom', () => {
		put(10, 0, crashes);
		const next = look(first);
		expect(next.troubled.filter(fact => !first.troubled.includes(fact)).map(({key}) => key)).toEqual(['load/w10']);
		const known = new Set(symptomsOf(first));
		expect(
			symptomsOf(next)
				.filter(symptom => !known.has(symptom))
				.map(({about}) => about),
		).toEqual(['load/w10']);
		put(10, 0, well);
		expect(look(next).troubled.length).toBe(99);
	});
});

describe('what did not change stays the same object', () => {
	const objects = {
		pods: [podOf('media/jellyfin-x', 'ReplicaSet', 'jellyfin-7d4b9', creating())],
		deployments: [deployment('media/jellyfin', {ready: 0})],
	};

	test('the diagnosis of the same facts and settings', () => {
		const facts = told(objects);
		expect(diagnoseWorkloads(facts, defaults)).toBe(diagnoseWorkloads(facts, defaults));
		expect(diagnoseWorkloads(facts, {...defaults, critical: []})).not.toBe(diagnoseWorkloads(facts, defaults));
	});

	test('the facts, when the same was read again', () => {
		const before = input(objects);
		const facts = workloadsFacts(before);
		const again = {...before, pods: {...before.pods, revision: before.pods.revision + 1}, now: now + minute};
		expect(workloadsFacts(again, facts)).toBe(facts);
	});

	test('not those that an event explains now, nor those whose node went', () => {
		const before = input(objects);
		const facts = workloadsFacts(before);
		const {warnings} = input({warnings: [warning('Pod media/jellyfin-x', 'FailedMount', 'timed out')]});
		expect(workloadsFacts({...before, warnings}, facts).troubled[0]?.failing?.title).toBe('cannot mount its volume');
		const standing = new Map([['nuc-1', {word: 'silent', since: now}] as const]);
		expect(workloadsFacts({...before, standing}, facts).short[0]?.troubled?.causes).toEqual(['node-not-ready:nuc-1']);
	});
});
