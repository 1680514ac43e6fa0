import {describe, expect, test} from 'vitest';
import {storageFacts} from '../../source/storage/facts.ts';
import {storageView} from '../../source/storage/view.ts';
import {own, type SourceState} from '../../source/vocabulary.ts';
import {rowTexts} from '../_helpers/told.ts';
import {input, type Objects, told} from './cluster.ts';
import {
	ago,
	attachment,
	claim,
	csiNode,
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
	volume,
	waitingPod,
	warning,
} from './objects.ts';

const nvme = storageClass('nvme');
const columns = ['tier', 'kind', 'volumes', 'health', 'used'];
const rows = (objects: Objects) => rowTexts(storageView(told(objects)), columns);
/** One Longhorn volume of class nvme in a state, and what else there is. */
const one = (status: object, more: Objects = {}, spec: object = {}): Objects => ({
	classes: [nvme],
	volumes: [volume('pvc-1', 'nvme', 'media/books')],
	longhornVolumes: [longhornVolume('pvc-1', 'media/books', status, spec)],
	...more,
});
const ready = {word: 'ready', since: 0} as const;
const silent = {word: 'silent', since: now - 35 * minutes} as const;

describe('a tier', () => {
	test('says what stands behind it, how many volumes it has, and how full its disks are', () => {
		expect(rows(one({}, {longhornNodes: [longhornNode('nuc-1'), longhornNode('nuc-2')]}))).toEqual([
			'ok | nvme | longhorn ×2 | 1 | ok | 60%',
		]);
	});

	test('counts only the disks that carry all of its tags', () => {
		const disks = [longhornNode('nuc-1'), longhornNode('nas-1', {}, {storageAvailable: 2 ** 30}, ['sata'])];
		expect(rows(one({}, {longhornNodes: disks}))).toEqual(['ok | nvme | longhorn ×2 | 1 | ok | 60%']);
	});

	test.each([
		['local-path', localPath, localVolume('v', 'a/b', 'nuc-1'), 'risk | local-path | on one node | 1 | no copy | –'],
		[
			'NFS by CSI',
			storageClass('media', {provisioner: 'nfs.csi.k8s.io', parameters: {server: 'nas-1', share: '/m'}}),
			volume('v', 'media', 'a/b', {csi: {driver: 'nfs.csi.k8s.io', volumeAttributes: {server: 'nas-1'}}}),
			'risk | media | nfs nas-1 | 1 | one server | –',
		],
		[
			'NFS by a provisioner of any name',
			storageClass('media', {provisioner: 'cluster.local/nfs-subdir', parameters: {}}),
			nfsVolume('v', 'media', 'a/b', 'nas-1'),
			'risk | media | nfs nas-1 | 1 | one server | –',
		],
		[
			'Synology',
			storageClass('syno', {provisioner: 'csi.san.synology.com', parameters: {dsm: '10.0.0.5'}}),
			volume('v', 'syno', 'a/b', {csi: {driver: 'csi.san.synology.com', volumeAttributes: {dsm: '10.0.0.5'}}}),
			'risk | syno | nas 10.0.0.5 | 1 | one server | –',
		],
		[
			'Ceph',
			storageClass('ceph-block', {provisioner: 'rook-ceph.rbd.csi.ceph.com', parameters: {}}),
			volume('v', 'ceph-block', 'a/b', {csi: {driver: 'rook-ceph.rbd.csi.ceph.com'}}),
			'ok | ceph-block | ceph block | 1 | ok | –',
		],
		[
			'anything else',
			storageClass('do', {provisioner: 'dobs.csi.digitalocean.com', parameters: {}}),
			volume('v', 'do', 'a/b', {csi: {driver: 'dobs.csi.digitalocean.com'}}),
			'ok | do | dobs.csi.digitalocean.com | 1 | ok | –',
		],
	])('%s', (_, storage, pv, row) => {
		expect(rows({classes: [storage], volumes: [pv]})).toEqual([row]);
	});

	test('volumes without a class have a row of their own', () => {
		expect(rows({volumes: [nfsVolume('films', '', 'media/films', 'nas-1')]})).toEqual([
			'risk | no class | nfs nas-1 | 1 | one server | –',
		]);
	});

	test('volumes whose class is gone keep its name', () => {
		expect(rows({volumes: [nfsVolume('films', 'manual', 'media/films', 'nas-1')]})).toEqual([
			'risk | manual | nfs nas-1 | 1 | one server | –',
		]);
	});

	test('a class nobody uses says so', () => {
		expect(rows({classes: [nvme]})).toEqual(['ok | nvme | longhorn ×2 | 0 | no volumes | –']);
	});

	test('the default class is marked, several are a standing risk', () => {
		const older = storageClass('local-path', {}, {...isDefault, creationTimestamp: ago(2e9)});
		const view = storageView(told({classes: [older, storageClass('nvme', {}, isDefault)]}));
		expect(rowTexts(view, ['tier'])).toEqual(['ok | local-path *', 'ok | nvme *']);
		expect(view.notes).toEqual([{health: 'risk', text: '2 default classes (nvme, local-path): nvme wins, it is the newest'}]);
	});
});

