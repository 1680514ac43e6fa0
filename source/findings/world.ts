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
import {type Marks, noMarks} from '../marks.ts';
import type {NodeFact} from '../nodes/fact.ts';
import {type NodesFacts, nodesFacts} from '../nodes/facts.ts';
import {leaseKind, nodeKind, nodeMetricsKind, nodeSystems} from '../nodes/index.ts';
import {defaults, type Settings} from '../settings.ts';
import {type StorageFacts, storageFacts} from '../storage/facts.ts';
import {storageSystems} from '../storage/index.ts';
import {attachmentKind, claimKind, csiNodeKind, persistentVolumeKind, storageClassKind} from '../storage/kubernetes.ts';
import {longhornNodeKind, longhornVolumeKind} from '../storage/longhorn.ts';
import {memoised} from '../vocabulary.ts';
import {workloadSystems} from '../workloads/index.ts';
import {diagnose} from './diagnose.ts';
import {type IncidentsFacts, incidentsFacts} from './incidents.ts';
import {judge, type Ledger} from './judge.ts';
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

/** The facts of every slice, each the same object until something in it changed. */
export type Facts = {
	readonly nodes: NodesFacts;
	readonly storage: StorageFacts;
	readonly bgp: BgpFacts;
	readonly backups: BackupsFacts;
	readonly gpu: GpuFacts;
};

/** What is known of a cluster, and what is wrong with it. */
export type World = Facts & {
	readonly ledger: Ledger;
	readonly incidents: IncidentsFacts;
};

/** What is known beforehand: what its user declared, and what an earlier run saw. */
export type Background = {
	readonly settings: Settings;
	/** When symptoms were first seen by an earlier run, by the finding's name; epoch ms. */
	readonly remembered: ReadonlyMap<string, number>;
	/** What its user acknowledged or accepted, by the finding's name; asked again with every change. */
	readonly marks: () => Marks;
};

export const noBackground: Background = {settings: defaults, remembered: new Map(), marks: () => noMarks};

/** How the nodes do, by name, for the slices that live on them. */
const standings = memoised(
	(nodes: readonly NodeFact[]) =>
		new Map(nodes.map(({node, live}) => [node.name as string, {word: live.word, since: live.since, labels: node.labels}])),
);

/** Joins the slices: what one of them needs of another's records or facts is passed in here. */
function tellFacts(cluster: Cluster, pods: PodCounts, previous: Facts | undefined): Facts {
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

/** The facts, what is wrong by them, and how that is told. */
function tell(cluster: Cluster, pods: PodCounts, {settings, remembered, marks}: Background, previous: World | undefined): World {
	const facts = tellFacts(cluster, pods, previous);
	const now = cluster.now();
	const ledger = judge({diagnoses: diagnose(facts, settings), now, remembered}, previous?.ledger);
	return {...facts, ledger, incidents: incidentsFacts(ledger, marks(), now, previous?.incidents)};
}

/** The world as it is known now, and word of every change to it. */
export type LiveWorld = {
	readonly current: () => World;
	/** Told when any fact has changed. Returns the way to stop. */
	readonly subscribe: (listener: () => void) => () => void;
	/** Something that no reading tells has changed: a mark was set. */
	readonly renew: () => void;
	readonly cluster: Cluster;
	readonly close: () => void;
};

/** The longest a timer of Node's may wait, in milliseconds. */
const longest = 2 ** 31 - 1;

/** Keeps the facts of a cluster true: works them out when a reading changed, and when one of them changes by time alone. */
export function openWorld(cluster: Cluster, background: Background = noBackground): LiveWorld {
	const pods = countPods(cluster);
	const listeners = new Set<() => void>();
	let world = tell(cluster, pods, background, undefined);
	let timer: NodeJS.Timeout | undefined;

	const arm = () => {
		clearTimeout(timer);
		const wait = Math.min(...Object.values(world).map(({changesAt}) => changesAt)) - cluster.now();
		if (wait < longest) timer = setTimeout(renew, Math.max(1, wait));
	};
	const renew = () => {
		const before = world;
		world = tell(cluster, pods, background, before);
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
		renew,
		close: () => {
			unlisten();
			clearTimeout(timer);
		},
	};
}
