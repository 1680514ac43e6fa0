import {describe, expect, test} from 'vitest';
import type {Blind, FindingId, Symptom} from '../../source/diagnosis.ts';
import {defaults, type Settings} from '../../source/settings.ts';
import {storageFacts} from '../../source/storage/facts.ts';
import {diagnoseStorage} from '../../source/storage/findings.ts';
import {own, type SourceState} from '../../source/vocabulary.ts';
import {input, type Objects, told} from './cluster.ts';
import {
	ago,
	attachment,
	claim,
	csiNode,
	csiPlugin,
	engine,
	isDefault,
	localPath,
	localVolume,
	longhornNode,
	longhornVolume,
	minutes,
	nfsVolume,
	notRegistered,
	now,
	pendingClaim,
	replica,
	storageClass,
	timedOut,
	unplaced,
	unready,
	volume,
	waitingPod,
	warning,
} from './objects.ts';

const Gi = 2 ** 30;
const nvme = storageClass('nvme');
const ready = {word: 'ready', since: 0} as const;
const silent = {word: 'silent', since: now - 35 * minutes} as const;
const threeNodes = {'nuc-1': ready, 'nuc-2': ready, 'nuc-3': ready};

const found = (id: FindingId, objects: Objects, settings: Settings = defaults): readonly Symptom[] =>
	diagnoseStorage(told(objects), settings).symptoms.filter(symptom => symptom.id === id);
const one = (id: FindingId, objects: Objects, settings: Settings = defaults): Symptom => {
	const symptoms = found(id, objects, settings);
	expect(symptoms.map(({about}) => about)).toHaveLength(1);
	return symptoms[0] as Symptom;
};

/** A Longhorn volume with two copies, on nuc-1 and nuc-2. */
const replicated = (status: object, more: Objects = {}): Objects => ({
	classes: [nvme],
	volumes: [volume('pvc-1', 'nvme', 'media/books')],
	claims: [claim('media/books', 'nvme')],
	longhornVolumes: [longhornVolume('pvc-1', 'media/books', status)],
	replicas: [replica('r-1', 'pvc-1', 'nuc-1'), replica('r-2', 'pvc-1', 'nuc-2')],
	engines: [engine('pvc-1', {'r-1': 'RW', 'r-2': 'RW'})],
	nodes: threeNodes,
	...more,
});
const detached = {kubernetesStatus: {pvName: 'pvc-1', lastPodRefAt: ago(1e6), workloadsStatus: [{podName: 'x'}]}};
const degraded = {robustness: 'degraded', lastDegradedAt: ago(24 * minutes)};
const oneLost = {
	replicas: [replica('r-1', 'pvc-1', 'nuc-1'), replica('r-2', 'pvc-1', 'nuc-2', {failedAt: ago(24 * minutes)})],
	engines: [engine('pvc-1', {'r-1': 'RW'})],
};

test('a healthy world has nothing wrong but what is wrong every day', () => {
	const objects = replicated(
		{},
		{volumes: [volume('pvc-1', 'nvme', 'media/books'), nfsVolume('films', 'media', 'media/films', 'nas-1')]},
	);
	expect(diagnoseStorage(told(objects), defaults)).toMatchObject({symptoms: [{id: 'storage-single-server'}], blind: []});
});

describe('volume-faulted', () => {
	const gone = {
		replicas: [
			replica('r-1', 'pvc-1', 'nuc-1', {failedAt: ago(9 * minutes)}),
			replica('r-2', 'pvc-1', 'nuc-2', {failedAt: ago(8 * minutes)}),
		],
		engines: [engine('pvc-1', {})],
		nodes: {...threeNodes, 'nuc-2': silent},
	};

	test('is critical while it is attached, since its last copy failed', () => {
		expect(one('volume-faulted', replicated({robustness: 'faulted'}, gone))).toMatchObject({
			about: 'media/books',
			after: {critical: 0},
			since: now - 8 * minutes,
			title: 'no usable copy is left',
			causes: ['node-not-ready:nuc-2', 'disk-full:nuc-1 /var/lib/longhorn', 'disk-full:nuc-2 /var/lib/longhorn'],
			evidence: [
				'Longhorn says: attached, faulted',
				'on nuc-1 /var/lib/longhorn: failed',
				'on nuc-2 /var/lib/longhorn: failed, node silent',
				'used by: app',
			],
		});
	});

	test.each<[string, object, Objects, Symptom['after']]>([
		['detached and wanted by a workload', {state: 'detached'}, {}, {critical: 0}],
		['detached, wanted by nobody', {state: 'detached', ...detached}, {}, {warning: 0}],
		[
			'detached, and a pod waits for it',
			{state: 'detached', ...detached},
			{pods: [waitingPod('media/jellyfin-0', 'books', 'nuc-1')]},
			{critical: 0},
		],
	])('%s', (_, status, more, after) => {
		expect(one('volume-faulted', replicated({robustness: 'faulted', ...status}, more)).after).toEqual(after);
	});

	test('a volume Longhorn does not know is gone', () => {
		expect(one('volume-faulted', replicated({}, {longhornVolumes: []}))).toMatchObject({
			after: {critical: 0},
			title: 'Longhorn has no such volume',
		});
	});

	test('a healthy one, and a detached one nobody can tell of, are no trouble', () => {
		expect(found('volume-faulted', replicated({}))).toEqual([]);
		expect(found('volume-faulted', replicated({state: 'detached', robustness: 'unknown'}))).toEqual([]);
		expect(found('volume-degraded', replicated({state: 'detached', robustness: 'unknown'}))).toEqual([]);
	});
});

