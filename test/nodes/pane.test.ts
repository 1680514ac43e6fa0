import {describe, expect, test} from 'vitest';
import {nodesFacts} from '../../source/nodes/facts.ts';
import {nodesView} from '../../source/nodes/view.ts';
import {own, type SourceState} from '../../source/vocabulary.ts';
import {rowTexts} from '../_helpers/told.ts';
import {pod} from '../workloads/objects.ts';
import {input, type Objects, told} from './cluster.ts';
import {
	ago,
	condition,
	cordoned,
	days,
	etcdServer,
	event,
	lease,
	minutes,
	node,
	now,
	plan,
	seconds,
	server,
	usage,
	vip,
	voter,
	wroteCordon,
} from './objects.ts';

const rows = (objects: Objects, columns = ['name', 'roles', 'state']) => rowTexts(nodesView(told(objects)), columns);
const summary = (objects: Objects) => nodesView(told(objects)).summary;
const notes = (objects: Objects) => nodesView(told(objects)).notes.map(({text}) => text);
/** The state of one node, with its lease as old as given, beside another that is well. */
const state = (fields: Parameters<typeof node>[1], renewed = 5 * seconds) =>
	rows({nodes: [node('nuc-2', fields), node('ok')], leases: [lease('nuc-2', renewed), lease('ok')]}, ['state'])[0];

