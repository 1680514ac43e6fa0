import {snapshotKind} from '../backups/etcd.ts';
import {longhornBackupKind} from '../backups/longhorn.ts';
import {backupsMoments} from '../backups/moments.ts';
import {backupKind, locationKind, restoreKind} from '../backups/velero.ts';
import {addressPoolKind, bgpAdvertisementKind, bgpClusterKind, bgpNodeKind, bgpPeerConfigKind} from '../bgp/cilium.ts';
import {bgpMoments} from '../bgp/moments.ts';
import {balancerKind} from '../bgp/services.ts';
import type {Cluster} from '../cluster/cluster.ts';
import type {Moment} from '../diagnosis.ts';
import {chartExporters, operatorExporters} from '../gpu/exporter.ts';
import {gpuMoments} from '../gpu/moments.ts';
import {systemLeaseKind} from '../nodes/index.ts';
import {nodesMoments} from '../nodes/moments.ts';
import {coreConfigKind} from '../platform/core-config.ts';
import {platformMoments} from '../platform/moments.ts';
import {storageMoments} from '../storage/moments.ts';
import {warningKind} from '../workloads/event.ts';
import {daemonSetKind, deploymentKind, jobKind, replicaSetKind, statefulSetKind} from '../workloads/index.ts';
import {workloadsMoments} from '../workloads/moments.ts';
import {podKind} from '../workloads/pod.ts';
import {inOrder} from './timeline.ts';
import type {World} from './world.ts';

const told = new WeakMap<World, readonly Moment[]>();

/** Everything that is known to have happened, newest first: what the cluster recorded, and what was seen from here. */
export function historyOf(world: World, cluster: Cluster): readonly Moment[] {
	const before = told.get(world);
	if (before !== undefined) return before;
	const now = cluster.now();
	const bgp = {
		nodeConfigs: cluster.source(bgpNodeKind).reading(),
		clusterConfigs: cluster.source(bgpClusterKind).reading(),
		peerConfigs: cluster.source(bgpPeerConfigKind).reading(),
		advertisements: cluster.source(bgpAdvertisementKind).reading(),
		pools: cluster.source(addressPoolKind).reading(),
		services: cluster.source(balancerKind).reading(),
	};
	const backups = {
		backups: cluster.source(backupKind).reading(),
		locations: cluster.source(locationKind).reading(),
		restores: cluster.source(restoreKind).reading(),
		snapshots: cluster.source(snapshotKind).reading(),
		longhornBackups: cluster.source(longhornBackupKind).reading(),
	};
	const workloads = {
		deployments: cluster.source(deploymentKind).reading(),
		statefulSets: cluster.source(statefulSetKind).reading(),
		daemonSets: cluster.source(daemonSetKind).reading(),
		replicaSets: cluster.source(replicaSetKind).reading(),
		jobs: cluster.source(jobKind).reading(),
		pods: cluster.source(podKind).reading(),
		warnings: cluster.source(warningKind).reading(),
	};
	const moments = inOrder([
		...world.seen,
		...nodesMoments(world.nodes, cluster.source(systemLeaseKind).reading(), now),
		...platformMoments(world.platform, cluster.source(coreConfigKind).reading(), now),
		...storageMoments(world.storage, now),
		...bgpMoments(world.bgp, bgp, now),
		...backupsMoments(backups, now),
		...gpuMoments(world.gpu, [cluster.source(operatorExporters).reading(), cluster.source(chartExporters).reading()], now),
		...workloadsMoments(workloads, now),
	]);
	told.set(world, moments);
	return moments;
}
