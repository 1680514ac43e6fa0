import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {storageDetail} from '../../source/storage/detail.ts';
import {storageSystems} from '../../source/storage/index.ts';
import {attachmentKind, claimKind, csiNodeKind, persistentVolumeKind, storageClassKind} from '../../source/storage/kubernetes.ts';
import {longhornNodeKind, longhornVolumeKind} from '../../source/storage/longhorn.ts';
import {storageView} from '../../source/storage/view.ts';
import {damaged, expectSafe, poisoned, project} from '../_helpers/hostile.ts';
import {told} from './cluster.ts';
import {
	ago,
	attachment,
	claim,
	csiNode,
	isDefault,
	localVolume,
	longhornNode,
	longhornVolume,
	nfsVolume,
	now,
	pendingClaim,
	storageClass,
	volume,
} from './objects.ts';

describe('a StorageClass', () => {
	test('keeps what tells its tier', () => {
		const object = storageClass(
			'nvme',
			{parameters: {numberOfReplicas: '3', diskSelector: 'nvme, fast', nodeSelector: 'rack'}},
			isDefault,
		);
		expect(project(storageClassKind, object)).toMatchObject({
			name: 'nvme',
			provisioner: 'driver.longhorn.io',
			isDefault: true,
			waitsForConsumer: false,
			replicas: 3,
			diskTags: ['nvme', 'fast'],
			nodeTags: ['rack'],
		});
	});

	test('the beta annotation still makes a default', () => {
		const object = storageClass('old', {}, {annotations: {'storageclass.beta.kubernetes.io/is-default-class': 'true'}});
		expect(project(storageClassKind, object)?.isDefault).toBe(true);
	});
});

describe('a PersistentVolume', () => {
	test('of a CSI driver', () => {
		expect(project(persistentVolumeKind, volume('pvc-1', 'nvme', 'media/books'))).toMatchObject({
			className: 'nvme',
			claim: 'media/books',
			phase: 'Bound',
			capacity: 10 * 2 ** 30,
			oneNodeAtATime: true,
			driver: 'driver.longhorn.io',
			handle: 'pvc-1',
			server: '',
			pinnedTo: '',
		});
	});

	test.each([
		['local', localVolume('v', 'a/b', 'nuc-1'), {driver: 'local', pinnedTo: 'nuc-1'}],
		['nfs', nfsVolume('v', 'm', 'a/b', 'nas-1'), {driver: 'nfs', server: 'nas-1', pinnedTo: ''}],
		['unclaimed', volume('v', 'm', ''), {claim: '', phase: 'Available'}],
		['for many nodes', volume('v', 'm', 'a/b', {accessModes: ['ReadWriteMany']}), {oneNodeAtATime: false}],
	])('%s', (_, object, fields) => {
		expect(project(persistentVolumeKind, object)).toMatchObject(fields);
	});
});

describe('a claim', () => {
	test('that leaves the class to the default differs from one that wants none', () => {
		expect(project(claimKind, claim('a/b', undefined))?.className).toBeUndefined();
		expect(project(claimKind, claim('a/b', ''))?.className).toBe('');
	});

	test.each([
		['in flight', {conditions: [{type: 'Resizing', status: 'True', lastTransitionTime: ago(1000), message: 'm'}]}, false],
		['failed', {conditions: [{type: 'NodeResizeError', status: 'True', lastTransitionTime: ago(1000), message: 'm'}]}, true],
		[
			'never possible',
			{
				allocatedResourceStatuses: {storage: 'ControllerResizeInfeasible'},
				conditions: [{type: 'Resizing', status: 'True', lastTransitionTime: ago(1000), message: 'm'}],
			},
			true,
		],
	])('a resize %s', (_, status, failed) => {
		expect(project(claimKind, claim('a/b', 'nvme', {status}))).toMatchObject({
			resize: {at: now - 1000, text: 'm'},
			resizeFailed: failed,
		});
	});
});

test('a Longhorn volume keeps sizes as numbers and never an empty time as 1970', () => {
	expect(project(longhornVolumeKind, longhornVolume('pvc-1', 'media/books'))).toMatchObject({
		size: 10 * 2 ** 30,
		actualSize: 4 * 2 ** 30,
		degradedAt: 0,
		claim: 'media/books',
		workloads: ['app'],
		isWanted: true,
		unscheduled: undefined,
	});
});

test('a Longhorn node joins its disks with their status', () => {
	const record = project(longhornNodeKind, longhornNode('nuc-1'));
	expect(record?.disks).toHaveLength(1);
	expect(record?.disks[0]).toMatchObject({path: '/var/lib/longhorn', tags: ['nvme'], maximum: 100 * 2 ** 30, closed: false});
});

const samples = [
	[storageClassKind, storageClass('nvme', {}, isDefault)],
	[persistentVolumeKind, localVolume('v', 'a/b', 'nuc-1')],
	[persistentVolumeKind, nfsVolume('v', 'm', 'a/b', 'nas-1')],
	[claimKind, pendingClaim('a/b', 'nvme', 1000, {volumeName: 'v'})],
	[attachmentKind, attachment('a', 'v', 'nuc-1', {status: {attachError: {time: ago(1), message: 'x'}}})],
	[csiNodeKind, csiNode('nuc-1')],
	[longhornVolumeKind, longhornVolume('pvc-1', 'media/books')],
	[longhornNodeKind, longhornNode('nuc-1')],
] as const;

describe.each(samples.map(([kind, object]) => ({id: kind.id, kind, object})))('$id', ({kind, object}) => {
	test('is projected whatever a server sends', () => {
		fc.assert(
			fc.property(damaged(object), damage => {
				project<never>(kind as never, damage);
			}),
		);
	});
});

test('nothing a cluster says reaches the screen as more than text', () => {
	const objects = {
		classes: [storageClass('nvme', {}, isDefault)],
		volumes: [
			localVolume('v', 'a/b', 'nuc-1'),
			nfsVolume('w', 'm', 'a/c', 'nas-1'),
			volume('x', 'nvme', 'a/d', {}, {phase: 'Failed', message: 'm'}),
		],
		claims: [pendingClaim('a/e', 'nvme', 1e6)],
		attachments: [attachment('a', 'v', 'nuc-1', {status: {attachError: {time: ago(1), message: 'x'}}})],
		longhornVolumes: [longhornVolume('x', 'a/d', {robustness: 'degraded'})],
		longhornNodes: [longhornNode('nuc-1', {}, {storageAvailable: 1})],
	};
	const facts = told(poisoned(objects));
	const view = storageView(facts);
	expect(view.rows.length).toBeGreaterThan(4);
	expectSafe({...view, rows: view.rows.map(({cells}) => cells)});
	for (const row of view.rows) expectSafe(storageDetail(facts, row.key, now));
});

test('the systems name every kind once', () => {
	const ids = storageSystems.flatMap(({kinds}) => kinds.map(({id}) => id));
	expect(new Set(ids).size).toBe(ids.length);
});