describe('volume-degraded', () => {
	test('is a warning at once where no rebuild runs', () => {
		expect(one('volume-degraded', replicated(degraded, oneLost))).toMatchObject({
			after: {warning: 0},
			since: now - 24 * minutes,
			title: '1 of 2 copies healthy',
			more: 'no rebuild runs',
			evidence: [
				'Longhorn says: attached, degraded',
				'on nuc-1 /var/lib/longhorn: RW',
				'on nuc-2 /var/lib/longhorn: failed',
				'used by: app',
			],
		});
	});

	test('gives a rebuild ten minutes, and says where and how far it is', () => {
		const rebuilt = {
			replicas: [replica('r-1', 'pvc-1', 'nuc-1'), replica('r-3', 'pvc-1', 'nuc-3', {healthyAt: ''})],
			engines: [
				engine(
					'pvc-1',
					{'r-1': 'RW', 'r-3': 'WO'},
					{rebuildStatus: {'tcp://10.42.0.7:10000': {isRebuilding: true, progress: 80, error: ''}}},
				),
			],
		};
		const symptom = one('volume-degraded', replicated(degraded, rebuilt));
		expect(symptom).toMatchObject({after: {warning: 10 * minutes}, more: 'rebuild on nuc-3 at 80%'});
		expect(symptom.evidence).toContain('on nuc-3 /var/lib/longhorn: WO, being rebuilt, 80%');
	});

	test('is critical where the last healthy copy is on a node that is not ready, and names that node', () => {
		const lost = {...oneLost, nodes: {...threeNodes, 'nuc-1': silent}};
		expect(one('volume-degraded', replicated(degraded, lost))).toMatchObject({
			after: {warning: 0, critical: 0},
			more: 'the last healthy copy is on a node that is not ready',
			causes: ['node-not-ready:nuc-1', 'disk-full:nuc-2 /var/lib/longhorn'],
		});
	});

	test('is not critical while another healthy copy is on a ready node', () => {
		const three = {
			replicas: [...oneLost.replicas, replica('r-3', 'pvc-1', 'nuc-3')],
			engines: [engine('pvc-1', {'r-1': 'RW', 'r-3': 'RW'})],
			nodes: {...threeNodes, 'nuc-1': silent},
		};
		expect(one('volume-degraded', replicated(degraded, three)).after).toEqual({warning: 0});
	});

	test('says that copies are not seen rather than that none is rebuilt', () => {
		const unseen = {replicas: [], engines: [], states: {replicas: denied('replicas.longhorn.io')}};
		expect(one('volume-degraded', replicated(degraded, unseen))).toMatchObject({
			after: {warning: 10 * minutes},
			title: 'not all of its copies are healthy',
			evidence: ['Longhorn says: attached, degraded', "Longhorn's replicas are not seen", 'used by: app'],
		});
	});

	test('attached and unknown is told, unless its node is lost', () => {
		const unknown = {robustness: 'unknown'};
		expect(one('volume-degraded', replicated(unknown))).toMatchObject({after: {warning: 10 * minutes}});
		expect(found('volume-degraded', replicated(unknown, {nodes: {...threeNodes, 'nuc-1': silent}}))).toEqual([]);
	});

	test('is gone when the volume is healthy', () => {
		expect(found('volume-degraded', replicated({lastDegradedAt: ago(24 * minutes)}))).toEqual([]);
	});
});

