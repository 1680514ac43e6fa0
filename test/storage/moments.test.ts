import {expect, test} from 'vitest';
import {storageMoments} from '../../source/storage/moments.ts';
import {type Objects, told} from './cluster.ts';
import {
	ago,
	attachment,
	claim,
	csiPlugin,
	engine,
	longhornNode,
	longhornVolume,
	minutes,
	now,
	pendingClaim,
	replica,
	storageClass,
	volume,
} from './objects.ts';

const hour = 60 * minutes;
const moments = (objects: Objects) =>
	storageMoments(told(objects), now)
		.toSorted((a, b) => a.at - b.at)
		.map(({at, about, text, isChange}) => `${(now - at) / minutes}m ${about}: ${text}${isChange ? ' (change)' : ''}`);

test('a volume that lost a copy tells when, and what became of the copies', () => {
	const objects = {
		volumes: [volume('pvc-1', 'nvme', 'media/books')],
		longhornVolumes: [longhornVolume('pvc-1', 'media/books', {robustness: 'degraded', lastDegradedAt: ago(24 * minutes)})],
		replicas: [
			replica('r-1', 'pvc-1', 'nuc-1'),
			replica('r-2', 'pvc-1', 'nuc-2', {failedAt: ago(25 * minutes)}),
			{
				...replica('r-3', 'pvc-1', 'nuc-3', {healthyAt: ago(2 * minutes)}),
				metadata: {name: 'r-3', uid: 'r-3', creationTimestamp: ago(9 * minutes)},
			},
		],
		engines: [engine('pvc-1', {'r-1': 'RW'})],
	};
	expect(moments(objects)).toEqual([
		'25m media/books: copy on nuc-2 failed',
		'24m media/books: became degraded',
		'9m media/books: new copy on nuc-3',
		'2m media/books: copy on nuc-3 whole',
	]);
});

test('a claim tells that it was made, and that it was resized', () => {
	const status = {conditions: [{type: 'Resizing', status: 'True', lastTransitionTime: ago(5 * minutes), message: 'm'}]};
	const objects = {
		volumes: [volume('pvc-1', 'nvme', 'media/books')],
		claims: [claim('media/books', 'nvme', {status}), pendingClaim('media/films', 'gold', 9 * minutes)],
	};
	expect(moments(objects)).toEqual(['9m media/films: claim made (change)', '5m media/books: resize: m (change)']);
});

test('a volume tells when it turned, and how it came to a node', () => {
	const attachments = [
		attachment('a', 'pvc-1', 'nuc-2', {age: 6 * minutes, status: {attachError: {time: ago(minutes), message: 'timed out'}}}),
	];
	const released = volume('pvc-1', 'nvme', 'media/books', {}, {phase: 'Released', lastPhaseTransitionTime: ago(hour)});
	expect(moments({volumes: [released], attachments})).toEqual([
		'60m media/books: turned Released',
		'6m media/books: to be attached to nuc-2',
		'1m media/books: could not be attached to nuc-2: timed out',
	]);
});

test('a disk tells since when its conditions are not as they should be', () => {
	const conditions = [
		{type: 'Schedulable', status: 'False', reason: 'DiskPressure', message: 'm', lastTransitionTime: ago(20 * minutes)},
	];
	expect(moments({longhornNodes: [longhornNode('nuc-1', {}, {conditions})]})).toEqual([
		'20m nuc-1 /var/lib/longhorn: Schedulable turned False: DiskPressure m',
	]);
});

test('a node that is gone in Longhorn stands for its disks', () => {
	const gone = (reason: string, age = 0) => [
		{type: 'Ready', status: 'False', reason, message: '', lastTransitionTime: ago(20 * minutes - age)},
		{type: 'Schedulable', status: 'False', reason, message: '', lastTransitionTime: ago(20 * minutes - age)},
	];
	const node = longhornNode('nuc-2', {}, {conditions: gone('NodeNotReady', 5000)});
	const objects = {longhornNodes: [{...node, status: {...node.status, conditions: gone('KubernetesNodeDown')}}]};
	expect(moments(objects)).toEqual(['20m nuc-2: Ready turned False in Longhorn: KubernetesNodeDown']);
});

test('a driver tells when its plugin fell silent, a class when it was made', () => {
	const objects = {
		classes: [storageClass('nvme', {}, {creationTimestamp: ago(2 * hour)})],
		pods: [csiPlugin('nuc-2', '/var/lib/kubelet', false)],
		nodes: {'nuc-2': {word: 'ready', since: 0}},
	} as const;
	expect(moments(objects)).toEqual([
		'120m nvme: storage class made (change)',
		'7m driver.longhorn.io on nuc-2: its plugin pod turned not ready',
	]);
});

test('what is older than a week, and what carries no time, is not told', () => {
	const objects = {
		volumes: [volume('pvc-1', 'nvme', 'media/books')],
		attachments: [attachment('a', 'pvc-1', 'nuc-1', {age: 8 * 24 * hour})],
		longhornVolumes: [longhornVolume('pvc-1', 'media/books')],
	};
	expect(moments(objects)).toEqual([]);
});
