import {describe, expect, test} from 'vitest';
import {loseIt, lossesOf} from '../../source/actions/quick-look.ts';
import {own, type SourceState} from '../../source/vocabulary.ts';
import * as nodes from '../nodes/cluster.ts';
import {condition, etcdServer, lease, minutes, node, server, vip, voter} from '../nodes/objects.ts';
import * as storage from '../storage/cluster.ts';
import {engine, localVolume, longhornVolume, replica, volume} from '../storage/objects.ts';

type Objects = {readonly of: nodes.Objects; readonly stored?: storage.Objects};

const world = ({of, stored = {}}: Objects) => {
	const known = nodes.told(of);
	const standing = Object.fromEntries(known.nodes.map(({node: {name}, live: {word, since}}) => [name, {word, since}]));
	return {nodes: known, storage: storage.told({...stored, nodes: standing})};
};
const words = (objects: Objects) => Object.fromEntries([...loseIt(world(objects))].map(([name, {text}]) => [name, text]));

const member = (name: string) => node(name, {labels: etcdServer, conditions: [voter]});
const servers = ['nuc-1', 'nuc-2', 'nuc-3'];
const workers = servers.map(name => node(name));
const lost = [lease('nuc-1'), lease('nuc-2', 35 * minutes), lease('nuc-3')];

describe('a node that can be lost', () => {
	test('is a server of three that are well, and a worker with nothing of its own', () => {
		const all = [...servers.map(member), node('pi4-1')];
		expect(words({of: {nodes: all}})).toEqual({'nuc-1': 'yes', 'nuc-2': 'yes', 'nuc-3': 'yes', 'pi4-1': 'yes'});
	});

	test('is not one whose vote is needed; the lost one itself is not asked', () => {
		const all = [...servers.map(member), node('pi4-1')];
		const leases = [...lost, lease('pi4-1')];
		expect(words({of: {nodes: all, leases}})).toEqual({'nuc-1': 'no: etcd', 'nuc-2': '–', 'nuc-3': 'no: etcd', 'pi4-1': 'yes'});
	});

	test('is a member that has no vote to lose any more', () => {
		const failing = node('nuc-2', {labels: etcdServer, conditions: [condition('EtcdIsVoter', 'False', minutes, 'Unhealthy')]});
		expect(words({of: {nodes: [member('nuc-1'), failing, member('nuc-3')]}})).toEqual({
			'nuc-1': 'no: etcd',
			'nuc-2': 'yes',
			'nuc-3': 'no: etcd',
		});
	});

	test('is not one of Talos either when another is gone, nor the only control plane', () => {
		const talos = (name: string) => node(name, {labels: server, info: {osImage: 'Talos (v1.13.9)'}});
		expect(words({of: {nodes: servers.map(talos), leases: lost}})['nuc-1']).toBe('no: etcd');
		expect(words({of: {nodes: [node('nuc-1', {labels: server}), node('pi4-1')]}})).toEqual({'nuc-1': 'no: API', 'pi4-1': 'yes'});
	});

	test('is not one with the last healthy copy of a volume', () => {
		const stored = {
			volumes: [volume('pvc-1', 'nvme', 'media/jellyfin-config')],
			longhornVolumes: [longhornVolume('pvc-1', 'media/jellyfin-config')],
			replicas: [replica('a', 'pvc-1', 'nuc-1'), replica('b', 'pvc-1', 'nuc-2')],
			engines: [engine('pvc-1', {a: 'RW', b: 'RW'})],
		};
		expect(words({of: {nodes: workers}, stored})).toEqual({'nuc-1': 'yes', 'nuc-2': 'yes', 'nuc-3': 'yes'});
		expect(words({of: {nodes: workers, leases: lost}, stored})).toEqual({'nuc-1': 'no: last copy', 'nuc-2': '–', 'nuc-3': 'yes'});
		expect(lossesOf(world({of: {nodes: workers, leases: lost}, stored}), 'nuc-1')).toEqual([
			'the last healthy copy of media/jellyfin-config',
		]);
	});

	test('is one with a but where data lies on it alone, by its name or that of its host', () => {
		const named = node('nuc-1', {labels: {'kubernetes.io/hostname': 'nuc-1.lan'}});
		for (const host of ['nuc-1', 'nuc-1.lan'])
			expect(
				words({of: {nodes: [named, node('nuc-2')]}, stored: {volumes: [localVolume('pvc-9', 'media/cache', host)]}}),
			).toEqual({
				'nuc-1': 'yes, but data',
				'nuc-2': 'yes',
			});
	});

	test('is one with a but where it has the only GPUs of a kind, or a VIP', () => {
		const gpus = {capacity: {'nvidia.com/gpu': '1'}, allocatable: {'nvidia.com/gpu': '1'}};
		const [a, b] = [node('gpu-1', {status: gpus}), node('gpu-2', {status: gpus})];
		expect(words({of: {nodes: [a, node('nuc-1')], systemLeases: [vip()]}})).toEqual({
			'gpu-1': 'yes, but GPU',
			'nuc-1': 'yes, but VIP',
		});
		expect(words({of: {nodes: [a, b]}})).toEqual({'gpu-1': 'yes', 'gpu-2': 'yes'});
		expect(words({of: {nodes: [a, b], leases: [lease('gpu-1', 35 * minutes), lease('gpu-2')]}})['gpu-2']).toBe('yes, but GPU');
	});
});

describe('what is not known', () => {
	const denied: SourceState = {is: 'denied', verb: own('list'), resource: own('replicas.longhorn.io')};
	const one = {of: {nodes: [node('nuc-1')]}};

	test('is not called safe: a source that is loading or denied, a manager that is gone', () => {
		for (const stored of [{states: {replicas: denied}}, {states: {volumes: {is: 'loading'} as const}}, {managerReady: false}])
			expect(words({...one, stored})).toEqual({'nuc-1': 'not known'});
	});

	test('is what nobody installed', () => {
		const absent: SourceState = {is: 'absent'};
		const states = {longhornVolumes: absent, longhornNodes: absent, replicas: absent, engines: absent};
		expect(words({...one, stored: {states, managerReady: false}})).toEqual({'nuc-1': 'yes'});
	});

	test('does not hide what is', () => {
		expect(words({of: {nodes: servers.map(member), leases: lost}, stored: {states: {replicas: denied}}})['nuc-1']).toBe(
			'no: etcd',
		);
	});
});

describe('a look that says the same', () => {
	test('is the same map, and each of its words the same object', () => {
		const facts = world({of: {nodes: workers}});
		const before = loseIt(facts);
		expect(loseIt(facts)).toBe(before);
		const written = volume('pvc-1', 'nvme', 'media/jellyfin-config');
		expect(loseIt({...facts, storage: storage.told({volumes: [written]})})).toBe(before);
		const other = loseIt(world({of: {nodes: [...workers, node('nuc-4')]}}));
		for (const [name, look] of before) expect(other.get(name)).toBe(look);
	});

	test('costs a thousand nodes less than a frame when one of them changes', () => {
		const many = Array.from({length: 1000}, (_, at) => (at < 3 ? member(`node-${at}`) : node(`node-${at}`)));
		const facts = world({of: {nodes: many}});
		loseIt(facts);
		const from = performance.now();
		for (let round = 0; round < 20; round++) loseIt({...facts, nodes: {...facts.nodes, nodes: [...facts.nodes.nodes]}});
		expect((performance.now() - from) / 20).toBeLessThan(16);
	});

	test('of a node that is not there says nothing', () => {
		expect(lossesOf(world({of: {nodes: workers}}), 'nuc-9')).toEqual([]);
	});
});