describe('what is true of a tier every day', () => {
	const claims = ['a/one', 'b/two', 'c/three'];
	test('volumes with one replica are one line with all their names', () => {
		const objects = {
			classes: [nvme],
			volumes: claims.map((path, at) => volume(`pvc-${at}`, 'nvme', path)),
			longhornVolumes: claims.map((path, at) => longhornVolume(`pvc-${at}`, path, {}, {numberOfReplicas: at === 2 ? 2 : 1})),
		};
		expect(one('volume-single-replica', objects)).toMatchObject({
			about: 'nvme',
			title: '2 volumes with one replica',
			many: 2,
			evidence: ['a/one, b/two'],
		});
	});

	test('volumes pinned to nodes are one line, told by node', () => {
		const objects = {
			classes: [localPath],
			volumes: [
				localVolume('v1', 'a/one', 'nuc-1'),
				localVolume('v2', 'b/two', 'nuc-2'),
				localVolume('v3', 'c/three', 'nuc-2'),
				volume('v4', 'local-path', 'd/four', {csi: undefined, hostPath: {path: '/x'}}),
			],
		};
		expect(one('volume-node-pinned', objects)).toMatchObject({
			about: 'local-path',
			many: 4,
			evidence: ['nuc-1: a/one', 'nuc-2: b/two, c/three', 'one node: d/four'],
		});
	});

	test('released volumes are one line, with what they hold', () => {
		const objects = {
			classes: [nvme],
			volumes: [
				volume('pvc-1', 'nvme', 'a/one', {}, {phase: 'Released'}),
				volume('pvc-2', 'nvme', 'a/two', {}, {phase: 'Failed', message: 'in use'}),
				volume('pvc-3', 'nvme', 'a/three', {csi: undefined}),
			],
		};
		expect(one('volume-released', objects)).toMatchObject({
			about: 'nvme',
			title: '2 volumes kept without a claim',
			evidence: ['a/one 10Gi, pvc-1 Released', 'a/two 10Gi, pvc-2 Failed, in use'],
		});
	});

	test('many names fill lines, and those beyond are counted', () => {
		const names = Array.from({length: 200}, (_, at) => `namespace/claim-${at}`);
		const {evidence} = one('volume-node-pinned', {
			classes: [localPath],
			volumes: names.map((path, at) => localVolume(`v${at}`, path, 'nuc-1')),
		});
		expect(evidence.every(text => text.length <= 100)).toBe(true);
		expect(evidence).toHaveLength(9);
		expect(evidence.at(-1)).toMatch(/^and \d+ more$/);
		const told = evidence.slice(0, -1).join(', ').split(', ').length;
		expect(evidence.at(-1)).toBe(`and ${200 - told} more`);
	});

	test.each<[FindingId, Objects]>([
		['volume-single-replica', replicated({})],
		['volume-node-pinned', replicated({})],
		['volume-released', replicated({})],
		['default-class-ambiguous', {classes: [storageClass('nvme', {}, isDefault)]}],
		['storage-single-server', replicated({})],
	])('%s is not said where it is not so', (id, objects) => {
		expect(found(id, objects)).toEqual([]);
	});

	test('several default classes, named by the one that wins', () => {
		const older = storageClass('local-path', {}, {...isDefault, creationTimestamp: ago(2e9)});
		expect(one('default-class-ambiguous', {classes: [older, storageClass('nvme', {}, isDefault)]})).toMatchObject({
			about: 'nvme',
			title: '2 default classes: it wins, being the newest',
			evidence: ['marked as default: nvme, local-path'],
		});
	});
});

describe('a disk', () => {
	const disk = (status: object, spec: object = {}): Objects => ({longhornNodes: [longhornNode('nuc-1', spec, status)]});
	const not = (type: string, reason: string, age: number) => ({
		conditions: [{type, status: 'False', reason, lastTransitionTime: ago(age), message: 'm'}],
	});
	const wish = (freeSpace: number): Settings => ({...defaults, targets: {freeSpace}});

	test.each<[string, number, Symptom['after'] | undefined, Settings?]>([
		['15 % free is enough', 15, undefined],
		['just less is a warning', 14.9, {warning: 0}],
		['5 % free is still a warning', 5, {warning: 0}],
		['just less is critical', 4.9, {critical: 0}],
		['unless more was asked for', 25, {warning: 0}, wish(0.3)],
		['or less', 12, undefined, wish(0.1)],
	])('%s', (_, free, after, settings = defaults) => {
		const symptoms = found('disk-full', disk({storageAvailable: free * Gi}), settings);
		expect(symptoms.map(symptom => symptom.after)).toEqual(after === undefined ? [] : [after]);
	});

	test('that is full says by how much', () => {
		expect(one('disk-full', disk({storageAvailable: 14 * Gi, ...not('Schedulable', 'DiskPressure', minutes)}))).toMatchObject({
			about: 'nuc-1 /var/lib/longhorn',
			title: '14% free',
			since: now - minutes,
			evidence: [
				'14Gi of 100Gi free (14%)',
				'45Gi promised to volumes, 10Gi kept for others',
				'Schedulable False: DiskPressure m',
			],
		});
	});

	test('that does not answer is not known to be full, nor one never measured', () => {
		expect(found('disk-full', disk({storageAvailable: Gi, ...not('Ready', 'DiskNotReady', minutes)}))).toEqual([]);
		expect(found('disk-full', disk({storageAvailable: undefined, storageMaximum: 0}))).toEqual([]);
	});

	test('that takes no new copies is told after ten minutes, since its condition says so', () => {
		expect(one('disk-unschedulable', disk(not('Schedulable', 'DiskPressure', 4 * minutes)))).toMatchObject({
			about: 'nuc-1 /var/lib/longhorn',
			after: {warning: 10 * minutes},
			since: now - 4 * minutes,
			title: 'takes no new copies: DiskPressure',
			causes: ['node-not-ready:nuc-1', 'disk-full:nuc-1 /var/lib/longhorn', 'controller-down:longhorn-manager'],
		});
		expect(one('disk-unschedulable', disk(not('Ready', 'DiskFilesystemChanged', minutes))).title).toBe(
			'not ready: DiskFilesystemChanged',
		);
	});

	test('that somebody closed, or that is well, is not', () => {
		expect(found('disk-unschedulable', disk(not('Schedulable', 'x', minutes), {allowScheduling: false}))).toEqual([]);
		expect(found('disk-unschedulable', disk({}))).toEqual([]);
	});
});

