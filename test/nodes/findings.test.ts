import {describe, expect, test} from 'vitest';
import type {Blind, FindingId, Symptom} from '../../source/diagnosis.ts';
import {type NodesFacts, nodesFacts} from '../../source/nodes/facts.ts';
import {diagnoseNodes} from '../../source/nodes/findings.ts';
import {own, type SourceState} from '../../source/vocabulary.ts';
import {pod} from '../workloads/objects.ts';
import {input, type Objects, told} from './cluster.ts';
import {
	condition,
	cordoned,
	days,
	election,
	etcdServer,
	event,
	hours,
	lease,
	minutes,
	type NodeFields,
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

const denied = (resource: string): SourceState => ({is: 'denied', verb: own('list'), resource: own(resource)});
const stale: SourceState = {is: 'stale', since: now - minutes, why: own('connection lost')};
const loading: SourceState = {is: 'loading'};

const symptoms = (objects: Objects): readonly Symptom[] => diagnoseNodes(told(objects)).symptoms;
const of = (id: FindingId, objects: Objects) => symptoms(objects).filter(symptom => symptom.id === id);
const blind = (objects: Objects): readonly Blind[] => diagnoseNodes(told(objects)).blind;
const blindTo = (id: FindingId, objects: Objects) => blind(objects).filter(({ids}) => ids.includes(id));

/** One node beside one that is well, so that it is not all of them that renew nothing. */
const one = (fields: NodeFields, renewed = 5 * seconds, more: Objects = {}): Objects => ({
	nodes: [node('nuc-2', fields), node('ok')],
	leases: [lease('nuc-2', renewed), lease('ok')],
	...more,
});
const silent = condition('Ready', 'Unknown', 34 * minutes, 'NodeStatusUnknown');
const says = condition('Ready', 'False', 5 * minutes, 'KubeletNotReady');
const three = (first: NodeFields, second: NodeFields = {}): readonly object[] => [
	node('nuc-1', {labels: etcdServer, conditions: [voter], ...first}),
	node('nuc-2', {labels: etcdServer, conditions: [voter], ...second}),
	node('nuc-3', {labels: etcdServer, conditions: [voter]}),
];

test('a cluster that is well has no symptoms', () => {
	const objects = {
		nodes: [...three({}), node('w')],
		metrics: [usage('nuc-1'), usage('w')],
		systemLeases: [vip()],
		serverVersion: 'v1.35.4+k3s1',
	};
	expect(diagnoseNodes(told(objects))).toEqual({symptoms: [], blind: []});
});

test('the same facts give the same diagnosis, unchanged nodes the same symptoms', () => {
	const nodes = [node('a', {conditions: [says]}), node('b')];
	const first = told({nodes});
	expect(diagnoseNodes(first)).toBe(diagnoseNodes(first));
	const more = input({nodes: [...nodes, node('c')]});
	const known = [...first.byName].map(([key, fact]) => [key, fact.node] as const);
	const second = nodesFacts({...more, nodes: {...more.nodes, records: new Map([...more.nodes.records, ...known])}}, first);
	expect(second.nodes).not.toBe(first.nodes);
	expect(diagnoseNodes(second).symptoms[0]).toBe(diagnoseNodes(first).symptoms[0]);
});

describe('node-not-ready', () => {
	const limits = {warning: minutes, critical: 5 * minutes};

	test('tells a silent kubelet, with what proves it', () => {
		const conditions = [{...silent, message: 'Kubelet stopped posting node status.'}];
		const [found, ...others] = symptoms({...one({conditions}, 35 * minutes), pods: [pod('a/b', {node: 'nuc-2'})]});
		expect(others).toEqual([]);
		expect(found).toEqual({
			id: 'node-not-ready',
			about: 'nuc-2',
			subject: {resource: 'nodes', namespace: '', name: 'nuc-2'},
			after: limits,
			since: now - 35 * minutes,
			title: 'kubelet silent',
			evidence: [
				'Ready Unknown: NodeStatusUnknown: Kubelet stopped posting node status.',
				'its lease has expired',
				'1 pod bound to it',
			],
			causes: [],
		});
	});

	test.each<[string, NodeFields, number, number, object]>([
		['kubelet says not ready', {conditions: [says]}, 5 * seconds, 5 * minutes, limits],
		['kubelet silent', {conditions: [says]}, 2 * minutes, 2 * minutes, limits],
		['kubelet silent', {conditions: [silent]}, 5 * seconds, 34 * minutes, limits],
		['kubelet silent', {conditions: [silent], labels: server}, 35 * minutes, 35 * minutes, {...limits, critical: 2 * minutes}],
		['never reported', {status: {conditions: []}}, 5 * seconds, 40 * days, limits],
	])('%s: %o', (title, fields, renewed, since, after) => {
		expect(of('node-not-ready', one(fields, renewed))).toMatchObject([{title, since: now - since, after}]);
	});

	test.each<[string, Objects]>([
		['upgraded by plan k3s-server to v1.36.1+k3s1', {plans: [plan('k3s-server', ['nuc-2'])]}],
		['upgraded by plan k3s-server', {plans: [plan('k3s-server', ['nuc-2'], '')]}],
	])('has a quarter of an hour while it is %s', (words, more) => {
		const found = of('node-not-ready', one({conditions: [silent], labels: server}, 35 * minutes, more));
		expect(found).toMatchObject([{title: `kubelet silent, ${words}`, after: {warning: minutes, critical: 15 * minutes}}]);
	});

	test.each<[string, NodeFields]>([
		['upgraded or rebooted by Talos', {metadata: {annotations: {'talos.dev/cordoned': ''}}, conditions: [silent]}],
		['in maintenance', {conditions: [silent, condition('MaintenanceInProgress', 'True')]}],
		['shutting down', {conditions: [silent, condition('GracefulNodeShutdownInProgress', 'True')]}],
	])('has a quarter of an hour while it is %s by its owner', (words, fields) => {
		const found = of('node-not-ready', one(fields, 35 * minutes));
		expect(found).toMatchObject([{title: `kubelet silent, ${words}`, after: {critical: 15 * minutes}}]);
	});

	test.each<[string, Objects]>([
		['is ready', one({})],
		['is only late', one({}, 39 * seconds)],
		['works on another node', one({}, 5 * seconds, {plans: [plan('k3s-server', ['ok'])]})],
	])('is not there where a node %s', (_, objects) => {
		expect(of('node-not-ready', objects)).toEqual([]);
	});
});

describe('node-lease-late', () => {
	test('is a lease that has expired while the node is called ready', () => {
		expect(symptoms(one({}, 41 * seconds))).toMatchObject([
			{
				id: 'node-lease-late',
				about: 'nuc-2',
				after: {warning: 60 * seconds},
				since: now - 41 * seconds,
				evidence: ['Ready True: KubeletReady', 'its lease has expired', '0 pods bound to it'],
			},
		]);
	});

	test.each([40 * seconds, 30 * seconds])('is not there %i ms after the last renewal', renewed => {
		expect(symptoms(one({}, renewed))).toEqual([]);
	});

	test('is gone with the next renewal, whatever the clock of the node', () => {
		const first = told(one({}, 10 * minutes));
		const next = told(one({}, 10 * minutes - 10 * seconds, {at: now + 10 * seconds}), first);
		expect([first, next].map(facts => diagnoseNodes(facts).symptoms.length)).toEqual([1, 0]);
	});

	test.each([denied('leases.coordination.k8s.io'), loading])('alone cannot be told where leases are %o', leases => {
		const objects = one({conditions: [silent]}, 5 * seconds, {leases: [], states: {leases}});
		expect(of('node-not-ready', objects)).toHaveLength(1);
		expect(blindTo('node-lease-late', objects)).toMatchObject([{ids: ['node-lease-late'], required: true}]);
	});
});

describe('while nobody can be blamed for silence', () => {
	const ids: readonly FindingId[] = ['node-not-ready', 'node-lease-late', 'etcd-quorum-at-risk'];

	test('because no node renews, nothing is told of their silence', () => {
		const objects = {...one({}, 70 * seconds), leases: [lease('nuc-2', 70 * seconds), lease('ok', 65 * seconds)]};
		expect(symptoms({...objects, systemLeases: [vip({renewed: 66 * seconds})]})).toEqual([]);
		expect(blind(objects)).toMatchObject([
			{
				ids: [...ids, 'node-pressure', 'etcd-not-voter', 'vip-without-owner'],
				what: 'nodes',
				why: 'no node renews its lease: the API server takes no writes, or all nodes are cut off',
				loading: false,
				required: true,
			},
			{ids: ['node-version-skew']},
		]);
	});

	test('because leases are cut off, likewise', () => {
		const objects = one({}, 70 * seconds, {states: {leases: stale}});
		expect(symptoms(objects)).toEqual([]);
		expect(blind(objects)[0]).toMatchObject({ids, why: 'leases: connection lost', loading: false, required: true});
	});

	test('because nodes are cut off, nothing at all is', () => {
		const [all] = blind(one({}, 5 * seconds, {states: {nodes: stale}}));
		expect(all).toMatchObject({what: 'nodes', why: 'nodes: connection lost', loading: false, required: true});
		expect(all?.ids).toContain('control-plane-single');
		expect(all?.ids).toContain('node-cordoned');
	});

	test('because nodes may not be read, likewise', () => {
		const [all] = blind({states: {nodes: denied('nodes')}});
		expect(all).toMatchObject({why: 'nodes: not permitted: list nodes', loading: false, required: true});
	});

	test('because half of them are read, the other half is waited for', () => {
		const objects: Objects = {nodes: three({conditions: [silent, voter]}).slice(0, 2), states: {nodes: loading}};
		expect(symptoms(objects)).toEqual([]);
		expect(blind(objects)[0]).toMatchObject({why: 'nodes: not read yet', loading: true, required: true});
	});
});

describe('node-pressure', () => {
	const critical = {critical: minutes};
	const warning = {warning: minutes};

	test.each<[string, object, number, readonly object[]]>([
		['disk pressure', critical, 3 * minutes, [condition('DiskPressure', 'True', 3 * minutes)]],
		['pid pressure', critical, 3 * minutes, [condition('PIDPressure', 'True', 3 * minutes)]],
		['memory pressure', warning, 3 * minutes, [condition('MemoryPressure', 'True', 3 * minutes)]],
		['no network', warning, 3 * minutes, [condition('NetworkUnavailable', 'True', 3 * minutes)]],
		[
			'memory pressure, disk pressure',
			critical,
			2 * minutes,
			[condition('MemoryPressure', 'True', days), condition('DiskPressure', 'True', 2 * minutes)],
		],
	])('%s', (title, after, since, conditions) => {
		expect(symptoms(one({conditions}))).toMatchObject([{id: 'node-pressure', title, after, since: now - since}]);
	});

	test('shows the condition, and who is to blame for a missing network', () => {
		const conditions = [{...condition('NetworkUnavailable', 'True', minutes, 'CiliumIsDown'), message: 'Cilium is not running'}];
		expect(symptoms(one({conditions}))).toMatchObject([
			{evidence: ['NetworkUnavailable True: CiliumIsDown: Cilium is not running'], causes: ['core-service-down:cilium on nuc-2']},
		]);
	});

	test('is not there where nothing presses, nor can it be told of a node that is silent', () => {
		expect(of('node-pressure', one({}))).toEqual([]);
		const conditions = [silent, condition('DiskPressure', 'Unknown', 34 * minutes)];
		const objects = one({conditions}, 35 * minutes);
		expect(of('node-pressure', objects)).toEqual([]);
		expect(blindTo('node-pressure', objects)).toMatchObject([
			{abouts: new Set(['nuc-2']), why: 'nuc-2 is silent', required: false},
		]);
	});
});

describe('node-memory-high', () => {
	const using = (memory: string, more: Objects = {}): Objects => ({...one({}), metrics: [usage('nuc-2', '1', memory)], ...more});

	test('is 95 % of what can be given out', () => {
		expect(symptoms(using('7782Mi'))).toMatchObject([]);
		expect(symptoms(using('7783Mi'))).toMatchObject([
			{
				id: 'node-memory-high',
				about: 'nuc-2',
				after: {warning: 5 * minutes},
				since: 0,
				title: 'memory 95% in use',
				evidence: ['7.6Gi of 8Gi allocatable in use'],
				causes: [],
			},
		]);
	});

	test('is explained by the pressure it makes', () => {
		const objects = {...one({conditions: [condition('MemoryPressure', 'True')]}), metrics: [usage('nuc-2', '1', '8Gi')]};
		expect(of('node-memory-high', objects)).toMatchObject([{causes: ['node-pressure:nuc-2']}]);
	});

	test.each<[SourceState, string]>([
		[denied('nodes.metrics.k8s.io'), 'metrics: not permitted: list nodes.metrics.k8s.io'],
		[stale, 'metrics: connection lost'],
		[loading, 'metrics: not read yet'],
	])('cannot be told while metrics are %o', (metrics, why) => {
		expect(blindTo('node-memory-high', using('1Gi', {states: {metrics}}))).toMatchObject([{what: 'metrics', why}]);
	});

	test('is nothing to miss where there is no metrics API', () => {
		expect(blindTo('node-memory-high', using('1Gi', {states: {metrics: {is: 'absent'}}}))).toEqual([]);
	});
});

describe('node-cordoned', () => {
	test('counts from the cordon, and names who did it where that is written', () => {
		expect(symptoms(one({spec: cordoned(2 * days), metadata: wroteCordon('kubectl')}))).toMatchObject([
			{
				id: 'node-cordoned',
				about: 'nuc-2',
				after: {warning: days},
				since: now - 2 * days,
				title: 'cordoned by kubectl',
				evidence: ['spec.unschedulable is set', 'last written by kubectl'],
			},
		]);
		expect(symptoms(one({spec: {unschedulable: true}}))).toMatchObject([{title: 'cordoned', since: 0}]);
	});

	test.each<[string, Objects]>([
		['nobody cordoned', one({})],
		['Talos cordoned', one({spec: cordoned(2 * days), metadata: {annotations: {'talos.dev/cordoned': ''}}})],
		['a plan upgrades', one({spec: cordoned(2 * days)}, 5 * seconds, {plans: [plan('k3s-agent', ['nuc-2'])]})],
	])('is not told of a node that %s', (_, objects) => {
		expect(of('node-cordoned', objects)).toEqual([]);
	});
});

describe('node-rebooted', () => {
	const rebooted = (since: number) =>
		event('nuc-2', 'Rebooted', since, {type: 'Warning', message: 'Node nuc-2 has been rebooted, boot id: boot-1'});

	test('is a note for an hour, by the event', () => {
		expect(symptoms(one({}, 5 * seconds, {events: [rebooted(59 * minutes)]}))).toMatchObject([
			{
				id: 'node-rebooted',
				about: 'nuc-2',
				after: {warning: 0},
				since: now - 59 * minutes,
				title: 'rebooted',
				evidence: ['Rebooted: Node nuc-2 has been rebooted, boot id: boot-1', 'boot id boot-1'],
			},
		]);
		expect(symptoms(one({}, 5 * seconds, {events: [rebooted(60 * minutes)]}))).toEqual([]);
	});

	test('is told where only the kubelet was restarted, and once where both were', () => {
		const started = event('nuc-2', 'Starting', 12 * minutes, {message: 'Starting kubelet.'});
		const proxy = event('nuc-2', 'Starting', minutes, {from: 'kube-proxy'});
		expect(symptoms(one({}, 5 * seconds, {events: [started, proxy]}))).toMatchObject([
			{title: 'kubelet restarted', since: now - 12 * minutes, evidence: ['Starting: Starting kubelet.', 'boot id boot-1']},
		]);
		expect(symptoms(one({}, 5 * seconds, {events: [started, rebooted(11 * minutes)]}))).toMatchObject([{title: 'rebooted'}]);
	});

	test('is seen by the boot id, once where the event follows', () => {
		const before = told(one({}));
		const seen = told(one({info: {bootID: 'boot-2'}}), before);
		expect(diagnoseNodes(seen).symptoms).toMatchObject([{title: 'rebooted', since: now, evidence: ['boot id boot-2']}]);
		const followed = told(one({info: {bootID: 'boot-2'}}, 5 * seconds, {events: [rebooted(20 * seconds)]}), seen);
		expect(followed.byName.get('nuc-2')?.reboots).toEqual([now - 20 * seconds]);
	});

	test('is an incident from the third within a day on', () => {
		const at = (...since: readonly number[]): Objects =>
			one({}, 5 * seconds, {rebootsSeen: new Map([['nuc-2', since.map(each => now - each)]])});
		expect(symptoms(at(5 * hours, 3 * hours))).toEqual([]);
		expect(symptoms(at(25 * hours, 5 * hours, 3 * hours))).toEqual([]);
		expect(symptoms(at(5 * hours, 3 * hours, 2 * hours))).toMatchObject([
			{class: 'incident', after: {warning: 0}, since: now - 2 * hours, title: 'rebooted 3 times in 24 h'},
		]);
	});

	test('is over when a day has passed', () => {
		const objects = one({}, 5 * seconds, {rebootsSeen: new Map([['nuc-2', [5, 3, 2].map(each => now - each * hours)]])});
		const first = told(objects);
		const late = told({...objects, leases: [lease('nuc-2', -19 * hours), lease('ok', -19 * hours)], at: now + 19 * hours}, first);
		expect(first.changesAt).toBeLessThanOrEqual(now + 19 * hours);
		expect(diagnoseNodes(late).symptoms).toEqual([]);
	});
});

describe('node-version-skew', () => {
	const at = (kubeletVersion: string, serverVersion = 'v1.35.4+k3s1') =>
		one({info: {kubeletVersion}}, 5 * seconds, {serverVersion});
	const found = (objects: Objects) => of('node-version-skew', objects).filter(({about}) => about === 'nuc-2');

	test.each<[string, string, object]>([
		['v1.36.0', 'kubelet newer than the API server', {critical: 0}],
		['v1.32.9+k3s1', 'kubelet 3 minors older', {warning: 0}],
		['v1.31.4', 'kubelet 4 minors older', {critical: 0}],
	])('a kubelet %s of an API server v1.35.4', (kubelet, title, after) => {
		expect(found(at(kubelet))).toMatchObject([
			{title, after, since: 0, evidence: [`kubelet ${kubelet}`, 'API server v1.35.4+k3s1']},
		]);
	});

	test.each(['v1.35.9', 'v1.33.0', '', 'unknown'])('a kubelet %s goes with it', kubelet => {
		expect(found(at(kubelet))).toEqual([]);
	});

	test('cannot be told while the API server does not say what it is', () => {
		expect(found(one({info: {kubeletVersion: 'v1.2.0'}}))).toEqual([]);
		expect(blindTo('node-version-skew', one({}))).toMatchObject([{loading: true, required: false}]);
		expect(blindTo('node-version-skew', at('v1.35.0'))).toEqual([]);
	});
});

describe('etcd', () => {
	const unwell = (since: number, reason = 'Unhealthy') => ({conditions: [condition('EtcdIsVoter', 'False', since, reason)]});
	const talos = (name: string, conditions: readonly object[] = []) =>
		node(name, {labels: {'node-role.kubernetes.io/control-plane': ''}, info: {osImage: 'Talos (v1.13.9)'}, conditions});

	test('is one failure from losing quorum when one of three is lost', () => {
		const nodes = three({conditions: [silent, condition('EtcdIsVoter', 'False', 33 * minutes, 'Unhealthy')]});
		const leases = [lease('nuc-1', 35 * minutes), lease('nuc-2'), lease('nuc-3')];
		expect(of('etcd-quorum-at-risk', {nodes, leases})).toEqual([
			{
				id: 'etcd-quorum-at-risk',
				about: 'etcd',
				after: {critical: minutes},
				since: now - 35 * minutes,
				title: 'one failure from losing quorum',
				evidence: ['2 of 3 voters healthy, 2 needed', 'nuc-1: its node is silent'],
				causes: ['node-not-ready:nuc-1'],
			},
		]);
		expect(of('etcd-not-voter', {nodes, leases})).toMatchObject([
			{about: 'nuc-1', causes: ['node-not-ready:nuc-1', 'etcd-quorum-at-risk:etcd']},
		]);
	});

	test('has no quorum when two of three are unwell; it began with the first', () => {
		const nodes = three(unwell(10 * minutes), unwell(4 * minutes));
		expect(of('etcd-quorum-at-risk', {nodes})).toMatchObject([
			{
				title: 'no quorum, nothing can be written',
				since: now - 10 * minutes,
				evidence: ['1 of 3 voters healthy, 2 needed', 'nuc-1: Unhealthy', 'nuc-2: Unhealthy'],
				causes: [],
			},
		]);
	});

	test('of five is at risk from the second failure on', () => {
		const five = (...fields: readonly NodeFields[]) => [
			...three(fields[0] ?? {}, fields[1]),
			node('nuc-4', {labels: etcdServer, conditions: [voter]}),
			node('nuc-5', {labels: etcdServer, conditions: [voter]}),
		];
		expect(of('etcd-quorum-at-risk', {nodes: five(unwell(10 * minutes))})).toEqual([]);
		expect(of('etcd-quorum-at-risk', {nodes: five(unwell(10 * minutes), unwell(4 * minutes))})).toMatchObject([
			{since: now - 4 * minutes},
		]);
	});

	test('of one or two is not at risk on a good day', () => {
		const nodes = three({}).slice(1);
		expect(of('etcd-quorum-at-risk', {nodes})).toEqual([]);
		expect(of('etcd-quorum-at-risk', {nodes: nodes.slice(1)})).toEqual([]);
		const [lost] = three(unwell(10 * minutes));
		expect(of('etcd-quorum-at-risk', {nodes: [lost, nodes[0]] as object[]})).toMatchObject([{since: now - 10 * minutes}]);
	});

	test.each([
		['one failure from losing quorum', [talos('a', [silent]), talos('b'), talos('c')]],
		['fewer control-plane nodes than a quorum', [talos('a', [silent]), talos('b', [silent]), talos('c')]],
	])('of Talos is told by its nodes, and says so: %s', (title, nodes) => {
		const [found] = of('etcd-quorum-at-risk', {nodes});
		expect(found?.title).toBe(title);
		expect(found?.evidence.at(-1)).toBe('control-plane nodes stand in for the members: Kubernetes does not see etcd itself');
	});

	test('is the same symptom while only figures of its nodes change', () => {
		const nodes = three(unwell(10 * minutes), unwell(4 * minutes));
		const quorumOf = (facts: NodesFacts) => diagnoseNodes(facts).symptoms.find(({id}) => id === 'etcd-quorum-at-risk');
		const before = told({nodes});
		const after = told({nodes, metrics: [usage('nuc-3')]}, before);
		expect(after.nodes).not.toBe(before.nodes);
		expect(quorumOf(after)).toBe(quorumOf(before));
	});

	test.each<[string, NodeFields, readonly string[]]>([
		['etcd member is learner', unwell(6 * minutes, 'MemberIsLearner'), ['EtcdIsVoter False: MemberIsLearner']],
		['etcd unhealthy', unwell(6 * minutes), ['EtcdIsVoter False: Unhealthy']],
		['etcd not a member', unwell(6 * minutes, 'NotAMember'), ['EtcdIsVoter False: NotAMember']],
	])('has a member that does not vote: %s', (title, fields, evidence) => {
		expect(of('etcd-not-voter', {nodes: three(fields)})).toMatchObject([
			{about: 'nuc-1', after: {warning: 5 * minutes}, since: now - 6 * minutes, title, evidence},
		]);
	});

	test('with all members voting has none of that', () => {
		expect(symptoms({nodes: three({})})).toEqual([]);
	});

	test('of an even number is a risk', () => {
		const two = three({}).slice(0, 2);
		expect(symptoms({nodes: two})).toMatchObject([
			{
				id: 'etcd-even-voters',
				about: 'etcd',
				after: {warning: 0},
				title: '2 voters survive no more failures than 1',
				evidence: ['quorum of 2 is 2: 0 may fail'],
			},
		]);
		expect(of('etcd-even-voters', {nodes: [talos('a'), talos('b')]})).toHaveLength(1);
	});
});

describe('control-plane-single', () => {
	test('is a control plane of one node', () => {
		expect(symptoms({nodes: [node('nuc-1', {labels: server}), node('w')]})).toMatchObject([
			{
				id: 'control-plane-single',
				about: 'nuc-1',
				after: {warning: 0},
				evidence: ['no other node has the role control-plane'],
			},
		]);
	});

	test.each<[string, readonly object[]]>([
		['there are three', three({})],
		['somebody else runs it', [node('w')]],
		['there are no nodes', []],
	])('is not there where %s', (_, nodes) => {
		expect(of('control-plane-single', {nodes})).toEqual([]);
	});
});

describe('vip-without-owner', () => {
	const nodes = three({});
	const found = (systemLeases: readonly object[], more: Objects = {}) => of('vip-without-owner', {nodes, systemLeases, ...more});

	test('is an expired lease', () => {
		expect(found([vip({renewed: 3 * minutes})])).toEqual([
			{
				id: 'vip-without-owner',
				about: 'plndr-cp-lock',
				subject: {resource: 'leases.coordination.k8s.io', namespace: 'kube-system', name: 'plndr-cp-lock'},
				after: {critical: 15 * seconds},
				since: now - 3 * minutes + 15 * seconds,
				title: 'lease expired, nobody holds the address',
				evidence: ['last held by nuc-1', 'lasts 15 s without renewal'],
				causes: ['node-not-ready:nuc-1'],
			},
		]);
	});

	test('is one that was released and not taken', () => {
		expect(found([vip({holder: '', renewed: minutes})])).toMatchObject([
			{
				since: now - minutes,
				title: 'released, and nobody took it',
				evidence: ['no holder', 'lasts 15 s without renewal'],
				causes: [],
			},
		]);
	});

	test('is a risk only where it expired so long ago that kube-vip must be gone', () => {
		expect(found([vip({renewed: 8 * days})])).toMatchObject([{class: 'risk', after: {warning: 0}}]);
	});

	test('is not there while the lease is renewed, nor for the elections of others', () => {
		const others = [election('kube-scheduler', {renewed: days}), election('cilium-operator', {renewed: days})];
		expect(found([vip({renewed: 15 * seconds}), election('plndr-svcs-lock'), ...others])).toEqual([]);
	});

	test('is gone when somebody holds it again', () => {
		const before = told({nodes, systemLeases: [vip({renewed: 3 * minutes})]});
		const taken = vip({holder: 'nuc-3', renewed: 0, acquired: 0, transitions: 5});
		expect(diagnoseNodes(told({nodes, systemLeases: [taken]}, before)).symptoms).toEqual([]);
	});

	test('is not blamed on a holder whose clock is behind', () => {
		const behind = (by: number) => ({nodes, systemLeases: [vip({renewed: 10 * minutes - by})], at: now + by});
		const first = told(behind(0));
		expect(diagnoseNodes(told(behind(2 * seconds), first)).symptoms).toEqual([]);
	});

	test('is one that moves three times in a quarter of an hour', () => {
		const at = (minute: number, transitions: number): Objects => ({
			nodes,
			leases: ['nuc-1', 'nuc-2', 'nuc-3'].map(name => lease(name, -minute * minutes)),
			systemLeases: [vip({transitions, renewed: -minute * minutes})],
			at: now + minute * minutes,
		});
		let facts = told(at(0, 4));
		const counts = [];
		for (const [minute, transitions] of [
			[1, 5],
			[6, 6],
			[12, 7],
			[15.9, 7],
			[16, 7],
		] as const) {
			facts = told(at(minute, transitions), facts);
			counts.push(diagnoseNodes(facts).symptoms.length);
			if (minute === 12)
				expect(diagnoseNodes(facts).symptoms).toMatchObject([
					{after: {warning: 0}, since: now + minutes, title: 'moved 3 times in 15 min', evidence: ['held by nuc-1']},
				]);
		}
		expect(counts).toEqual([0, 0, 1, 1, 0]);
	});

	test('cannot be told where the leases of kube-system cannot be read; only one that was there is missed', () => {
		const states = {systemLeases: denied('leases.coordination.k8s.io')};
		expect(blindTo('vip-without-owner', {nodes, states})).toMatchObject([
			{what: 'vip', why: 'leases of kube-system: not permitted: list leases.coordination.k8s.io', required: false},
		]);
		const cut = {nodes, systemLeases: [vip({renewed: 65 * seconds})], states: {systemLeases: stale}};
		expect(found(cut.systemLeases, cut)).toEqual([]);
		expect(blindTo('vip-without-owner', cut)).toMatchObject([{required: true}]);
	});
});
