import {cronJobKind} from '../backups/cron-job.ts';
import {snapshotKind} from '../backups/etcd.ts';
import {type BackupsFacts, backupsFacts} from '../backups/facts.ts';
import {backupTargetKind, backupVolumeKind, longhornBackupKind, recurringJobKind} from '../backups/longhorn.ts';
import {repositoryKind} from '../backups/repository.ts';
import {backupKind, locationKind, restoreKind, scheduleKind} from '../backups/velero.ts';
import {addressPoolKind, bgpAdvertisementKind, bgpClusterKind, bgpNodeKind, bgpPeerConfigKind} from '../bgp/cilium.ts';
import {type BgpFacts, bgpFacts} from '../bgp/facts.ts';
import {balancerKind} from '../bgp/services.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {nameOf} from '../diagnosis.ts';
import type {XidBefore} from '../gpu/device.ts';
import {chartExporters, dcgmScrape, operatorExporters} from '../gpu/exporter.ts';
import {type GpuFacts, gpuFacts} from '../gpu/facts.ts';
import type {NodeFact} from '../nodes/fact.ts';
import {type NodesFacts, nodesFacts} from '../nodes/facts.ts';
import {leaseKind, nodeKind, nodeMetricsKind, planKind, systemLeaseKind} from '../nodes/index.ts';
import {vipClock} from '../nodes/vip.ts';
import {apiServiceKind} from '../platform/api-service.ts';
import {type PlatformFacts, platformFacts} from '../platform/facts.ts';
import {mutatingKind, validatingKind} from '../platform/webhook.ts';
import type {Settings} from '../settings.ts';
import {type StorageFacts, storageFacts} from '../storage/facts.ts';
import {attachmentKind, claimKind, csiNodeKind, persistentVolumeKind, storageClassKind} from '../storage/kubernetes.ts';
import {longhornNodeKind, longhornVolumeKind} from '../storage/longhorn.ts';
import {engineKind, replicaKind} from '../storage/replica.ts';
import {memoised} from '../vocabulary.ts';
import {endpointsKind} from '../workloads/endpoints.ts';
import {nodeEventKind} from '../workloads/event.ts';
import {type WorkloadsFacts, workloadsFacts} from '../workloads/facts.ts';
import {daemonSetKind, deploymentKind, jobKind, replicaSetKind, statefulSetKind} from '../workloads/index.ts';
import {managerLease} from '../workloads/manager.ts';
import {dataServers} from './data-servers.ts';
import {embeddedEtcd} from './embedded-etcd.ts';
import type {PodCounts} from './pods.ts';

/** The facts of every slice, each the same object until something in it changed. */
export type Facts = {
	readonly nodes: NodesFacts;
	readonly storage: StorageFacts;
	readonly bgp: BgpFacts;
	readonly backups: BackupsFacts;
	readonly gpu: GpuFacts;
	readonly platform: PlatformFacts;
	readonly workloads: WorkloadsFacts;
};

/** What an earlier run saw, where a single look cannot tell: each the same object for as long as the run lasts. */
export type Baseline = {
	/** Sessions there were: `nuc-2/10.0.0.1`. */
	readonly peers: ReadonlySet<string>;
	/** When sessions were reset, by key. */
	readonly resets: ReadonlyMap<string, readonly number[]>;
	/** Whole GPUs by node, and the last XID by device. */
	readonly gpus: ReadonlyMap<string, number>;
	readonly xids: ReadonlyMap<string, XidBefore>;
	/** When nodes rebooted, by name. */
	readonly reboots: ReadonlyMap<string, readonly number[]>;
};

export const noBaseline: Baseline = {peers: new Set(), resets: new Map(), gpus: new Map(), xids: new Map(), reboots: new Map()};

const noNodes: readonly NodeFact[] = [];

/** How the nodes do, by name, for the slices that live on them. */
const standings = memoised(
	(nodes: readonly NodeFact[]) =>
		new Map(
			nodes.map(({node, live, restartedAt, events}) => [
				node.name as string,
				{word: live.word, since: live.since, labels: node.labels, rootDir: node.rootDir, restartedAt, events},
			]),
		),
);

/** What keeps pods from being created, by the names of findings. */
const silentWebhooks = memoised((webhooks: PlatformFacts['webhooks']) =>
	webhooks.filter(({blocking}) => blocking.length > 0).map(({about}) => nameOf('webhook-down', about)),
);

/** What is known beforehand: what its user declared, and what an earlier run saw. */
export type Given = {readonly settings: Settings; readonly baseline: Baseline};