describe('claim-pending', () => {
	const waits = (object: object, more: Objects = {}): Objects => ({classes: [nvme, localPath], claims: [object], ...more});

	test('is a warning after two minutes, since the claim was made', () => {
		expect(one('claim-pending', waits(pendingClaim('media/films', 'nvme', minutes)))).toMatchObject({
			about: 'media/films',
			after: {warning: 2 * minutes},
			since: now - minutes,
			title: 'pending: waits for driver.longhorn.io',
			evidence: ['asks for 10Gi of class nvme'],
			causes: ['controller-down:longhorn-manager'],
		});
	});

	test('tells what the provisioner said', () => {
		const said = warning('ProvisioningFailed', 'PersistentVolumeClaim media/films', 'no space left', {count: 12});
		const symptom = one('claim-pending', waits(pendingClaim('media/films', 'nvme', 9 * minutes), {warnings: [said]}));
		expect(symptom.more).toBe('no space left');
		expect(symptom.evidence).toContain('ProvisioningFailed ×12: no space left');
	});

	test('is no trouble while it waits for a first pod', () => {
		expect(found('claim-pending', waits(pendingClaim('a/b', 'local-path', 9 * minutes)))).toEqual([]);
		const byHand = storageClass('byhand', {
			provisioner: 'kubernetes.io/no-provisioner',
			volumeBindingMode: 'WaitForFirstConsumer',
		});
		expect(found('claim-pending', {classes: [byHand], claims: [pendingClaim('a/b', 'byhand', 9 * minutes)]})).toEqual([]);
	});

	test('follows from the pod where that has no node yet', () => {
		const pods = [waitingPod('a/web-7d4b9c-x2x4z', 'b', '', {status: unplaced, owner: {kind: 'ReplicaSet', name: 'web-7d4b9c'}})];
		const objects = waits(pendingClaim('a/b', 'local-path', 9 * minutes), {pods});
		expect(one('claim-pending', objects)).toMatchObject({
			title: 'pending: waits for its pod to get a node',
			causes: ['pods-unschedulable:a/web'],
		});
		expect(told(objects).claimCauses.get('a/b')).toEqual([]);
	});

	test('is gone when it is bound', () => {
		expect(found('claim-pending', waits(claim('media/films', 'nvme')))).toEqual([]);
	});
});

test('claim-lost is critical also where no volume is left to speak of it', () => {
	const lost = claim('media/books', 'nvme', {spec: {volumeName: 'pvc-1'}, status: {phase: 'Lost'}});
	expect(one('claim-lost', {classes: [nvme], claims: [lost]})).toMatchObject({
		about: 'media/books',
		after: {critical: 0},
		evidence: ['phase Lost; it was bound to PersistentVolume pvc-1'],
	});
	expect(found('claim-lost', replicated({}))).toEqual([]);
});

describe('resize-stuck', () => {
	const resizing = (type: string, more: Objects = {}) =>
		replicated(
			{},
			{
				claims: [
					claim('media/books', 'nvme', {
						status: {conditions: [{type, status: 'True', lastTransitionTime: ago(5 * minutes), message: 'm'}]},
					}),
				],
				...more,
			},
		);

	test('gives a resize ten minutes', () => {
		expect(one('resize-stuck', resizing('Resizing'))).toMatchObject({
			about: 'media/books',
			after: {warning: 10 * minutes},
			since: now - 5 * minutes,
			evidence: ['asks for 10Gi', 'm'],
		});
	});

	test('tells a failed one at once, with what Longhorn says', () => {
		const engines = [engine('pvc-1', {}, {lastExpansionError: 'disk full'})];
		expect(one('resize-stuck', resizing('ControllerResizeError', {engines}))).toMatchObject({
			after: {warning: 0},
			title: 'resize failed',
			evidence: ['asks for 10Gi', 'm', 'Longhorn: disk full'],
		});
	});

	test('waits for a pod to mount it as long as nobody does', () => {
		expect(found('resize-stuck', resizing('FileSystemResizePending'))).toEqual([]);
		const attachments = [attachment('a', 'pvc-1', 'nuc-1')];
		expect(one('resize-stuck', resizing('FileSystemResizePending', {attachments})).after).toEqual({warning: 10 * minutes});
	});

	test('is not said of a claim that has its size', () => {
		expect(found('resize-stuck', replicated({}))).toEqual([]);
	});
});

