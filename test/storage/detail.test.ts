import {expect, test} from 'vitest';
import {storageDetail} from '../../source/storage/detail.ts';
import {detailText} from '../_helpers/told.ts';
import {told} from './cluster.ts';
import {
	ago,
	attachment,
	claim,
	longhornNode,
	longhornVolume,
	minutes,
	now,
	pendingClaim,
	storageClass,
	volume,
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

test('a row that is gone has no detail', () => {
	expect(detail('volume/none')).toBe('no detail');
});