describe('a node', () => {
	test('that is well is told with all that is known of it', () => {
		const nodes = [node('nuc-1', {labels: etcdServer, conditions: [voter]})];
		const view = nodesView(told({nodes, metrics: [usage('nuc-1')], pods: [pod('a/b'), pod('a/c')]}));
		expect(
			rowTexts(
				view,
				view.columns.map(({id}) => id),
			),
		).toEqual(['ok | nuc-1 | cp,etcd | ready | – | 23% | 50% | 2/110 | v1.35.1+k3s1 | 40d | 10.0.0.11 | amd64']);
		expect(view.rows[0]?.subject).toEqual({resource: 'nodes', namespace: '', name: 'nuc-1'});
	});

	test.each([
		['ok | ready', {}, 5 * seconds],
		['bad | silent 35m', {conditions: [condition('Ready', 'Unknown', 34 * minutes, 'NodeStatusUnknown')]}, 35 * minutes],
		['bad | silent 50s', {}, 50 * seconds],
		['warn | late 30s', {}, 30 * seconds],
		['bad | not ready 5m', {conditions: [condition('Ready', 'False', 5 * minutes, 'KubeletNotReady')]}, 5 * seconds],
		['held | cordoned 2d', {spec: cordoned(2 * days)}, 5 * seconds],
		['held | cordoned', {spec: {unschedulable: true}}, 5 * seconds],
		[
			'held | cordoned 10m by Talos',
			{spec: cordoned(10 * minutes), metadata: {annotations: {'talos.dev/cordoned': ''}}},
			5 * seconds,
		],
		['bad | not ready 5m, cordoned', {spec: cordoned(days), conditions: [condition('Ready', 'False', 5 * minutes)]}, 5 * seconds],
		['held | cordoned 2d by kubectl', {spec: cordoned(2 * days), metadata: wroteCordon('kubectl')}, 5 * seconds],
		['warn | ready, disk pressure', {conditions: [condition('DiskPressure', 'True')]}, 5 * seconds],
		['warn | ready, no network', {conditions: [condition('NetworkUnavailable', 'True')]}, 5 * seconds],
		['warn | ready, deleting', {metadata: {deletionTimestamp: ago(minutes)}}, 5 * seconds],
		['held | ready, draining', {conditions: [condition('DrainInProgress', 'True')]}, 5 * seconds],
		['ok | ready', {conditions: [condition('SomethingNobodyKnows', 'True')]}, 5 * seconds],
		[
			'warn | ready, etcd member is learner',
			{conditions: [condition('EtcdIsVoter', 'False', minutes, 'MemberIsLearner')]},
			5 * seconds,
		],
	])('%s', (words, fields, renewed) => {
		expect(state(fields, renewed)).toBe(words);
	});

	test('that is upgraded says so, and that its plan cordoned it', () => {
		const plans = [plan('k3s-server', ['a'])];
		expect(rows({nodes: [node('a', {spec: cordoned(5 * minutes)})], plans})).toEqual([
			'held | a | worker | cordoned 5m by plan k3s-server, upgrading',
		]);
	});

	test('whose kubelet was restarted says so for an hour', () => {
		const at = (since: number) => rows({nodes: [node('a')], events: [event('a', 'Starting', since)]}, ['state']);
		expect([at(12 * minutes), at(60 * minutes)]).toEqual([['ok | ready, kubelet restarted 12m ago'], ['ok | ready']]);
	});

	test.each<[string, string, string | undefined]>([
		['risk | ready, kubelet 3 minors older', 'v1.33.2', 'warn'],
		['risk | ready, kubelet newer than the API server', 'v1.37.0', 'bad'],
		['ok | ready', 'v1.35.0', undefined],
	])('that is %s of an API server v1.36', (words, kubeletVersion, mark) => {
		const objects = {nodes: [node('a', {info: {kubeletVersion}})], serverVersion: 'v1.36.1'};
		expect(rows(objects, ['state'])).toEqual([words]);
		const version = nodesView(told(objects)).rows[0]?.cells.find(({text}) => text === kubeletVersion);
		expect(version?.health).toBe(mark);
	});

	test('that never reported is unknown, not well', () => {
		const young = {metadata: {creationTimestamp: ago(30 * seconds)}, status: {conditions: [], allocatable: {}}};
		expect(rows({nodes: [node('new', young), node('ok')], leases: [lease('ok')]}, ['state', 'cpu', 'pods'])[0]).toBe(
			'unknown | unknown 30s | – | 0',
		);
	});

	test('with an old heartbeat in its status is well as long as its lease is young', () => {
		expect(state({conditions: [{...condition('Ready', 'True'), lastHeartbeatTime: ago(5 * minutes)}]})).toBe('ok | ready');
	});

	test('marks what is almost full, and leaves out what nobody measured', () => {
		const objects = {nodes: [node('a'), node('b')], metrics: [usage('a', '3900m', '1Gi')]};
		const [a] = nodesView(told(objects)).rows;
		expect(rows(objects, ['name', 'cpu', 'memory'])).toEqual(['ok | a | 98% | 13%', 'ok | b | – | –']);
		expect(a?.cells.map(({health}) => health)).toContain('warn');
	});

	test('that is silent has no figures any more', () => {
		const objects = {
			nodes: [node('a'), node('b')],
			leases: [lease('a', 5 * minutes), lease('b')],
			metrics: [usage('a'), usage('b')],
		};
		expect(rows(objects, ['name', 'cpu', 'memory'])).toEqual(['bad | a | – | –', 'ok | b | 23% | 50%']);
	});

	test('the worst come first, then by name', () => {
		const nodes = [
			node('b'),
			node('a'),
			node('d', {spec: cordoned(days)}),
			node('c', {conditions: [condition('Ready', 'False', minutes)]}),
		];
		expect(rows({nodes}, ['name'])).toEqual(['bad | c', 'held | d', 'ok | a', 'ok | b']);
	});
});

describe('the control plane', () => {
	const silent = condition('Ready', 'Unknown', 10 * minutes);
	const member = (name: string, ...conditions: readonly object[]) =>
		node(name, {labels: etcdServer, conditions: [voter, ...conditions]});
	const no = (reason: string) => condition('EtcdIsVoter', 'False', minutes, reason);
	const notVoting = (name: string, reason: string) => node(name, {labels: etcdServer, conditions: [no(reason)]});
	const talos = (name: string, ...conditions: readonly object[]) =>
		node(name, {
			labels: {'node-role.kubernetes.io/control-plane': ''},
			info: {osImage: 'Talos (v1.13.9)', kubeletVersion: 'v1.36.3'},
			conditions,
		});

	test.each<[string, readonly object[]]>([
		['4 of 4 · etcd 3/3, may lose 1', [member('a'), member('b'), member('c'), node('w')]],
		['2 of 3 · etcd 2/3, may lose 0', [member('a', silent), member('b'), member('c')]],
		['1 of 3 · etcd 1/3, no quorum', [member('a', silent), member('b', silent), member('c')]],
		['2 of 2 · etcd 2/2, may lose 0', [member('a'), member('b')]],
		['4 of 4 · etcd 3/3, may lose 1', [member('a'), member('b'), member('c'), notVoting('d', 'MemberIsLearner')]],
		['3 of 3 · etcd 2/3, may lose 0', [member('a'), member('b'), notVoting('c', 'Unhealthy')]],
		['3 of 3 · etcd 3/3 by node, may lose 1', [talos('a'), talos('b'), talos('c')]],
		['2 of 3 · etcd 2/3 by node, may lose 0', [talos('a', silent), talos('b'), talos('c')]],
		[
			'1 of 2 · etcd 1/2 by node, no quorum',
			[node('a', {labels: etcdServer}), node('b', {labels: etcdServer, conditions: [silent]})],
		],
		['2 of 2 · no etcd (kine)', [node('a', {labels: server}), node('w')]],
		['1 of 1', [node('a', {labels: server, info: {kubeletVersion: 'v1.35.0'}})]],
		['1 of 1', [node('w')]],
	])('%s', (words, nodes) => {
		expect(summary({nodes, leases: []})).toBe(words);
	});
});