describe('attachment-stuck', () => {
	const stuck = (attachments: readonly object[], more: Objects = {}) => replicated({}, {attachments, ...more});

	test('tells an error at once', () => {
		const status = {attached: false, attachError: {time: ago(3 * minutes), message: 'timed out'}};
		expect(one('attachment-stuck', stuck([attachment('a', 'pvc-1', 'nuc-2', {status})]))).toMatchObject({
			about: 'media/books',
			after: {warning: 0},
			since: now - 3 * minutes,
			title: 'cannot be attached to nuc-2',
			evidence: ['not attached to nuc-2: VolumeAttachment a', 'timed out'],
		});
	});

	test.each<[string, readonly object[], number, string]>([
		[
			'that takes long',
			[attachment('a', 'pvc-1', 'nuc-2', {age: 2 * minutes, status: {attached: false}})],
			2 * minutes,
			'is not attached to nuc-2',
		],
		[
			'on two nodes',
			[attachment('a', 'pvc-1', 'nuc-1'), attachment('b', 'pvc-1', 'nuc-2', {age: 3 * minutes})],
			3 * minutes,
			'on nuc-1 and nuc-2, yet it may be used on one node at a time',
		],
	])('gives one %s six minutes', (_, attachments, age, title) => {
		expect(one('attachment-stuck', stuck(attachments))).toMatchObject({after: {warning: 6 * minutes}, since: now - age, title});
	});

	test('hears that another node holds it, while the pod waits still', () => {
		const message = 'Multi-Attach error for volume "pvc-1" Volume is already exclusively attached to one node';
		const more = {
			warnings: [warning('FailedAttachVolume', 'Pod media/jellyfin-0', message, {first: 4 * minutes})],
			nodes: {...threeNodes, 'nuc-1': silent},
		};
		const held = [attachment('a', 'pvc-1', 'nuc-1')];
		const symptom = one('attachment-stuck', stuck(held, {...more, pods: [waitingPod('media/jellyfin-0', 'books', 'nuc-2')]}));
		expect(symptom).toMatchObject({since: now - 4 * minutes, title: 'nuc-1 holds it still', after: {warning: 6 * minutes}});
		expect(symptom.causes[0]).toBe('node-not-ready:nuc-1');
		expect(found('attachment-stuck', stuck(held, more))).toEqual([]);
	});

	test('is not said of one that is attached', () => {
		expect(found('attachment-stuck', stuck([attachment('a', 'pvc-1', 'nuc-1')]))).toEqual([]);
	});
});