describe('a Longhorn volume', () => {
	const healthy = 'ok | nvme | longhorn ×2 | 1 | ok | –';
	test.each([
		['healthy', {}, [healthy]],
		['detached: robustness unknown is normal', {state: 'detached', robustness: 'unknown', currentNodeID: ''}, [healthy]],
		['attaching', {state: 'attaching', robustness: 'unknown'}, [healthy]],
		[
			'degraded, since when',
			{robustness: 'degraded', lastDegradedAt: ago(24 * minutes)},
			['warn | nvme | longhorn ×2 | 1 | 1 degraded | –', '└ warn | media/books | on nuc-1 | degraded 24m'],
		],
		[
			'faulted while in use',
			{robustness: 'faulted', state: 'detached'},
			['bad | nvme | longhorn ×2 | 1 | 1 faulted | –', '└ bad | media/books | on nuc-1 | faulted: no usable copy is left'],
		],
		[
			'faulted while nobody wants it',
			{
				robustness: 'faulted',
				state: 'detached',
				kubernetesStatus: {pvName: 'pvc-1', lastPodRefAt: ago(1e6), workloadsStatus: [{podName: 'x'}]},
			},
			['warn | nvme | longhorn ×2 | 1 | 1 faulted | –', '└ warn | media/books | on nuc-1 | faulted: no usable copy is left'],
		],
		[
			'attached, robustness unknown',
			{robustness: 'unknown'},
			[
				'warn | nvme | longhorn ×2 | 1 | 1 robustness unknown | –',
				'└ warn | media/books | on nuc-1 | robustness unknown: attached, yet Longhorn cannot tell its copies',
			],
		],
		[
			'a copy that fits nowhere',
			{
				conditions: [
					{
						type: 'Scheduled',
						status: 'False',
						lastTransitionTime: ago(12 * minutes),
						reason: 'ReplicaSchedulingFailure',
						message: 'insufficient storage',
					},
				],
			},
			[
				'warn | nvme | longhorn ×2 | 1 | 1 copy not placed | –',
				'└ warn | media/books | on nuc-1 | copy not placed 12m: insufficient storage',
			],
		],
	])('%s', (_, status, expected) => {
		expect(rows(one(status))).toEqual(expected);
	});

	const degraded = {robustness: 'degraded', lastDegradedAt: ago(24 * minutes)};

	test('that is being rebuilt says where, and how far', () => {
		const replicas = [replica('r-1', 'pvc-1', 'nuc-1'), replica('r-2', 'pvc-1', 'nuc-2', {healthyAt: ''})];
		const rebuildStatus = {a: {isRebuilding: true, progress: 80}};
		const engines = [engine('pvc-1', {'r-1': 'RW', 'r-2': 'WO'}, {rebuildStatus})];
		expect(rows(one(degraded, {replicas, engines}))).toContain(
			'└ warn | media/books | on nuc-1 | degraded 24m: rebuild on nuc-2 at 80%',
		);
	});

	test('whose last healthy copy is on a lost node is as bad as can be', () => {
		const replicas = [replica('r-1', 'pvc-1', 'nuc-2'), replica('r-2', 'pvc-1', 'nuc-3', {failedAt: ago(24 * minutes)})];
		const engines = [engine('pvc-1', {'r-1': 'RW'})];
		expect(rows(one(degraded, {replicas, engines, nodes: {'nuc-2': silent}}))).toContain(
			'└ bad | media/books | on nuc-1 | degraded 24m: the last healthy copy is on a node that is not ready',
		);
	});

	test('a single replica is a standing risk, not a page', () => {
		expect(rows(one({}, {}, {numberOfReplicas: 1}))).toEqual(['risk | nvme | longhorn ×2 | 1 | single copy | –']);
	});

	test('that is gone while its claim still counts on it', () => {
		expect(rows(one({}, {longhornVolumes: []}))).toEqual([
			'bad | nvme | longhorn ×2 | 1 | 1 missing | –',
			'└ bad | media/books | missing: Longhorn has no such volume',
		]);
	});

	test('without a volume in Kubernetes is still shown', () => {
		expect(rows({longhornVolumes: [longhornVolume('orphan', '', {robustness: 'faulted', kubernetesStatus: {}})]})).toEqual([
			'bad | no class | made by hand | 1 | 1 faulted | –',
			'└ bad | orphan | on nuc-1 | faulted: no usable copy is left',
		]);
	});

	test('is frozen, not fine, while no longhorn-manager is ready', () => {
		const view = storageView(told(one({}, {managerReady: false})));
		expect(rowTexts(view, columns)).toEqual(['unknown | nvme | longhorn ×2 | 1 | 1 frozen | –']);
		expect(view.notes.map(({text}) => text)).toEqual(['longhorn-manager is not running: what Longhorn says is frozen']);
	});

	test('that was bad stays bad while it is frozen', () => {
		expect(rows(one({robustness: 'degraded'}, {managerReady: false}))).toEqual([
			'warn | nvme | longhorn ×2 | 1 | 1 degraded | –',
			'└ warn | media/books | on nuc-1 | degraded: longhorn-manager is not running; last said: degraded',
		]);
	});

	test('cannot be judged without permission, and the permission is named', () => {
		const denied: SourceState = {is: 'denied', verb: own('list'), resource: own('volumes.longhorn.io')};
		const view = storageView(told({...one({}), longhornVolumes: [], states: {longhornVolumes: denied}}));
		expect(rowTexts(view, columns)).toEqual(['unknown | nvme | longhorn ×2 | 1 | 1 not seen | –']);
		expect(view.notes.map(({text}) => text)).toEqual(['longhorn volumes: denied: list volumes.longhorn.io']);
		expect(view.state).toEqual({is: 'live'});
	});
});

