import {describe, expect, test} from 'vitest';
import {etcdQuorum} from '../../../../source/actions/drain/checks/etcd-quorum.ts';
import {condition, cordoned, days, etcdServer, hours, lease, minutes, node, plan, server, voter} from '../../../nodes/objects.ts';
import {told} from './sight.ts';

const member = (name: string, fields: object = {}) => node(name, {labels: etcdServer, conditions: [voter], ...fields});
const unhealthy = {conditions: [condition('EtcdIsVoter', 'False', 20 * minutes, 'Unhealthy')]};
const talos = (name: string) => node(name, {labels: server, info: {osImage: 'Talos (v1.13.9)'}});
const silent = (name: string) => lease(name, 35 * minutes);
const three = ['nuc-1', 'nuc-2', 'nuc-3'];

describe('k3s with embedded etcd', () => {
	test('three voters may lose one', () => {
		expect(told(etcdQuorum, {nodes: three.map(name => member(name))})).toEqual([]);
	});

	test('with one silent already, another must not go', () => {
		const leases = [lease('nuc-1'), lease('nuc-2'), silent('nuc-3')];
		expect(told(etcdQuorum, {nodes: three.map(name => member(name)), leases})).toEqual([
			'overrides: without nuc-2 etcd has 1 of 3 voters and needs 2: once it is down, the API takes no writes; amiss already: nuc-3 (its node is silent)',
		]);
	});

	test('with one unhealthy already, another must not go', () => {
		const nodes = [member('nuc-1', unhealthy), member('nuc-2'), member('nuc-3')];
		expect(told(etcdQuorum, {nodes})).toEqual([expect.stringContaining('amiss already: nuc-1 (Unhealthy)')]);
	});

	test('the one that is lost already has nothing more to lose', () => {
		const leases = [lease('nuc-1'), silent('nuc-2'), lease('nuc-3')];
		expect(told(etcdQuorum, {nodes: three.map(name => member(name)), leases})).toEqual([]);
	});

	test('a server that is being drained or upgraded counts as gone, one that was cordoned long ago does not', () => {
		const others = (fields: object, plans: readonly object[] = []) =>
			told(etcdQuorum, {nodes: [member('nuc-1', fields), member('nuc-2'), member('nuc-3')], plans});
		const at = (since: number) => ({spec: cordoned(since)});
		expect(others(at(12 * minutes))).toEqual([
			expect.stringMatching(
				/^overrides: .*without nuc-2 and nuc-1 \(cordoned 12m ago\) etcd has 1 of 3 voters and needs 2: once they are down together, the API takes no writes$/,
			),
		]);
		expect(others({}, [plan('k3s-server', ['nuc-1'])])).toEqual([
			expect.stringContaining('nuc-1 (upgraded by plan system-upgrade/k3s-server)'),
		]);
		expect(others(at(2 * days))).toEqual([]);
	});

	test('one that is drained before in the same drain counts as gone, one that comes after does not', () => {
		const nodes = [member('nuc-1'), member('nuc-2'), member('nuc-3', {spec: cordoned(minutes)})];
		expect(told(etcdQuorum, {nodes, turns: ['nuc-1', 'nuc-2', 'nuc-3']})).toEqual([
			'overrides: without nuc-2 and nuc-1 (drained before it) etcd has 1 of 3 voters and needs 2: once they are down together, the API takes no writes',
		]);
		expect(told(etcdQuorum, {nodes, turns: ['nuc-2', 'nuc-1', 'nuc-3']})).toEqual([]);
	});

	test('two voters may lose none', () => {
		expect(told(etcdQuorum, {nodes: [member('nuc-1'), member('nuc-2')]})).toEqual([
			'overrides: without nuc-2 etcd has 1 of 2 voters and needs 2: once it is down, the API takes no writes',
		]);
	});

	test('an agent has no vote', () => {
		expect(told(etcdQuorum, {nodes: [member('nuc-1'), node('nuc-2'), member('nuc-3')]})).toEqual([]);
	});

	test('the only voter is the only control plane', () => {
		expect(told(etcdQuorum, {nodes: [member('nuc-2'), node('nuc-1')]})).toEqual([
			'hurts: nuc-2 is the only control plane (a single etcd voter): while it is down nothing can be changed, nor seen',
		]);
	});
});

describe('Talos, whose etcd Kubernetes does not see', () => {
	test('is counted by nodes, and that is said', () => {
		const leases = [lease('nuc-1'), lease('nuc-2'), silent('nuc-3')];
		expect(told(etcdQuorum, {nodes: three.map(talos), leases})).toEqual([
			expect.stringMatching(/^overrides: .*1 of 3 voters and needs 2, counted by their nodes, as etcd itself cannot be seen: /),
		]);
		expect(told(etcdQuorum, {nodes: three.map(talos)})).toEqual([]);
	});
});

describe('elsewhere', () => {
	test('kine is said to be no etcd', () => {
		expect(told(etcdQuorum, {nodes: [node('nuc-2', {labels: server}), node('nuc-1')]})).toEqual([
			expect.stringContaining('hurts: nuc-2 is the only control plane (kine, no etcd)'),
		]);
	});

	test('what cannot be seen is not known', () => {
		const plain = (name: string) => node(name, {labels: server, info: {kubeletVersion: 'v1.36.3'}});
		expect(told(etcdQuorum, {nodes: three.map(plain)})).toEqual([
			'unknown: whether etcd keeps its quorum without nuc-2 cannot be seen through Kubernetes here',
		]);
		expect(told(etcdQuorum, {nodes: [plain('nuc-1'), node('nuc-2')]})).toEqual([]);
	});

	test('a cordon of an hour is no beginning any more', () => {
		const nodes = [member('nuc-1', {spec: cordoned(hours)}), member('nuc-2'), member('nuc-3')];
		expect(told(etcdQuorum, {nodes})).toEqual([]);
	});
});