describe('the VIP', () => {
	const nodes = [node('nuc-1', {labels: server}), node('nuc-2', {labels: server})];

	test('stands among the roles of the node that holds it', () => {
		expect(rows({nodes, systemLeases: [vip()]}, ['name', 'roles'])).toEqual(['ok | nuc-1 | cp,vip', 'ok | nuc-2 | cp']);
	});

	test('that nobody holds is said, and no node has it', () => {
		const objects = {nodes, systemLeases: [vip({renewed: minutes})]};
		expect(rows(objects, ['name', 'roles'])).toEqual(['ok | nuc-1 | cp', 'ok | nuc-2 | cp']);
		expect(notes(objects)).toEqual(['nobody holds the VIP of plndr-cp-lock']);
		expect(notes({nodes, systemLeases: [vip({renewed: 8 * days})]})).toEqual([]);
	});

	test('says which permission is missing to see it', () => {
		const systemLeases: SourceState = {
			is: 'denied',
			verb: own('list'),
			resource: own('leases.coordination.k8s.io'),
			namespace: own('kube-system'),
		};
		expect(notes({nodes, states: {systemLeases}})).toEqual([
			'leases of kube-system: denied: list leases.coordination.k8s.io in kube-system',
		]);
	});
});

describe('leases and clocks', () => {
	test('when no node at all renews, the nodes are not blamed for it', () => {
		const objects = {nodes: [node('a'), node('b')], leases: [lease('a', 70 * seconds), lease('b', 65 * seconds)]};
		expect(rows(objects, ['name', 'state'])).toEqual(['ok | a | ready', 'ok | b | ready']);
		expect(notes(objects)).toEqual(['no node renews its lease: the API server takes no writes, or all nodes are cut off']);
	});

	test.each<[string, SourceState]>([
		['cut off', {is: 'stale', since: now - 60 * seconds, why: own('connection lost')}],
		['polled', {is: 'polled', asOf: now - 60 * seconds, every: 30_000}],
	])('leases that are %s are compared with when they were heard of', (_, leases) => {
		const objects = {nodes: [node('a')], leases: [lease('a', 65 * seconds)], states: {leases}};
		expect(rows(objects, ['state'])).toEqual(['ok | ready']);
		expect(told(objects).changesAt).toBeGreaterThan(now);
	});

	test.each<[string, Objects]>([
		['was cut off', {states: {leases: {is: 'stale', since: now - 60 * seconds, why: own('connection lost')}}}],
		['took no writes', {}],
	])('after the API server %s, nodes get the time to renew before they are called late', (_, outage) => {
		const nodes = ['a', 'b', 'dead'].map(name => node(name));
		const old = [lease('a', 62 * seconds), lease('b', 64 * seconds), lease('dead', 66 * seconds)];
		const during = told({nodes, leases: old, ...outage});
		const [back, b] = [lease('a', -1 * seconds), lease('b', -8 * seconds)];
		const after = told({nodes, leases: [back, old[1], old[2]] as object[], at: now + seconds}, during);
		const late = told({nodes, leases: [lease('a', -11 * seconds), b, old[2]] as object[], at: now + 22 * seconds}, after);
		const words = [during, after, late].map(facts => rowTexts(nodesView(facts), ['name', 'state']));
		const well = ['ok | a | ready', 'ok | b | ready', 'ok | dead | ready'];
		expect(words).toEqual([well, well, ['bad | dead | silent 1m', 'ok | a | ready', 'ok | b | ready']]);
		expect(after.changesAt).toBe(now + 21 * seconds);
	});

	test('without leases the Ready condition alone decides, and the pane says so', () => {
		const denied: SourceState = {is: 'denied', verb: own('list'), resource: own('leases.coordination.k8s.io')};
		const nodes = [node('a', {conditions: [condition('Ready', 'Unknown', 3 * minutes)]}), node('b')];
		const objects = {nodes, leases: [], states: {leases: denied}};
		expect(rows(objects, ['name', 'state'])).toEqual(['bad | a | silent 3m', 'ok | b | ready']);
		expect(notes(objects)).toEqual(['leases: denied: list leases.coordination.k8s.io']);
	});

	test('a node whose clock is 30 s behind is late only until it is seen to renew', () => {
		const nodes = [node('a'), node('ok')];
		const first = told({nodes, leases: [lease('a', 32 * seconds), lease('ok')]});
		const second = told({nodes, leases: [lease('a', 30 * seconds), lease('ok')]}, first);
		const third = told({nodes, leases: [lease('a', 30 * seconds), lease('ok', -15 * seconds)], at: now + 21 * seconds}, second);
		const words = [first, second, third].map(facts => rowTexts(nodesView(facts), ['name', 'state'])[0]);
		expect(words).toEqual(['warn | a | late 30s', 'ok | a | ready', 'warn | a | late 20s']);
	});

	test('a clock that runs ahead does no harm', () => {
		expect(state({}, -90 * seconds)).toBe('ok | ready');
	});
});

