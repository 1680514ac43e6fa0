import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {defaults} from '../../source/settings.ts';
import {storageDetail} from '../../source/storage/detail.ts';
import {diagnoseStorage} from '../../source/storage/findings.ts';
import {storageSystems} from '../../source/storage/index.ts';
import {attachmentKind, claimKind, csiNodeKind, persistentVolumeKind, storageClassKind} from '../../source/storage/kubernetes.ts';
import {longhornNodeKind, longhornVolumeKind} from '../../source/storage/longhorn.ts';
import {storageMoments} from '../../source/storage/moments.ts';
import {engineKind, replicaKind} from '../../source/storage/replica.ts';
import {storageView} from '../../source/storage/view.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {damaged, expectSafe, poisoned, project} from '../_helpers/hostile.ts';
import {told} from './cluster.ts';
import {
	ago,
	attachment,
	claim,
	csiNode,
	csiPlugin,
	engine,
	isDefault,
	localVolume,
	longhornNode,
	longhornVolume,
	nfsVolume,
	notRegistered,
	now,
	pendingClaim,
	replica,
	storageClass,
	volume,
	waitingPod,
	warning,
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

test('a replica keeps where it lies and when it failed, never an empty time as 1970', () => {
	expect(project(replicaKind, replica('r-1', 'pvc-1', 'nuc-1'))).toMatchObject({
		volume: 'pvc-1',
		node: 'nuc-1',
		diskPath: '/var/lib/longhorn',
		failedAt: 0,
	});
	expect(project(replicaKind, replica('r-1', 'pvc-1', 'nuc-1', {failedAt: ago(1000), healthyAt: ''}))).toMatchObject({
		failedAt: now - 1000,
		healthyAt: 0,
	});
});

test('an engine keeps the modes of its copies, the rebuilds that run, and what stopped one', () => {
	const rebuildStatus = {
		'tcp://10.42.0.7:10000': {isRebuilding: true, progress: 80, error: ''},
		'tcp://10.42.0.8:10000': {isRebuilding: false, progress: 10, error: 'no space'},
	};
	expect(project(engineKind, engine('pvc-1', {'r-1': 'RW', 'r-2': 'WO'}, {rebuildStatus}))).toMatchObject({
		volume: 'pvc-1',
		modes: new Map([
			['r-1', 'RW'],
			['r-2', 'WO'],
		]),
		rebuilds: [80],
		rebuildError: 'no space',
		expansionError: '',
	});
});

test('a CSI plugin knows where it looks for the kubelet, other pods need not', () => {
	expect(project(podKind, csiPlugin('nuc-1', '/data/kubelet'))).toMatchObject({
		component: 'longhorn-csi-plugin',
		kubeletDir: '/data/kubelet',
	});
	expect(project(podKind, waitingPod('a/b', 'c', 'nuc-1'))?.kubeletDir).toBe('');
});

describe('where a volume is served', () => {
	test.each([
		['NFS', {nfs: {server: 'nas-1', path: '/export'}}, 'nas-1', '/export'],
		['NFS by CSI', {csi: {driver: 'nfs.csi.k8s.io', volumeAttributes: {server: 'nas-1', share: '/m'}}}, 'nas-1', '/m'],
		['Synology', {csi: {driver: 'csi.san.synology.com', volumeAttributes: {dsm: '10.0.0.5', baseDir: '/v1'}}}, '10.0.0.5', '/v1'],
		['iSCSI', {iscsi: {targetPortal: '[fd00::5]:3260', iqn: 'iqn.x'}}, '[fd00::5]', 'iqn.x'],
		['nowhere else', {csi: {driver: 'driver.longhorn.io'}}, '', ''],
	])('%s', (_, spec, server, path) => {
		expect(project(persistentVolumeKind, volume('v', 'm', 'a/b', {csi: undefined, ...spec}))).toMatchObject({server, path});
	});
});

test('a resize that only waits for a mount differs from one that is under way', () => {
	const status = (type: string) => ({conditions: [{type, status: 'True', lastTransitionTime: ago(1000), message: 'm'}]});
	expect(project(claimKind, claim('a/b', 'nvme', {status: status('FileSystemResizePending')}))?.resizeNeedsPod).toBe(true);
	expect(project(claimKind, claim('a/b', 'nvme', {status: status('Resizing')}))?.resizeNeedsPod).toBe(false);
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
	[replicaKind, replica('r-1', 'pvc-1', 'nuc-1')],
	[engineKind, engine('pvc-1', {'r-1': 'RW'}, {rebuildStatus: {a: {isRebuilding: true, progress: 1, error: 'x'}}})],
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
		replicas: [replica('r-1', 'x', 'nuc-1', {failedAt: ago(1)}), replica('r-2', 'x', 'nuc-2')],
		engines: [engine('x', {'r-2': 'RW'}, {rebuildStatus: {a: {isRebuilding: false, error: 'e'}}, lastExpansionError: 'e'})],
		pods: [csiPlugin('nuc-1', '/k', false), waitingPod('a/p', 'd', 'nuc-1'), waitingPod('a/q', 'c', 'nuc-2')],
		warnings: [
			warning('FailedMount', 'Pod a/p', notRegistered('x'), {node: 'nuc-1'}),
			warning('FailedMount', 'Pod a/q', 'failed for volume "w" : timed out', {node: 'nuc-2'}),
			warning('ProvisioningFailed', 'PersistentVolumeClaim a/e', 'm'),
		],
	};
	const facts = told(poisoned(objects));
	const view = storageView(facts);
	expect(view.rows.length).toBeGreaterThan(4);
	expectSafe({...view, rows: view.rows.map(({cells}) => cells)});
	for (const row of view.rows) expectSafe(storageDetail(facts, row.key, now));
	const {symptoms} = diagnoseStorage(facts, defaults);
	const shown = symptoms.map(({about, title, more, evidence, causes}) => [about, title, more ?? '', ...evidence, ...causes]);
	expect(shown.length).toBeGreaterThan(4);
	expectSafe(shown);
	expectSafe(storageMoments(facts, now).map(({about, text}) => [about, text]));
});

test('the systems name every kind once', () => {
	const ids = storageSystems.flatMap(({kinds}) => kinds.map(({id}) => id));
	expect(new Set(ids).size).toBe(ids.length);
});