describe('csi-driver-missing', () => {
	const nodes = (rootDir = '') => ({...threeNodes, 'nuc-2': {...ready, rootDir: own(rootDir)}});
	const well: Objects = {
		...replicated({}),
		csiNodes: ['nuc-1', 'nuc-2', 'nuc-3'].map(name => csiNode(name)),
		pods: ['nuc-1', 'nuc-2', 'nuc-3'].map(node => csiPlugin(node)),
	};
	const withPods = (...pods: readonly object[]) => [csiPlugin('nuc-1'), csiPlugin('nuc-3'), ...pods];

	test('is not said where the driver is listed and its plugin ready', () => {
		expect(found('csi-driver-missing', well)).toEqual([]);
	});

	test('a node that runs the plugin and does not list the driver', () => {
		const csiNodes = [csiNode('nuc-1'), csiNode('nuc-2', []), csiNode('nuc-3')];
		expect(one('csi-driver-missing', {...well, csiNodes})).toMatchObject({
			about: 'driver.longhorn.io on nuc-2',
			after: {warning: 0},
			since: 0,
			title: 'not registered with kubelet',
			evidence: [
				'CSINode nuc-2 does not list it',
				'plugin pod longhorn-system/longhorn-csi-plugin-nuc-2: ready, Running',
				'plugin pod registers in /var/lib/kubelet',
				'kubelet of nuc-2 says no --root-dir',
				'kubelets of other nodes: /var/lib/kubelet',
			],
		});
	});

	test('a plugin pod that is not ready', () => {
		const pods = withPods(csiPlugin('nuc-2', '/var/lib/kubelet', false));
		expect(one('csi-driver-missing', {...well, pods})).toMatchObject({
			after: {warning: 0},
			since: now - 7 * minutes,
			title: 'its plugin pod is not ready',
			causes: ['controller-down:longhorn-manager', 'pods-failing:longhorn-system/longhorn-csi-plugin'],
		});
	});

	test('a kubelet that moved: pods cannot mount, CSINode still lists it, the directories differ', () => {
		const objects = {
			...well,
			nodes: nodes('/data/kubelet'),
			pods: withPods(csiPlugin('nuc-2'), waitingPod('media/jellyfin-0', 'books', 'nuc-2')),
			warnings: [warning('FailedMount', 'Pod media/jellyfin-0', notRegistered('pvc-1'), {node: 'nuc-2', first: 5 * minutes})],
		};
		const symptom = one('csi-driver-missing', objects);
		expect(symptom).toMatchObject({
			about: 'driver.longhorn.io on nuc-2',
			after: {critical: 0},
			since: now - 5 * minutes,
			title: 'plugin registers in /var/lib/kubelet, kubelet lives in /data/kubelet',
			more: '1 pod cannot mount',
			causes: [],
		});
		expect(symptom.evidence[0]).toBe('CSINode nuc-2 still lists it: kubelet leaves old entries alone');
		expect(symptom.evidence).toContain(
			'FailedMount ×2: driver name driver.longhorn.io not found in the list of registered CSI drivers',
		);
		expect(symptom.evidence).toContain('cannot mount: media/jellyfin-0');
		expect(symptom.evidence).toContain('kubelet of nuc-2 runs with --root-dir /data/kubelet');
		expect(told(objects).claimCauses.get('media/books')?.[0]).toBe('csi-driver-missing:driver.longhorn.io on nuc-2');
		const restarted = {...threeNodes, 'nuc-2': {...ready, rootDir: own('/data/kubelet'), restartedAt: now - 50 * minutes}};
		expect(one('csi-driver-missing', {...objects, nodes: restarted}).since).toBe(now - 50 * minutes);
		expect(
			one('csi-driver-missing', {
				...objects,
				nodes: {...restarted, 'nuc-2': {...restarted['nuc-2'], rootDir: own('/var/lib/kubelet')}},
			}).since,
		).toBe(now - 5 * minutes);
	});

	test('an event whose pod runs, or is gone, proves nothing any more', () => {
		const warnings = [warning('FailedMount', 'Pod media/jellyfin-0', notRegistered('pvc-1'), {node: 'nuc-2'})];
		expect(found('csi-driver-missing', {...well, warnings})).toEqual([]);
	});

	test('where pods are not seen, an event counts for ten minutes', () => {
		const event = (last: number) => warning('FailedMount', 'Pod media/jellyfin-0', notRegistered('pvc-1'), {node: 'nuc-2', last});
		const unseen = (last: number) => ({...well, pods: [], warnings: [event(last)], states: {pods: denied('pods')}});
		expect(found('csi-driver-missing', unseen(10 * minutes - 1))).toHaveLength(1);
		expect(told(unseen(10 * minutes - 1)).changesAt).toBe(now + 1);
		expect(found('csi-driver-missing', unseen(10 * minutes))).toEqual([]);
	});

	test('a silent node misses nothing that could be told', () => {
		expect(found('csi-driver-missing', {...well, csiNodes: [], nodes: {'nuc-2': silent}})).toEqual([]);
	});
});

