import {type BackupsFacts, backupsFacts} from '../backups/facts.ts';
import {backupSystems} from '../backups/index.ts';
import {backupKind, locationKind, restoreKind, scheduleKind} from '../backups/velero.ts';
import {addressPoolKind, bgpAdvertisementKind, bgpClusterKind, bgpNodeKind, bgpPeerConfigKind} from '../bgp/cilium.ts';
import {type BgpFacts, bgpFacts} from '../bgp/facts.ts';
import {bgpSystems} from '../bgp/index.ts';
import {balancerKind} from '../bgp/services.ts';
import type {Cluster} from '../cluster/cluster.ts';
import type {System} from '../cluster/kind.ts';
import type {Scrape} from '../cluster/scrape.ts';
import {chartExporters, dcgmScrape, operatorExporters} from '../gpu/exporter.ts';
import {type GpuFacts, gpuFacts} from '../gpu/facts.ts';
import {gpuScrapes, gpuSystems} from '../gpu/index.ts';
import type {NodeFact} from '../nodes/fact.ts';
import {type NodesFacts, nodesFacts} from '../nodes/facts.ts';
import {leaseKind, nodeKind, nodeMetricsKind, nodeSystems} from '../nodes/index.ts';
import {type StorageFacts, storageFacts} from '../storage/facts.ts';
import {storageSystems} from '../storage/index.ts';
import {attachmentKind, claimKind, csiNodeKind, persistentVolumeKind, storageClassKind} from '../storage/kubernetes.ts';
import {longhornNodeKind, longhornVolumeKind} from '../storage/longhorn.ts';
import {memoised} from '../vocabulary.ts';
import {workloadSystems} from '../workloads/index.ts';
import {countPods, type PodCounts} from './pods.ts';

/** Everything midwatch reads, the most wanted first. */
export const systems: readonly System[] = [
	...nodeSystems,
	...workloadSystems,
	...storageSystems,
	...bgpSystems,
	...backupSystems,
	...gpuSystems,
];
export const scrapes: ReadonlyArray<Scrape<unknown>> = gpuScrapes;

/** What is known of a cluster: the facts of every slice, each the same object until something in it changed. */
export type World = {
	readonly nodes: NodesFacts;
	readonly storage: StorageFacts;
	readonly bgp: BgpFacts;
	readonly backups: BackupsFacts;
	readonly gpu: GpuFacts;
};

/** How the nodes do, by name, for the slices that live on them. */
const standings = memoised(
	(nodes: readonly NodeFact[]) =>
		new Map(nodes.map(({node, live}) => [node.name as string, {word: live.word, since: live.since, labels: node.labels}])),
);

/** Joins the slices: what one of them needs of another's records or facts is passed in here. */
function tell(cluster: Cluster, pods: PodCounts, previous: World | undefined): World {
	const now = cluster.now();
	const nodes = nodesFacts(
		{
			nodes: cluster.source(nodeKind).reading(),
			leases: cluster.source(leaseKind).reading(),
			metrics: cluster.source(nodeMetricsKind).reading(),
			pods: pods.byNode(),
			now,
		},
		previous?.nodes,
	);
	const standing = standings(nodes.nodes);
	const storage = storageFacts(
		{
			classes: cluster.source(storageClassKind).reading(),
			volumes: cluster.source(persistentVolumeKind).reading(),
			claims: cluster.source(claimKind).reading(),
			attachments: cluster.source(attachmentKind).reading(),
			csiNodes: cluster.source(csiNodeKind).reading(),
			longhornVolumes: cluster.source(longhornVolumeKind).reading(),
			longhornNodes: cluster.source(longhornNodeKind).reading(),
			controllers: pods.byComponent(),
			nodes: standing,
			now,
		},
		previous?.storage,
	);
	const bgp = bgpFacts(
		{
			nodeConfigs: cluster.source(bgpNodeKind).reading(),
			clusterConfigs: cluster.source(bgpClusterKind).reading(),
			peerConfigs: cluster.source(bgpPeerConfigKind).reading(),
			advertisements: cluster.source(bgpAdvertisementKind).reading(),
			pools: cluster.source(addressPoolKind).reading(),
			services: cluster.source(balancerKind).reading(),
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
			devices: cluster.source(dcgmScrape).reading(),
			exporters: [cluster.source(operatorExporters).reading(), cluster.source(chartExporters).reading()],
			now,
		},
		previous?.gpu,
	);
	return {nodes, storage, bgp, backups, gpu};
}

/** The world as it is known now, and word of every change to it. */
export type LiveWorld = {
	readonly current: () => World;
	/** Told when any fact has changed. Returns the way to stop. */
	readonly subscribe: (listener: () => void) => () => void;
	readonly cluster: Cluster;
	readonly close: () => void;
};

/** The longest a timer of Node's may wait, in milliseconds. */
const longest = 2 ** 31 - 1;

/** Keeps the facts of a cluster true: works them out when a reading changed, and when one of them changes by time alone. */
export function openWorld(cluster: Cluster): LiveWorld {
	const pods = countPods(cluster);
	const listeners = new Set<() => void>();
	let world = tell(cluster, pods, undefined);
	let timer: NodeJS.Timeout | undefined;

	const arm = () => {
		clearTimeout(timer);
		const wait = Math.min(...Object.values(world).map(({changesAt}) => changesAt)) - cluster.now();
		if (wait < longest) timer = setTimeout(renew, Math.max(1, wait));
	};
	const renew = () => {
		const before = world;
		world = tell(cluster, pods, before);
		arm();
		const changed = (Object.keys(world) as ReadonlyArray<keyof World>).some(slice => world[slice] !== before[slice]);
		if (changed) for (const listener of listeners) listener();
	};
	const unlisten = cluster.onChange(renew);
	arm();
	return {
		cluster,
		current: () => world,
		subscribe: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close: () => {
			unlisten();
			clearTimeout(timer);
		},
	};
}