describe('a disk', () => {
	const Gi = 2 ** 30;
	const not = (type: string, reason: string) => ({
		conditions: [{type, status: 'False', reason, lastTransitionTime: ago(20 * minutes), message: ''}],
	});
	test.each([
		['14 % free', {storageAvailable: 14 * Gi}, {}, 'warn | nvme | longhorn ×2 | 1 | disk 14% free | 86%'],
		['15 % free is enough', {storageAvailable: 15 * Gi}, {}, 'ok | nvme | longhorn ×2 | 1 | ok | 85%'],
		['4 % free', {storageAvailable: 4 * Gi}, {}, 'bad | nvme | longhorn ×2 | 1 | disk 4% free | 96%'],
		['under pressure', not('Schedulable', 'DiskPressure'), {}, 'warn | nvme | longhorn ×2 | 1 | disk not schedulable | 60%'],
		['gone', not('Ready', 'DiskFilesystemChanged'), {}, 'warn | nvme | longhorn ×2 | 1 | disk not ready | 60%'],
		['closed', {}, {allowScheduling: false}, 'held | nvme | longhorn ×2 | 1 | disk closed | 60%'],
		['never measured', {storageAvailable: undefined, storageMaximum: 0}, {}, 'ok | nvme | longhorn ×2 | 1 | ok | –'],
	])('%s', (_, status, spec, row) => {
		expect(rows(one({}, {longhornNodes: [longhornNode('nuc-1', spec, status)]}))).toEqual([row]);
	});
});