describe('storage-server-down', () => {
	const last = {terminated: {exitCode: 1, reason: 'Error', finishedAt: ago(minutes)}};
	const ended = {containerStatuses: [{name: 'main', ready: false, state: {running: {}}, lastState: last}]};
	const crashing = {
		...unready(3 * minutes),
		containerStatuses: [{name: 'main', ready: false, state: {waiting: {reason: 'CrashLoopBackOff'}}, lastState: last}],
	};
	const films = nfsVolume('films', 'media', 'media/films', '10.0.0.41');
	const photos = nfsVolume('photos', 'media', 'photos/library', '10.0.0.41');
	const owner = {kind: 'ReplicaSet', name: 'jellyfin-7d4b9c'};
	const pods = [
		waitingPod('media/jellyfin-7d4b9c-x2x4z', 'films', 'nuc-1', {owner}),
		waitingPod('photos/immich-0', 'library', 'nuc-2', {owner: {kind: 'StatefulSet', name: 'immich'}}),
	];
	const mounts = (text: (pv: string) => string = timedOut) => [
		warning('FailedMount', 'Pod media/jellyfin-7d4b9c-x2x4z', text('films'), {node: 'nuc-1', first: 4 * minutes}),
		warning('FailedMount', 'Pod photos/immich-0', text('photos'), {node: 'nuc-2', first: 3 * minutes}),
	];
	const world = (more: Objects): Objects => ({volumes: [films, photos], nodes: threeNodes, ...more});

	test('is critical where mounts fail on two nodes', () => {
		expect(one('storage-server-down', world({pods, warnings: mounts()}))).toMatchObject({
			about: '10.0.0.41',
			after: {critical: 0},
			since: now - 4 * minutes,
			title: 'mounts fail on 2 nodes',
			evidence: [
				'FailedMount ×2: mount.nfs: Connection timed out',
				'nodes: nuc-1, nuc-2',
				'serves: 10.0.0.41:/export',
				'workloads: media/jellyfin, photos/immich',
				'pods that hang: media/jellyfin-7d4b9c-x2x4z, photos/immich-0',
			],
		});
	});

	test('goes by the name the user gave it, and explains trouble with its claims', () => {
		const aliases = {'10.0.0.41': 'nas-1'};
		const objects = world({pods, warnings: mounts(), aliases});
		expect(one('storage-server-down', objects).about).toBe('nas-1');
		expect(one('storage-single-server', objects)).toMatchObject({about: 'nas-1', many: 2});
		expect(told(objects).claimCauses.get('media/films')).toContain('storage-server-down:nas-1');
	});

	test('is suspected where pods on its volumes hang together on two nodes', () => {
		const failing = [
			waitingPod('media/jellyfin-0', 'films', 'nuc-1', {status: unready(12 * minutes)}),
			waitingPod('photos/immich-0', 'library', 'nuc-2', {status: unready(3 * minutes)}),
		];
		expect(one('storage-server-down', world({pods: failing}))).toMatchObject({
			after: {warning: 2 * minutes},
			since: now - 12 * minutes,
			title: 'suspected: pods on its volumes hang on 2 nodes together',
			causes: ['core-service-down:coredns'],
		});
	});

	test.each<[string, Objects]>([
		[
			'a server that says no is there',
			{pods: pods.slice(0, 1), warnings: mounts(pv => `failed for volume "${pv}" : access denied`)},
		],
		['mounts fail on one node only', {pods: pods.slice(0, 1), warnings: mounts().slice(0, 1)}],
		[
			'pods hang more than ten minutes apart',
			{
				pods: [
					waitingPod('media/jellyfin-0', 'films', 'nuc-1', {status: unready(30 * minutes)}),
					waitingPod('photos/immich-0', 'library', 'nuc-2', {status: unready(19 * minutes)}),
				],
			},
		],
		['one of two pods is on a lost node', {pods, nodes: {...threeNodes, 'nuc-2': silent}}],
		['the pods run again', {warnings: mounts()}],
		[
			'containers end by themselves',
			{
				pods: [
					waitingPod('media/jellyfin-0', 'films', 'nuc-1', {status: crashing}),
					waitingPod('photos/immich-0', 'library', 'nuc-2', {status: {...unready(3 * minutes), ...ended}}),
				],
			},
		],
		[
			'something else is known to be wrong',
			{pods, warnings: [warning('FailedMount', 'Pod photos/immich-0', notRegistered('pvc-1'), {node: 'nuc-2'})]},
		],
		['the pods have no node', {pods: pods.map(pod => ({...pod, status: unplaced, spec: {...pod.spec, nodeName: ''}}))}],
	])('is not said where %s', (_, more) => {
		expect(found('storage-server-down', world(more))).toEqual([]);
	});

	test('an iSCSI portal is a server too', () => {
		const disk = volume('disk', '', 'a/b', {csi: undefined, iscsi: {targetPortal: '10.0.0.5:3260', iqn: 'iqn.2004-04.nas'}});
		expect(one('storage-single-server', {volumes: [disk]})).toMatchObject({
			about: '10.0.0.5',
			evidence: ['serves: 10.0.0.5:iqn.2004-04.nas', 'a/b'],
		});
	});
});

describe('what would explain trouble with a claim', () => {
	test.each<[string, Objects, string, readonly string[]]>([
		[
			'on Longhorn',
			replicated({}),
			'media/books',
			['attachment-stuck:media/books', 'volume-faulted:media/books', 'node-not-ready:nuc-1'],
		],
		[
			'on the disk of a node',
			{volumes: [localVolume('v', 'a/b', 'nuc-2')]},
			'a/b',
			['attachment-stuck:a/b', 'node-not-ready:nuc-2'],
		],
		['without a volume', {classes: [nvme], claims: [pendingClaim('a/b', 'nvme', minutes)]}, 'a/b', ['claim-pending:a/b']],
		['that lost it', {claims: [claim('a/b', 'nvme', {status: {phase: 'Lost'}})]}, 'a/b', ['claim-lost:a/b']],
	])('%s', (_, objects, path, causes) => {
		expect(told(objects).claimCauses.get(path)).toEqual(causes);
	});
});