/** Joins the slices: what one of them needs of another's records or facts is passed in here. */
export function tellFacts(cluster: Cluster, pods: PodCounts, {settings, baseline}: Given, previous: Facts | undefined): Facts {
	const now = cluster.now();
	const systemLeases = cluster.source(systemLeaseKind).reading();
	const nodes = nodesFacts(
		{
			nodes: cluster.source(nodeKind).reading(),
			leases: cluster.source(leaseKind).reading(),
			metrics: cluster.source(nodeMetricsKind).reading(),
			pods: pods.byNode(),
			events: cluster.source(nodeEventKind).reading(),
			plans: cluster.source(planKind).reading(),
			systemLeases,
			serverVersion: cluster.version(),
			rebootsSeen: baseline.reboots,
			now,
		},
		previous?.nodes,
	);
	// Those that have not come yet are not gone.
	const standing = standings(nodes.states.nodes.is === 'loading' ? noNodes : nodes.nodes);
	const storage = storageFacts(
		{
			classes: cluster.source(storageClassKind).reading(),
			volumes: cluster.source(persistentVolumeKind).reading(),
			claims: cluster.source(claimKind).reading(),
			attachments: cluster.source(attachmentKind).reading(),
			csiNodes: cluster.source(csiNodeKind).reading(),
			longhornVolumes: cluster.source(longhornVolumeKind).reading(),
			longhornNodes: cluster.source(longhornNodeKind).reading(),
			replicas: cluster.source(replicaKind).reading(),
			engines: cluster.source(engineKind).reading(),
			warnings: pods.volumeWarnings(),
			claimants: pods.claimants(),
			controllers: pods.byComponent(),
			nodes: standing,
			aliases: settings.aliases,
			now,
		},
		previous?.storage,
	);
	const bgp = bgpFacts(
		{
			peersBefore: baseline.peers,
			resetsBefore: baseline.resets,
			nodeConfigs: cluster.source(bgpNodeKind).reading(),
			clusterConfigs: cluster.source(bgpClusterKind).reading(),
			peerConfigs: cluster.source(bgpPeerConfigKind).reading(),
			advertisements: cluster.source(bgpAdvertisementKind).reading(),
			pools: cluster.source(addressPoolKind).reading(),
			services: cluster.source(balancerKind).reading(),
			endpoints: cluster.source(endpointsKind).reading(),
			controllers: pods.byComponent(),
			nodes: standing,
			now,
		},
		previous?.bgp,
	);
	const backups = backupsFacts(
		{
			schedules: cluster.source(scheduleKind).reading(),
			backups: cluster.source(backupKind).reading(),
			locations: cluster.source(locationKind).reading(),
			restores: cluster.source(restoreKind).reading(),
			repositories: cluster.source(repositoryKind).reading(),
			snapshots: cluster.source(snapshotKind).reading(),
			recurringJobs: cluster.source(recurringJobKind).reading(),
			longhornBackups: cluster.source(longhornBackupKind).reading(),
			targets: cluster.source(backupTargetKind).reading(),
			backupVolumes: cluster.source(backupVolumeKind).reading(),
			longhornVolumes: cluster.source(longhornVolumeKind).reading(),
			cronJobs: cluster.source(cronJobKind).reading(),
			jobs: cluster.source(jobKind).reading(),
			claims: cluster.source(claimKind).reading(),
			servers: dataServers(cluster.source(persistentVolumeKind).reading()),
			etcd: embeddedEtcd(nodes.nodes),
			wanted: settings.tiers,
			controllers: pods.byComponent(),
			now,
		},
		previous?.backups,
	);
	const gpu = gpuFacts(
		{
			nodes: cluster.source(nodeKind).reading(),
			standing,
			pods: pods.byNode(),
			waiting: pods.waitingForGpu(),
			gpusBefore: baseline.gpus,
			xidsBefore: baseline.xids,
			devices: cluster.source(dcgmScrape).reading(),
			exporters: [cluster.source(operatorExporters).reading(), cluster.source(chartExporters).reading()],
			target: settings.targets.gpuUtilisation,
			now,
		},
		previous?.gpu,
	);
	const line = cluster.transport.line();
	const platform = platformFacts(
		{
			controllers: pods.byComponent(),
			nodes: standing,
			endpoints: cluster.source(endpointsKind).reading(),
			validating: cluster.source(validatingKind).reading(),
			mutating: cluster.source(mutatingKind).reading(),
			apiServices: cluster.source(apiServiceKind).reading(),
			kept: {
				longhornVolumes: cluster.source(longhornVolumeKind).reading(),
				veleroSchedules: cluster.source(scheduleKind).reading(),
				addressPools: cluster.source(addressPoolKind).reading(),
				bgpNodes: cluster.source(bgpNodeKind).reading(),
			},
			readyz: line.readyz,
			latency: line.tail && {...line.tail, since: line.tail.since + line.skew},
			certificates: cluster.transport.certificates(),
			now,
		},
		previous?.platform,
	);
	const workloads = workloadsFacts(
		{
			deployments: cluster.source(deploymentKind).reading(),
			statefulSets: cluster.source(statefulSetKind).reading(),
			daemonSets: cluster.source(daemonSetKind).reading(),
			replicaSets: cluster.source(replicaSetKind).reading(),
			jobs: cluster.source(jobKind).reading(),
			pods: pods.troubled(),
			warnings: pods.warnings(),
			nodes: cluster.source(nodeKind).reading(),
			nodePods: pods.byNode(),
			standing,
			claimCauses: storage.claimCauses,
			createCauses: silentWebhooks(platform.webhooks),
			manager: {lease: systemLeases.records.get(managerLease), clock: vipClock(systemLeases, nodes.clock, now)},
			now,
		},
		previous?.workloads,
	);
	return {nodes, storage, bgp, backups, gpu, platform, workloads};
}