describe('a claim without a volume', () => {
	const waits = (objects: object, more: Objects = {}) =>
		rows({classes: [nvme, localPath], claims: [objects], ...more}).filter(row => row.startsWith('└'));
	test.each([
		['just made', pendingClaim('a/b', 'nvme', minutes), '└ idle | a/b | claim | pending 1m: waits for driver.longhorn.io'],
		[
			'just under two minutes',
			pendingClaim('a/b', 'nvme', 2 * minutes - 1),
			'└ idle | a/b | claim | pending 1m: waits for driver.longhorn.io',
		],
		['two minutes', pendingClaim('a/b', 'nvme', 2 * minutes), '└ warn | a/b | claim | pending 2m: waits for driver.longhorn.io'],
		['of an unknown class', pendingClaim('a/b', 'gold', 9 * minutes), '└ warn | a/b | claim | pending 9m: no class gold'],
		[
			'of no class',
			pendingClaim('a/b', undefined, 9 * minutes),
			'└ warn | a/b | claim | pending 9m: no class named, and no default class',
		],
		[
			'of the empty class',
			pendingClaim('a/b', '', 9 * minutes),
			'└ warn | a/b | claim | pending 9m: waits for a volume without a class',
		],
		[
			'whose volume does not exist',
			pendingClaim('a/b', 'nvme', 9 * minutes, {volumeName: 'pvc-9'}),
			'└ warn | a/b | claim | pending 9m: the volume it names does not exist',
		],
		[
			'with a pod, on a class that waits for one',
			pendingClaim('a/b', 'local-path', 9 * minutes, {}, {annotations: {'volume.kubernetes.io/selected-node': 'nuc-1'}}),
			'└ warn | a/b | claim | pending 9m: waits for rancher.io/local-path',
		],
	])('%s', (_, object, row) => {
		expect(waits(object)).toEqual([row]);
	});

	test('that waits for its first pod is no trouble', () => {
		expect(rows({classes: [localPath], claims: [pendingClaim('a/b', 'local-path', 1e8)]})).toEqual([
			'ok | local-path | on one node | 0 | ok | –',
		]);
	});

	test('that lost its volume is shown, though no volume is left to show it', () => {
		const lost = claim('a/b', 'nvme', {spec: {volumeName: 'pvc-9'}, status: {phase: 'Lost'}});
		expect(waits(lost)).toEqual(['└ bad | a/b | claim | claim lost: the claim lost its volume']);
	});

	test('whose volume belongs to another', () => {
		const named = pendingClaim('a/b', 'nvme', 9 * minutes, {volumeName: 'pvc-1'});
		expect(waits(named, {volumes: [volume('pvc-1', 'nvme', 'x/y', {csi: undefined})]})).toEqual([
			'└ warn | a/b | claim | pending 9m: pvc-1 belongs to x/y',
		]);
	});
});

