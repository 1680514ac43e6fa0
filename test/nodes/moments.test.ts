import {describe, expect, test} from 'vitest';
import {systemLeaseKind} from '../../source/nodes/index.ts';
import {nodesMoments} from '../../source/nodes/moments.ts';
import {reading} from '../_helpers/reading.ts';
import {type Objects, told} from './cluster.ts';
import {
	ago,
	condition,
	cordoned,
	days,
	election,
	event,
	hours,
	minutes,
	node,
	now,
	plan,
	seconds,
	vip,
	wroteCordon,
} from './objects.ts';

/** What happened within a day, the oldest first: `35m recorded nuc-2: text`, with a star where somebody changed something. */
function moments(objects: Objects, previous?: Objects): readonly string[] {
	const facts = told(objects, previous && told(previous));
	return nodesMoments(facts, reading(systemLeaseKind, objects.systemLeases ?? []), now)
		.filter(({at}) => now - at < days)
		.toSorted((a, b) => a.at - b.at)
		.map(({at, how, about, text, isChange}) => `${(now - at) / minutes}m ${how} ${about}: ${text}${isChange ? ' *' : ''}`);
}

describe('conditions', () => {
	test('tell when a node fell silent, once for all that turned with it', () => {
		const unknown = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'].map(type =>
			condition(type, 'Unknown', 34 * minutes, 'NodeStatusUnknown'),
		);
		expect(moments({nodes: [node('nuc-2', {conditions: unknown})]})).toEqual([
			'34m recorded nuc-2: Ready turned Unknown (NodeStatusUnknown)',
		]);
	});

	test('tell what turned bad and what turned good again', () => {
		const conditions = [
			condition('Ready', 'True', 3 * minutes, 'KubeletReady'),
			condition('DiskPressure', 'True', 9 * minutes, 'KubeletHasDiskPressure'),
			condition('MemoryPressure', 'False', 8 * minutes, 'KubeletHasSufficientMemory'),
			condition('EtcdIsVoter', 'False', 7 * minutes, 'Unhealthy'),
			condition('SomethingNobodyKnows', 'True', minutes),
		];
		expect(moments({nodes: [node('a', {conditions})]})).toEqual([
			'9m recorded a: DiskPressure turned True (KubeletHasDiskPressure)',
			'8m recorded a: MemoryPressure turned False (KubeletHasSufficientMemory)',
			'7m recorded a: EtcdIsVoter turned False (Unhealthy)',
			'3m recorded a: Ready turned True (KubeletReady)',
		]);
	});

	test('of a node that has just come say nothing but that it came', () => {
		const conditions = ['MemoryPressure', 'DiskPressure', 'PIDPressure'].map(type => condition(type, 'False', 5 * minutes));
		const young = {
			metadata: {creationTimestamp: ago(6 * minutes)},
			conditions: [...conditions, condition('Ready', 'True', 5 * minutes)],
		};
		expect(moments({nodes: [node('new', young)]})).toEqual(['6m recorded new: joined the cluster *']);
	});
});

describe('events', () => {
	test('tell starts of the kubelet and the machine as changes, and leave out what is said at every start', () => {
		const events = [
			event('nuc-2', 'Starting', 36 * minutes, {message: 'Starting kubelet.'}),
			event('nuc-2', 'NodeHasSufficientMemory', 36 * minutes),
			event('nuc-2', 'Rebooted', 35 * minutes, {type: 'Warning', message: 'Node nuc-2 has been rebooted, boot id: b2'}),
			event('nuc-2', 'Starting', 34 * minutes, {from: 'kube-proxy'}),
			event('elsewhere', 'Starting', minutes),
		];
		expect(moments({nodes: [node('nuc-2')], events})).toEqual([
			'36m recorded nuc-2: kubelet restarted *',
			'35m recorded nuc-2: Rebooted: Node nuc-2 has been rebooted, boot id: b2 *',
			'34m recorded nuc-2: Starting',
		]);
	});

	test('tell earlier turns of Ready, but not the last one again', () => {
		const events = [
			event('a', 'NodeNotReady', 50 * minutes, {from: 'node-controller'}),
			event('a', 'NodeReady', 45 * minutes),
			event('a', 'NodeNotReady', 20 * minutes, {from: 'node-controller'}),
		];
		const conditions = [condition('Ready', 'False', 20 * minutes, 'KubeletNotReady')];
		expect(moments({nodes: [node('a', {conditions})], events})).toEqual([
			'50m recorded a: NodeNotReady',
			'45m recorded a: NodeReady',
			'20m recorded a: Ready turned False (KubeletNotReady)',
		]);
	});
});

describe('what was done to a node', () => {
	test('is a cordon, once, by whoever did it', () => {
		const fields = {spec: cordoned(2 * hours), metadata: wroteCordon('kubectl')};
		const events = [event('a', 'NodeNotSchedulable', 2 * hours - 5 * seconds)];
		expect(moments({nodes: [node('a', fields)], events})).toEqual(['120m recorded a: cordoned by kubectl *']);
		expect(moments({nodes: [node('a', fields)], plans: [plan('k3s', ['a'])]})).toEqual([
			'120m recorded a: cordoned by plan k3s *',
		]);
	});

	test('is a reboot that was seen and that no event tells of', () => {
		const before = {nodes: [node('a')]};
		const after = {nodes: [node('a', {info: {bootID: 'boot-2'}})]};
		expect(moments(after, before)).toEqual(['0m seen a: rebooted: its boot id changed *']);
		const events = [event('a', 'Rebooted', 0, {message: 'Node a has been rebooted'})];
		expect(moments({...after, events}, before)).toEqual(['0m recorded a: Rebooted: Node a has been rebooted *']);
	});

	test('is that it is taken out of the cluster', () => {
		expect(moments({nodes: [node('a', {metadata: {deletionTimestamp: ago(minutes)}})]})).toEqual([
			'1m recorded a: is being deleted *',
		]);
	});
});

test('elections tell who took over, and nothing of one that never moved', () => {
	const systemLeases = [
		vip({holder: 'nuc-1', acquired: 33 * minutes, transitions: 5}),
		election('kube-scheduler', {holder: 'nuc-3_a1b2', acquired: 32 * minutes}),
		election('kube-controller-manager', {holder: 'nuc-3_a1b2', acquired: 32 * minutes, transitions: 0}),
	];
	expect(moments({systemLeases})).toEqual([
		'33m recorded plndr-cp-lock: VIP moved to nuc-1',
		'32m recorded kube-scheduler: leader moved to nuc-3',
	]);
});
