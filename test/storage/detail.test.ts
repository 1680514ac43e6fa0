import {expect, test} from 'vitest';
import {storageDetail} from '../../source/storage/detail.ts';
import {warningKind} from '../../source/workloads/event.ts';
import {reading} from '../_helpers/reading.ts';
import {detailText} from '../_helpers/told.ts';
import {told} from './cluster.ts';
import {
	ago,
	attachment,
	claim,
	engine,
	longhornNode,
	longhornVolume,
	minutes,
	nfsVolume,
	now,
	pendingClaim,
	replica,
	storageClass,
	volume,
	waitingPod,
	warning,
} from './objects.ts';

const facts = told({
	classes: [storageClass('nvme')],
	volumes: [volume('pvc-1', 'nvme', 'media/books')],
	claims: [claim('media/books', 'nvme'), pendingClaim('media/films', 'nvme', 9 * minutes)],
	attachments: [attachment('a', 'pvc-1', 'nuc-1', {age: 3 * minutes})],
	longhornVolumes: [
		longhornVolume('pvc-1', 'media/books', {
			robustness: 'degraded',
			lastDegradedAt: ago(24 * minutes),
			lastBackupAt: ago(5 * 3_600_000),
		}),
	],
	longhornNodes: [longhornNode('nuc-1')],
});
const detail = (key: string) => detailText(storageDetail(facts, key, now));

test('a tier tells its class, its waiting claims, its volumes and its disks', () => {
	const text = detail('tier/nvme');
	expect(text).toContain('provisioner: driver.longhorn.io');
	expect(text).toContain('disk tags: nvme');
	expect(text).toContain('media/films: pending 9m: waits for driver.longhorn.io (warn)');
	expect(text).toContain('media/books: degraded 24m, 10Gi on nuc-1 (warn)');
	expect(text).toContain('used: 60Gi of 100Gi on the disks this class may use');
	expect(text).toContain('promised: 45Gi of 90Gi to volumes');
	expect(text).toContain('nuc-1 /var/lib/longhorn: schedulable, 40% of 100Gi free (ok)');
});

test('a volume tells both sides: what Kubernetes and what Longhorn says', () => {
	const text = detail('volume/pvc-1');
	expect(text).toContain('volume media/books');
	expect(text).toContain('state: degraded 24m (warn)');
	expect(text).toContain('attachment: attached to nuc-1 for 3m');
	expect(text).toContain('replicas: 2 wanted, not all are healthy');
	expect(text).toContain('on disk: 4Gi of 10Gi per copy');
	expect(text).toContain('workloads: app');
	expect(text).toContain('last backup: 5h ago');
});

test('a waiting claim tells why', () => {
	expect(detail('claim/media/films')).toContain('state: pending 9m: waits for driver.longhorn.io (warn)');
});

test('a volume tells its copies: where, in which mode, and how far a rebuild is', () => {
	const copied = told({
		classes: [storageClass('nvme')],
		volumes: [volume('pvc-1', 'nvme', 'media/books')],
		longhornVolumes: [longhornVolume('pvc-1', 'media/books', {robustness: 'degraded', lastDegradedAt: ago(24 * minutes)})],
		replicas: [
			replica('r-1', 'pvc-1', 'nuc-1'),
			replica('r-2', 'pvc-1', 'nuc-2', {failedAt: ago(24 * minutes)}),
			replica('r-3', 'pvc-1', 'nuc-3', {healthyAt: ''}),
		],
		engines: [
			engine(
				'pvc-1',
				{'r-1': 'RW', 'r-3': 'WO'},
				{rebuildStatus: {a: {isRebuilding: true, progress: 80, error: ''}, b: {isRebuilding: false, error: 'lost it'}}},
			),
		],
		nodes: {'nuc-2': {word: 'silent', since: now - 24 * minutes}},
	});
	const text = detailText(storageDetail(copied, 'volume/pvc-1', now));
	expect(text).toContain('replicas: 2 wanted, 1 RW');
	expect(text).toContain('r-1: on nuc-1 /var/lib/longhorn: RW');
	expect(text).toContain('r-3: on nuc-3 /var/lib/longhorn: WO, being rebuilt, 80%');
	expect(text).toContain('r-2: on nuc-2 /var/lib/longhorn: failed, node silent, since 24m');
	expect(text).toContain('rebuild error: lost it');
	expect(text).toContain('volume-degraded: 1 of 2 copies healthy, rebuild on nuc-3 at 80%');
});

test('a volume tells its neighbours, the pods that wait for it, and what was noted of all of them', () => {
	const world = told({
		volumes: [nfsVolume('films', 'media', 'media/films', 'nas-1'), nfsVolume('photos', 'media', 'photos/library', 'nas-1')],
		pods: [waitingPod('media/jellyfin-0', 'films', 'nuc-1')],
	});
	const warnings = reading(warningKind, [
		warning('FailedMount', 'Pod media/jellyfin-0', 'timed out', {node: 'nuc-1', last: 2 * minutes, count: 7}),
		warning('BackOff', 'Pod media/other-0', 'not meant'),
	]);
	const text = detailText(storageDetail(world, 'volume/films', now, {warnings}));
	expect(text).toContain('export: nas-1:/export');
	expect(text).toContain('pod: media/jellyfin-0: ContainerCreating');
	expect(text).toContain('on nas-1: 1 other volume');
	expect(text).toContain('2m ago: Pod media/jellyfin-0: FailedMount ×7: timed out (warn)');
	expect(text).not.toContain('not meant');
});

test('a waiting claim tells what was noted of it', () => {
	const waits = told({
		classes: [storageClass('nvme')],
		claims: [pendingClaim('media/films', 'nvme', 9 * minutes)],
		warnings: [warning('ProvisioningFailed', 'PersistentVolumeClaim media/films', 'no space left')],
	});
	const text = detailText(storageDetail(waits, 'claim/media/films', now));
	expect(text).toContain('state: pending 9m: no space left (warn)');
	expect(text).toContain('claim-pending: pending: waits for driver.longhorn.io, no space left');
	expect(text).toContain('1m ago: PersistentVolumeClaim media/films: ProvisioningFailed ×2: no space left (warn)');
});

test('a tier tells which others lie on its disks', () => {
	const shared = told({
		classes: [storageClass('nvme'), storageClass('fast', {parameters: {diskSelector: 'nvme'}}), storageClass('cold')],
		longhornNodes: [longhornNode('nuc-1')],
	});
	expect(detailText(storageDetail(shared, 'tier/nvme', now))).toContain('same disks: fast');
});

test('a row that is gone has no detail', () => {
	expect(detail('volume/none')).toBe('no detail');
});
