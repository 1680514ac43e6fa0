import type {FindingId} from '../../diagnosis.ts';

/**
 * The shipped runbook for a finding. A table, so that who only names it (`midwatch check`) has none of them to read; a test holds
 * it to what the runbooks say themselves.
 */
export const shippedFor: Readonly<Partial<Record<FindingId, string>>> = {
	'address-pending': 'address-pending',
	'pool-exhausted': 'address-pending',
	'session-down': 'bgp-session-down',
	'session-flapping': 'bgp-session-down',
	'session-silent': 'bgp-session-down',
	'address-not-advertised': 'bgp-session-down',
	'bgp-misconfigured': 'bgp-session-down',
	'certificate-expiring': 'certificate-renewal',
	'claim-pending': 'claim-pending',
	'resize-stuck': 'claim-pending',
	'csi-driver-missing': 'csi-driver-missing',
	'gpu-missing': 'gpu-missing',
	'gpu-error': 'gpu-missing',
	'gpu-memory-failing': 'gpu-missing',
	'gpu-hot': 'gpu-missing',
	'node-not-ready': 'node-failure',
	'node-lease-late': 'node-failure',
	'etcd-quorum-at-risk': 'node-failure',
	'node-cordoned': 'node-maintenance',
	'node-version-skew': 'node-maintenance',
	'node-memory-high': 'node-memory-high',
	'node-pressure': 'node-memory-high',
	'pods-unschedulable': 'pods-pending',
	'workload-short': 'pods-pending',
	'storage-server-down': 'storage-server-down',
	'backup-late': 'velero-backup-failed',
	'backup-failing': 'velero-backup-failed',
	'backup-partial': 'velero-backup-failed',
	'backup-stuck': 'velero-backup-failed',
	'backup-never-ran': 'velero-backup-failed',
	'location-unavailable': 'velero-backup-failed',
	'vip-without-owner': 'vip-without-owner',
	'apiserver-unreachable': 'vip-without-owner',
	'volume-degraded': 'volume-degraded',
	'volume-faulted': 'volume-degraded',
	'disk-unschedulable': 'volume-degraded',
};