describe('a volume of any kind', () => {
	const trouble = (more: Objects) => rows(one({}, more)).filter(row => row.startsWith('└'));
	test.each<[string, Objects, string]>([
		[
			'attach error',
			{
				attachments: [
					attachment('a', 'pvc-1', 'nuc-2', {
						status: {attached: false, attachError: {time: ago(3 * minutes), message: 'timed out'}},
					}),
				],
			},
			'└ warn | media/books | on nuc-1 | attach failed 3m: to nuc-2: timed out',
		],
		[
			'detach error',
			{attachments: [attachment('a', 'pvc-1', 'nuc-2', {status: {detachError: {time: ago(3 * minutes), message: 'in use'}}})]},
			'└ warn | media/books | on nuc-1 | detach failed 3m: from nuc-2: in use',
		],
		[
			'attaching for six minutes',
			{attachments: [attachment('a', 'pvc-1', 'nuc-2', {age: 6 * minutes, status: {attached: false}})]},
			'└ warn | media/books | on nuc-1 | attach stuck 6m: to nuc-2',
		],
		[
			'on two nodes',
			{attachments: [attachment('a', 'pvc-1', 'nuc-1'), attachment('b', 'pvc-1', 'nuc-2', {age: 9 * minutes})]},
			'└ warn | media/books | on nuc-1 | on two nodes 9m: nuc-1 and nuc-2, yet it may be used on one node at a time',
		],
		[
			'claim lost',
			{claims: [claim('media/books', 'nvme', {spec: {volumeName: 'pvc-1'}, status: {phase: 'Lost'}})]},
			'└ bad | media/books | on nuc-1 | claim lost: the claim lost its volume',
		],
		[
			'resize failed',
			{
				claims: [
					claim('media/books', 'nvme', {
						status: {
							conditions: [
								{type: 'ControllerResizeError', status: 'True', lastTransitionTime: ago(5 * minutes), message: 'no space'},
							],
						},
					}),
				],
			},
			'└ warn | media/books | on nuc-1 | resize failed 5m: no space',
		],
		[
			'resize stuck',
			{
				claims: [
					claim('media/books', 'nvme', {
						status: {conditions: [{type: 'Resizing', status: 'True', lastTransitionTime: ago(10 * minutes)}]},
					}),
				],
			},
			'└ warn | media/books | on nuc-1 | resize stuck 10m: Resizing',
		],
		[
			'failed',
			{volumes: [volume('pvc-1', 'nvme', 'media/books', {}, {phase: 'Failed', message: 'delete failed'})]},
			'└ bad | media/books | on nuc-1 | failed: delete failed',
		],
	])('%s', (_, more, row) => {
		expect(trouble(more)).toEqual([row]);
	});

	test('an attachment just under six minutes is only on its way', () => {
		const waiting = attachment('a', 'pvc-1', 'nuc-2', {age: 6 * minutes - 1, status: {attached: false}});
		const facts = told(one({}, {attachments: [waiting]}));
		expect(rowTexts(storageView(facts), columns)).toHaveLength(1);
		expect(facts.changesAt).toBeLessThanOrEqual(now + 1);
	});

	test('released data is a standing risk', () => {
		expect(rows({classes: [nvme], volumes: [volume('pvc-1', 'nvme', 'a/b', {}, {phase: 'Released'})]})).toEqual([
			'risk | nvme | longhorn ×2 | 1 | released | –',
		]);
	});

	test('pinned to a silent node', () => {
		const objects = {classes: [localPath], volumes: [localVolume('v', 'a/b', 'nuc-2')], nodes: {'nuc-2': silent}};
		expect(rows(objects)).toEqual([
			'warn | local-path | on one node | 1 | 1 node silent | –',
			'└ warn | a/b | on nuc-2 | node silent 35m: it can be used on nuc-2 only',
		]);
	});

	test('in use on a silent node', () => {
		expect(rows(one({robustness: 'unknown'}, {nodes: {'nuc-1': silent}}))).toEqual([
			'warn | nvme | longhorn ×2 | 1 | 1 node silent | –',
			'└ warn | media/books | on nuc-1 | node silent 35m: attached to nuc-1',
		]);
	});

	test('a ready node without the driver it needs', () => {
		const nodes = {'nuc-1': ready, 'nuc-2': ready, 'nuc-3': silent};
		const objects = one(
			{},
			{
				nodes,
				longhornNodes: Object.keys(nodes).map(name => longhornNode(name)),
				csiNodes: [csiNode('nuc-1'), csiNode('nuc-2', []), csiNode('nuc-3', [])],
			},
		);
		expect(rows(objects)).toEqual(['warn | nvme | longhorn ×2 | 1 | no driver on nuc-2 | 60%']);
	});

	test('the driver of an attachment is missed too, but not while CSI nodes are loading', () => {
		const missing = {nodes: {'nuc-1': ready}, attachments: [attachment('a', 'pvc-1', 'nuc-1')]};
		expect(rows(one({}, missing))).toEqual(['warn | nvme | longhorn ×2 | 1 | no driver on nuc-1 | –']);
		expect(rows(one({}, {...missing, states: {csiNodes: {is: 'loading'}}}))).toEqual(['ok | nvme | longhorn ×2 | 1 | ok | –']);
	});
});

describe('a tier whose volumes cannot be mounted', () => {
	const nodes = {'nuc-1': ready, 'nuc-2': ready};
	const pods = [waitingPod('media/a', 'films', 'nuc-1'), waitingPod('media/b', 'films', 'nuc-2')];
	const failed = (message: string) => [
		warning('FailedMount', 'Pod media/a', message, {node: 'nuc-1'}),
		warning('FailedMount', 'Pod media/b', message, {node: 'nuc-2'}),
	];
	const films = {
		classes: [storageClass('media', {provisioner: 'nfs'})],
		volumes: [nfsVolume('v', 'media', 'media/films', 'nas-1')],
		nodes,
	};

	test('because its server is down, or may be', () => {
		expect(rows({...films, pods, warnings: failed(timedOut('v'))})).toEqual([
			'bad | media | nfs nas-1 | 1 | server down, one server | –',
		]);
		expect(rows({...films, pods})).toEqual(['warn | media | nfs nas-1 | 1 | server suspected, one server | –']);
	});

	test('because nodes do not know its driver, and pods wait', () => {
		const objects = one({}, {nodes, pods: pods.map(pod => ({...pod})), warnings: failed(notRegistered('pvc-1'))});
		expect(rows(objects)).toEqual(['bad | nvme | longhorn ×2 | 1 | no driver on 2 nodes | –']);
	});
});

