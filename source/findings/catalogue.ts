import type {FindingClass, FindingId} from '../diagnosis.ts';

/** Where somebody looks for a finding: one of the five panes, or the platform view. */
export type Place = 'nodes' | 'storage' | 'bgp' | 'backups' | 'gpu' | 'platform';

/** What is known of a kind of finding, whatever it is about. */
export type Entry = {
	readonly class: FindingClass;
	readonly place: Place;
	/** How it is counted under its cause: `2 volumes degraded`. */
	readonly one: string;
	readonly many: string;
	/** How long it must be true where its thresholds say less, in milliseconds. */
	readonly hold?: number;
};

const minute = 60_000;
const I = 'incident';
const S = 'risk';
const n = 'note';

function entry(kind: FindingClass, place: Place, one: string, many: string, hold?: number): Entry {
	return {class: kind, place, one, many, ...(hold === undefined ? {} : {hold})};
}

/** Every finding: what class it is of, and how it is told among others. Thresholds are the slices', with what they measure. */
export const catalogue: Readonly<Record<FindingId, Entry>> = {
	'node-not-ready': entry(I, 'nodes', 'node lost', 'nodes lost'),
	'node-lease-late': entry(I, 'nodes', 'lease late', 'leases late', 20_000),
	'node-pressure': entry(I, 'nodes', 'node under pressure', 'nodes under pressure', minute),
	'node-memory-high': entry(I, 'nodes', 'node almost out of memory', 'nodes almost out of memory', 5 * minute),
	'node-cordoned': entry(S, 'nodes', 'node cordoned', 'nodes cordoned'),
	'node-rebooted': entry(n, 'nodes', 'node rebooted', 'nodes rebooted'),
	'node-version-skew': entry(S, 'nodes', 'version skew', 'version skews'),
	'etcd-quorum-at-risk': entry(I, 'nodes', 'etcd quorum at risk', 'etcd quorum at risk', minute),
	'etcd-not-voter': entry(I, 'nodes', 'etcd member does not vote', 'etcd members do not vote'),
	'etcd-even-voters': entry(S, 'nodes', 'even number of voters', 'even numbers of voters'),
	'control-plane-single': entry(S, 'nodes', 'single control plane', 'single control planes'),
	'vip-without-owner': entry(I, 'nodes', 'VIP without owner', 'VIPs without owner'),
	'apiserver-unreachable': entry(I, 'platform', 'API server unreachable', 'API servers unreachable'),
	'apiserver-slow': entry(I, 'platform', 'API server slow', 'API servers slow'),
	'core-service-down': entry(I, 'platform', 'core service down', 'core services down'),
	'controller-down': entry(I, 'platform', 'controller down', 'controllers down'),
	'webhook-down': entry(I, 'platform', 'webhook down', 'webhooks down', minute),
	'apiservice-unavailable': entry(I, 'platform', 'API service unavailable', 'API services unavailable'),
	'critical-workload-down': entry(I, 'platform', 'critical workload down', 'critical workloads down'),
	'workload-short': entry(I, 'platform', 'workload short of pods', 'workloads short of pods'),
	'pods-unschedulable': entry(I, 'platform', 'pod pending', 'pods pending'),
	'pods-failing': entry(I, 'platform', 'pod failing', 'pods failing'),
	'volume-faulted': entry(I, 'storage', 'volume faulted', 'volumes faulted'),
	'volume-degraded': entry(I, 'storage', 'volume degraded', 'volumes degraded'),
	'volume-single-replica': entry(S, 'storage', 'tier with single copies', 'tiers with single copies'),
	'volume-node-pinned': entry(S, 'storage', 'tier pinned to nodes', 'tiers pinned to nodes'),
	'disk-full': entry(I, 'storage', 'disk full', 'disks full'),
	'disk-unschedulable': entry(I, 'storage', 'disk not schedulable', 'disks not schedulable'),
	'claim-pending': entry(I, 'storage', 'claim pending', 'claims pending'),
	'claim-lost': entry(I, 'storage', 'claim lost', 'claims lost'),
	'resize-stuck': entry(I, 'storage', 'resize stuck', 'resizes stuck'),
	'attachment-stuck': entry(I, 'storage', 'attachment stuck', 'attachments stuck'),
	'csi-driver-missing': entry(I, 'storage', 'CSI driver missing', 'CSI drivers missing', minute),
	'storage-server-down': entry(I, 'storage', 'storage server down', 'storage servers down'),
	'storage-single-server': entry(S, 'storage', 'single storage server', 'single storage servers'),
	'default-class-ambiguous': entry(S, 'storage', 'several default classes', 'several default classes'),
	'volume-released': entry(S, 'storage', 'volume released', 'volumes released'),
	'session-down': entry(I, 'bgp', 'BGP session down', 'BGP sessions down', 45_000),
	'session-flapping': entry(I, 'bgp', 'BGP session flapping', 'BGP sessions flapping'),
	'session-silent': entry(I, 'bgp', 'BGP session silent', 'BGP sessions silent', minute),
	'address-not-advertised': entry(I, 'bgp', 'address not advertised', 'addresses not advertised', minute),
	'address-pending': entry(I, 'bgp', 'address pending', 'addresses pending'),
	'pool-exhausted': entry(I, 'bgp', 'address pool exhausted', 'address pools exhausted'),
	'bgp-misconfigured': entry(I, 'bgp', 'BGP misconfigured', 'BGP misconfigured', minute),
	'backup-late': entry(I, 'backups', 'backup late', 'backups late'),
	'backup-never-ran': entry(I, 'backups', 'backup that never ran', 'backups that never ran'),
	'backup-failing': entry(I, 'backups', 'backup failing', 'backups failing'),
	'backup-partial': entry(I, 'backups', 'backup partial', 'backups partial'),
	'backup-stuck': entry(I, 'backups', 'backup stuck', 'backups stuck'),
	'location-unavailable': entry(I, 'backups', 'backup location unavailable', 'backup locations unavailable'),
	'claim-not-backed-up': entry(S, 'backups', 'set of claims in no tier', 'sets of claims in no tier'),
	'backup-without-data': entry(S, 'backups', 'backup without data', 'backups without data'),
	'backup-same-failure-domain': entry(S, 'backups', 'backup beside its data', 'backups beside their data'),
	'not-offsite': entry(S, 'backups', 'backup not off-site', 'backups not off-site'),
	'restore-unproven': entry(S, 'backups', 'restore never proven', 'restores never proven'),
	'schedule-paused': entry(S, 'backups', 'schedule paused', 'schedules paused'),
	'schedule-invalid': entry(S, 'backups', 'schedule invalid', 'schedules invalid'),
	'retention-short': entry(S, 'backups', 'retention short', 'retentions short'),
	'repository-unmaintained': entry(S, 'backups', 'repository unmaintained', 'repositories unmaintained'),
	'gpu-missing': entry(I, 'gpu', 'GPU missing', 'GPUs missing'),
	'gpu-error': entry(I, 'gpu', 'GPU error', 'GPU errors'),
	'gpu-hot': entry(I, 'gpu', 'GPU hot', 'GPUs hot'),
	'gpu-memory-failing': entry(I, 'gpu', 'GPU memory failing', 'GPU memories failing'),
	'gpu-memory-full': entry(n, 'gpu', 'GPU memory full', 'GPU memories full'),
	'gpu-allocated-idle': entry(S, 'gpu', 'GPU allocated but idle', 'GPUs allocated but idle'),
	'gpu-exporter-absent': entry(S, 'gpu', 'GPU without exporter', 'GPUs without exporter'),
	'certificate-expiring': entry(I, 'platform', 'certificate expiring', 'certificates expiring'),
};

/** The longest anybody waits for a finding to go once its condition is gone, in milliseconds. */
const longestClearing = 2 * minute;
const usual = 30_000;

/**
 * How long a condition must be false before its finding is cleared: as long as it had to be true, but never longer than
 * two minutes: what took an hour to be alarming must not take an hour to be over. A risk goes at once.
 */
export function clearsAfter(
	id: FindingId,
	after: {readonly warning?: number; readonly critical?: number},
	kind: FindingClass,
): number {
	if (kind !== 'incident') return 0;
	return Math.min(catalogue[id].hold ?? after.warning ?? after.critical ?? usual, longestClearing);
}
