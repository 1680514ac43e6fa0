import {snapshotKind} from '../backups/etcd.ts';
import {type BackupsFacts, backupsFacts} from '../backups/facts.ts';
import {backupSystems} from '../backups/index.ts';
import {repositoryKind} from '../backups/repository.ts';
import {backupKind, locationKind, restoreKind, scheduleKind} from '../backups/velero.ts';
import {addressPoolKind, bgpAdvertisementKind, bgpClusterKind, bgpNodeKind, bgpPeerConfigKind} from '../bgp/cilium.ts';
import {type BgpFacts, bgpFacts} from '../bgp/facts.ts';
import {bgpSystems} from '../bgp/index.ts';
import {balancerKind} from '../bgp/services.ts';
import type {Cluster} from '../cluster/cluster.ts';
import type {System} from '../cluster/kind.ts';
import type {Scrape} from '../cluster/scrape.ts';
import {type Moment, nameOf} from '../diagnosis.ts';
import {chartExporters, dcgmScrape, operatorExporters} from '../gpu/exporter.ts';
import {type GpuFacts, gpuFacts} from '../gpu/facts.ts';
import {gpuScrapes, gpuSystems} from '../gpu/index.ts';
import {type Marks, noMarks} from '../marks.ts';
import type {NodeFact} from '../nodes/fact.ts';
import {type NodesFacts, nodesFacts} from '../nodes/facts.ts';
import {leaseKind, nodeKind, nodeMetricsKind, nodeSystems, planKind, systemLeaseKind} from '../nodes/index.ts';
import {apiServiceKind} from '../platform/api-service.ts';
import {type PlatformFacts, platformFacts} from '../platform/facts.ts';
import {platformSystems} from '../platform/index.ts';
import {mutatingKind, validatingKind} from '../platform/webhook.ts';
import {defaults, type Settings} from '../settings.ts';
import {type StorageFacts, storageFacts} from '../storage/facts.ts';
import {storageSystems} from '../storage/index.ts';
import {attachmentKind, claimKind, csiNodeKind, persistentVolumeKind, storageClassKind} from '../storage/kubernetes.ts';
import {longhornNodeKind, longhornVolumeKind} from '../storage/longhorn.ts';
import {engineKind, replicaKind} from '../storage/replica.ts';
import {memoised} from '../vocabulary.ts';
import {endpointsKind} from '../workloads/endpoints.ts';
import {nodeEventKind} from '../workloads/event.ts';
import {type WorkloadsFacts, workloadsFacts} from '../workloads/facts.ts';
import {daemonSetKind, deploymentKind, jobKind, replicaSetKind, statefulSetKind, workloadSystems} from '../workloads/index.ts';
import {dataServers} from './data-servers.ts';
import {diagnose} from './diagnose.ts';
import {embeddedEtcd} from './embedded-etcd.ts';
import {type IncidentsFacts, incidentsFacts} from './incidents.ts';
import {judge, type Ledger} from './judge.ts';
import {countPods, type PodCounts} from './pods.ts';
import {seenMoments} from './seen.ts';

/** Everything midwatch reads, the most wanted first. */
export const systems: readonly System[] = [
	...nodeSystems,
	...workloadSystems,
	...storageSystems,
	...bgpSystems,
	...backupSystems,
	...gpuSystems,
	...platformSystems,
];
export const scrapes: ReadonlyArray<Scrape<unknown>> = gpuScrapes;

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

/** What is known of a cluster, and what is wrong with it. */
export type World = Facts & {
	readonly ledger: Ledger;
	readonly incidents: IncidentsFacts;
	/** What was seen to begin and end, oldest first. */
	readonly seen: readonly Moment[];
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
		new Map(
			nodes.map(({node, live}) => [
				node.name as string,
				{word: live.word, since: live.since, labels: node.labels, rootDir: node.rootDir},
			]),
		),
);

/** What keeps pods from being created, by the names of findings. */
const silentWebhooks = memoised((webhooks: PlatformFacts['webhooks']) =>
	webhooks.filter(({blocking}) => blocking.length > 0).map(({about}) => nameOf('webhook-down', about)),
);

/** Joins the slices: what one of them needs of another's records or facts is passed in here. */
function tellFacts(cluster: Cluster, pods: PodCounts, settings: Settings, previous: Facts | undefined): Facts {
	const now = cluster.now();
	const nodes = nodesFacts(
		{
			nodes: cluster.source(nodeKind).reading(),
			leases: cluster.source(leaseKind).reading(),
			metrics: cluster.source(nodeMetricsKind).reading(),
			pods: pods.byNode(),
			events: cluster.source(nodeEventKind).reading(),
			plans: cluster.source(planKind).reading(),
			systemLeases: cluster.source(systemLeaseKind).reading(),
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
			claims: cluster.source(claimKind).reading(),
			servers: dataServers(cluster.source(persistentVolumeKind).reading()),
			etcd: embeddedEtcd(nodes.nodes),
			targets: settings.tiers,
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
			frozen: undefined,
			now,
		},
		previous?.workloads,
	);
	return {nodes, storage, bgp, backups, gpu, platform, workloads};
}

/** The facts, what is wrong by them, and how that is told. */
function tell(cluster: Cluster, pods: PodCounts, {settings, remembered, marks}: Background, previous: World | undefined): World {
	const facts = tellFacts(cluster, pods, settings, previous);
	const now = cluster.now();
	const ledger = judge({diagnoses: diagnose(facts, settings), now, remembered}, previous?.ledger);
	const incidents = incidentsFacts(ledger, marks(), now, previous?.incidents);
	return {...facts, ledger, incidents, seen: seenMoments(previous?.seen ?? [], previous?.ledger, ledger, now)};
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

/** When something of it changes by time alone, epoch ms. */
function changesAt({seen: _, ...parts}: World): number {
	return Math.min(...Object.values(parts).map(part => part.changesAt));
}

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
		const wait = changesAt(world) - cluster.now();
		if (wait < longest) timer = setTimeout(renew, Math.max(1, wait));
	};
	const renew = () => {
		const next = tell(cluster, pods, background, world);
		const changed = (Object.keys(next) as ReadonlyArray<keyof World>).some(part => next[part] !== world[part]);
		if (changed) world = next;
		arm();
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