function denied(resource: string): SourceState {
	return {is: 'denied', verb: own('list'), resource: own(resource)};
}

describe('what cannot be judged', () => {
	const blind = (objects: Objects): readonly Blind[] => diagnoseStorage(told(objects), defaults).blind;
	const blinded = (objects: Objects) => blind(objects).flatMap(({ids}) => ids);

	test.each<[keyof Objects, readonly FindingId[]]>([
		['classes', ['default-class-ambiguous', 'claim-pending']],
		['volumes', ['volume-node-pinned', 'volume-released', 'storage-single-server', 'storage-server-down']],
		['claims', ['claim-pending', 'claim-lost', 'resize-stuck']],
		['attachments', ['attachment-stuck']],
		['csiNodes', ['csi-driver-missing']],
		['longhornVolumes', ['volume-faulted', 'volume-degraded', 'volume-single-replica']],
		['longhornNodes', ['disk-full', 'disk-unschedulable']],
		['warnings', ['csi-driver-missing', 'attachment-stuck']],
	])('without %s', (source, ids) => {
		const states: readonly SourceState[] = [
			{is: 'loading'},
			{is: 'stale', since: now - 1000, why: own('no answer')},
			denied('things'),
		];
		for (const state of states) {
			expect(blinded({states: {[source]: state}})).toEqual(expect.arrayContaining([...ids]));
			expect(blind({states: {[source]: state}})[0]).toMatchObject({loading: state.is === 'loading', required: true});
		}
		expect(blind({states: {[source]: {is: 'absent'}}})).toEqual([]);
	});

	test('a server cannot be judged without events or pods, one that was accused can', () => {
		const volumes = [nfsVolume('films', 'media', 'media/films', 'nas-1')];
		for (const source of ['warnings', 'pods'] as const) {
			const [told] = blind({volumes, states: {[source]: denied(source)}}).filter(({ids}) => ids.includes('storage-server-down'));
			expect(told?.abouts).toEqual(new Set(['nas-1']));
		}
	});

	test('Longhorn is frozen, not fine, while no longhorn-manager is ready', () => {
		expect(blind(replicated({}, {managerReady: false}))).toEqual([
			{
				ids: ['volume-faulted', 'volume-degraded', 'disk-full', 'disk-unschedulable'],
				what: 'longhorn',
				why: 'longhorn-manager not running',
				loading: false,
				required: true,
			},
		]);
	});

	test('without Longhorn nobody misses its manager', () => {
		const states = {longhornVolumes: {is: 'absent'}, longhornNodes: {is: 'absent'}} as const;
		expect(blind({classes: [nvme], managerReady: false, states})).toEqual([]);
	});

	test('what is silent for one reason is said once', () => {
		const stale: SourceState = {is: 'stale', since: now - 1000, why: own('no answer')};
		const states = {classes: stale, volumes: stale, claims: stale};
		expect(blind({states}).map(({why}) => why)).toEqual(['storage classes, volumes, claims: no answer']);
	});

	test('claims of other namespaces are not seen where only one may be read', () => {
		const limited = input({});
		const claims = {...limited.claims, limitedTo: {namespace: own('media'), missing: own('list claims')}};
		expect(diagnoseStorage(storageFacts({...limited, claims}), defaults).blind).toMatchObject([
			{why: 'claims: only namespace media: list claims', abouts: new Set()},
		]);
	});
});

describe('the same again', () => {
	test('facts and settings give the same diagnosis, and an unchanged volume the same symptom', () => {
		const both = replicated(degraded, {
			...oneLost,
			volumes: [volume('pvc-1', 'nvme', 'media/books'), volume('pvc-2', 'nvme', 'media/films')],
			longhornVolumes: [longhornVolume('pvc-1', 'media/books', degraded), longhornVolume('pvc-2', 'media/films', degraded)],
		});
		const first = input(both);
		const before = storageFacts(first);
		expect(storageFacts({...first, now: now + 1}, before)).toBe(before);
		expect(storageFacts({...first, nodes: new Map(first.nodes)}, before)).toBe(before);
		expect(diagnoseStorage(before, defaults)).toBe(diagnoseStorage(before, defaults));
		const engines = input({...both, engines: [engine('pvc-1', {'r-1': 'RW', 'r-2': 'WO'})]}).engines;
		const after = storageFacts({...first, engines}, before);
		const of = (facts: typeof before, about: string) =>
			diagnoseStorage(facts, defaults).symptoms.find(symptom => symptom.about === about);
		expect(of(after, 'media/films')).toBe(of(before, 'media/films'));
		expect(of(after, 'media/books')).not.toBe(of(before, 'media/books'));
		expect(after.claimCauses).toBe(before.claimCauses);
		expect(after.servers).toBe(before.servers);
	});
});