describe('the pane', () => {
	test.each<[string, SourceState]>([
		['loading', {is: 'loading'}],
		['denied', {is: 'denied', verb: own('list'), resource: own('nodes')}],
	])('never says none while nodes are %s', (_, nodes) => {
		const view = nodesView(told({states: {nodes}}));
		expect([view.state, view.summary, view.rows]).toEqual([nodes, '', []]);
	});

	test('keeps the last rows when it is cut off, and is as stale as its nodes', () => {
		const stale: SourceState = {is: 'stale', since: now - minutes, why: own('no answer')};
		const view = nodesView(told({nodes: [node('a')], states: {nodes: stale, leases: stale, pods: stale, metrics: stale}}));
		expect(view.state).toEqual(stale);
		expect(rowTexts(view, ['name', 'state'])).toEqual(['ok | a | ready']);
		expect(view.notes).toEqual([]);
	});

	test('says of a source why it is old only where that is not why the whole pane is', () => {
		const stale: SourceState = {is: 'stale', since: now - minutes, why: own('no answer')};
		const alone: SourceState = {...stale, why: own('503')};
		const {notes: said} = nodesView(
			told({nodes: [node('a')], states: {nodes: stale, leases: stale, pods: stale, metrics: alone}}),
		);
		expect(said.map(({text}) => text)).toEqual(['metrics: 503']);
	});

	test('shows no count of pods before pods are known, and no zero for it', () => {
		expect(rows({nodes: [node('a')], states: {pods: {is: 'loading'}}}, ['pods'])).toEqual(['ok | –']);
		expect(rows({nodes: [node('a')]}, ['pods'])).toEqual(['ok | 0/110']);
	});

	test('says which permission is missing for metrics, and nothing when there is no metrics server', () => {
		const denied: SourceState = {is: 'denied', verb: own('list'), resource: own('nodes.metrics.k8s.io')};
		expect(notes({nodes: [node('a')], states: {metrics: denied}})).toEqual(['metrics: denied: list nodes.metrics.k8s.io']);
		expect(notes({nodes: [node('a')], states: {metrics: {is: 'absent'}}})).toEqual([]);
	});

	test('counts no pods for who sees one namespace of them, and says which', () => {
		const all = input({nodes: [node('a')], pods: [pod('media/x', {node: 'a'})]});
		const limitedTo = {namespace: own('media'), missing: own('list pods')};
		const view = nodesView(nodesFacts({...all, pods: {...all.pods, limitedTo}}));
		expect(rowTexts(view, ['pods'])).toEqual(['ok | –']);
		expect(view.notes.map(({text}) => text)).toEqual(['pods: only namespace media: list pods']);
	});
});