describe('the pane', () => {
	test('puts the worst tier first, and its troubles under it', () => {
		const view = storageView(
			told({
				classes: [storageClass('archive'), nvme],
				volumes: [
					volume('pvc-1', 'nvme', 'media/books'),
					volume('pvc-2', 'nvme', 'media/films'),
					volume('pvc-3', 'archive', 'a/b'),
				],
				longhornVolumes: [
					longhornVolume('pvc-1', 'media/books', {robustness: 'degraded'}),
					longhornVolume('pvc-2', 'media/films', {robustness: 'faulted'}),
					longhornVolume('pvc-3', 'a/b'),
				],
			}),
		);
		expect(rowTexts(view, ['tier', 'health'])).toEqual([
			'bad | nvme | 1 faulted, 1 degraded',
			'└ bad | media/films | faulted: no usable copy is left',
			'└ warn | media/books | degraded',
			'ok | archive | ok',
		]);
		expect(view.summary).toBe('1 faulted, 1 degraded');
	});

	test('sums up a disk that is full, once for all its tiers', () => {
		const disks = [longhornNode('nuc-1', {}, {storageAvailable: 4 * 2 ** 30}, ['nvme', 'archive'])];
		const view = storageView(told({...one({}), classes: [nvme, storageClass('archive')], longhornNodes: disks}));
		expect(view.summary).toBe('disk 4% free');
	});

	test('sums up what is there when nothing is wrong', () => {
		expect(storageView(told(one({}))).summary).toBe('1 volume');
	});

	const denied: SourceState = {is: 'denied', verb: own('list'), resource: own('persistentvolumes')};
	const stale: SourceState = {is: 'stale', since: now - 1000, why: own('no answer')};
	test.each<[string, Objects['states'], SourceState['is'], readonly string[]]>([
		['one source is loading', {claims: {is: 'loading'}}, 'loading', []],
		['volumes are denied', {volumes: denied}, 'live', ['volumes: denied: list persistentvolumes']],
		['all are denied', {volumes: denied, classes: denied, claims: denied}, 'denied', []],
		['the connection is cut', {volumes: stale, classes: stale, claims: stale, attachments: stale}, 'stale', []],
		['attachments are stale', {attachments: stale}, 'live', ['attachments: no answer']],
	])('is honest when %s', (_, states, is, notes) => {
		const view = storageView(told({classes: [nvme], states: states ?? {}}));
		expect(view.state.is).toBe(is);
		expect(view.notes.map(({text}) => text)).toEqual(notes);
	});

	test('says that there is nothing only where all of it may be seen', () => {
		expect(storageView(told({})).empty).toBe('the cluster has no storage classes and no volumes');
		expect(storageView(told({states: {volumes: denied}})).empty).toBe('no class, volume or claim that may be seen');
	});

	test('says when Longhorn is there but its API is not', () => {
		const view = storageView(told(one({}, {longhornVolumes: [], states: {longhornVolumes: {is: 'absent'}}})));
		expect(view.notes.map(({text}) => text)).toEqual(['longhorn: not served as longhorn.io/v1beta2, its volumes are not seen']);
	});

	test('keeps every row that says the same, so nothing is drawn anew', () => {
		const first = input({...one({}), classes: [nvme, storageClass('archive')]});
		const before = storageFacts(first);
		expect(storageFacts(first, before)).toBe(before);
		const changed = {
			...first,
			longhornVolumes: input(one({robustness: 'degraded', lastDegradedAt: ago(minutes)})).longhornVolumes,
		};
		const after = storageFacts(changed, before);
		const row = (facts: typeof before, key: string) => storageView(facts).rows.find(candidate => candidate.key === key);
		expect(row(after, 'tier/archive')).toBe(row(before, 'tier/archive'));
		expect(row(after, 'tier/nvme')).not.toBe(row(before, 'tier/nvme'));
		expect(after.changesAt).toBe(now + minutes);
	});

	test('turns an age when its time has come, and not before', () => {
		const objects = input(one({robustness: 'degraded', lastDegradedAt: ago(24 * minutes)}));
		const before = storageFacts(objects);
		expect(before.changesAt).toBe(now + minutes);
		expect(storageFacts({...objects, now: now + minutes - 1}, before)).toBe(before);
		const after = storageView(storageFacts({...objects, now: now + minutes}, before));
		expect(rowTexts(after, ['health'])).toContain('└ warn | degraded 25m');
	});
});
