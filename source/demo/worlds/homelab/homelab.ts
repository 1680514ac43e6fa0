import type {KubeObject, World} from '../../model.ts';
import {budget} from '../../objects/budget.ts';
import {ciliumResources} from '../../objects/cilium.ts';
import {boundClaim} from '../../objects/claim.ts';
import {csiDriver, csiNode} from '../../objects/csi.ts';
import {etcdSnapshot, k3sResources} from '../../objects/etcd-snapshot.ts';
import {lease} from '../../objects/lease.ts';
import {longhorn, longhornResources} from '../../objects/longhorn/longhorn.ts';
import {namespaceWithDefaults} from '../../objects/namespace.ts';
import type {NodeObject} from '../../objects/node.ts';
import {storageClass} from '../../objects/storage-class.ts';
import {day} from '../../objects/time.ts';
import {veleroResources} from '../../objects/velero.ts';
import {play} from '../../players/play.ts';
import {metricsResources} from '../../players/usage.ts';
import {backedUp, firedBefore} from '../build/backed-up.ts';
import {deployed} from '../build/deployed.ts';
import {exposed} from '../build/exposed.ts';
import {instanceManagerPods} from '../build/instance-managers.ts';
import {machines} from '../build/machines.ts';
import {peered} from '../build/peering.ts';
import {replicated} from '../build/replicated.ts';
import {cloudBucket, etcd, scheduleRows} from './backups.ts';
import {k3s, nodeRows, peering} from './nodes.ts';
import {addresses, localAsn, router, serviceRows} from './services.ts';
import {localRows, nfsRows, nfsServer, replicatedStorage, storageClasses} from './storage.ts';
import {workloadRows} from './workloads.ts';

const age = 412;

/** World A, played grown up. */
export const homelab: World = {
	id: 'homelab',
	title: 'DEMO homelab: k3s, eight nodes',
	description: 'k3s with three servers behind kube-vip, Longhorn, NFS, Cilium BGP, Velero in three tiers, one GPU',
	version: k3s.kubelet,
	resources: [...longhornResources, ...ciliumResources, ...veleroResources, ...k3sResources, ...metricsResources],
	objects: (now, random) => {
		const createdAt = now - age * day;
		const nodes = machines(nodeRows, k3s, now, random);
		const {objects, pods: ours} = deployed(workloadRows, nodeRows, now, random);
		const pods = [...ours, ...instanceManagerPods(replicatedStorage.disks, nodeRows, now)];
		const used = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease', ...workloadRows.map(row => row.namespace)]);
		return [
			...[...used].flatMap(name => namespaceWithDefaults(name, createdAt)),
			...nodes,
			...csi(nodes),
			...storageClasses.map(row => storageClass(row, createdAt)),
			...objects,
			...pods.slice(ours.length),
			...replicated(replicatedStorage, pods, now),
			...unreplicated(now),
			...exposed(serviceRows, workloadRows, pods, createdAt),
			...peered(bgp(now), nodes.filter(isNode), now, random),
			...backedUp(backups, now, random),
			...snapshots(now),
			...budgets(createdAt),
			virtualAddress(now),
		];
	},
	play,
};

const isNode = (object: KubeObject): object is NodeObject => object.kind === 'Node';

function csi(nodes: readonly KubeObject[]): readonly KubeObject[] {
	const storing = new Set(replicatedStorage.disks.map(({node}) => node));
	const driver = {name: longhorn.driver, topologyKeys: ['kubernetes.io/hostname']};
	return [
		csiDriver(longhorn.driver, 0),
		...nodes.filter(isNode).map(node => csiNode(node, storing.has(node.metadata.name) ? [driver] : [])),
	];
}

function unreplicated(now: number): readonly KubeObject[] {
	const createdAt = now - 300 * day;
	const local = localRows.flatMap(([namespace, name, size, node]) => {
		const backing = {local: `/var/lib/rancher/k3s/storage/${namespace}_${name}`, node};
		return boundClaim({
			namespace,
			name,
			storageClass: 'local-path',
			size,
			createdAt,
			backing,
			provisioner: 'rancher.io/local-path',
		});
	});
	const media = nfsRows.flatMap(([namespace, name, size, path]) => {
		const backing = {nfs: nfsServer, path};
		return boundClaim({
			namespace,
			name,
			storageClass: 'media',
			size,
			mode: 'ReadWriteMany',
			createdAt,
			backing,
			provisioner: 'kubernetes.io/no-provisioner',
		});
	});
	return [...local, ...media];
}

const bgp = (now: number) => ({
	row: {name: 'homelab', localAsn, peers: [router], nodeSelector: peering, holdSeconds: 30, createdAt: now - 200 * day},
	pool: addresses,
	received: 4,
	advertised: 9,
});

const backups = {
	schedules: scheduleRows,
	locations: [cloudBucket],
	restores: [
		{schedule: 'tier-0', days: 3, namespace: 'home', drill: true, minutes: 6, items: 71},
		{schedule: 'tier-1', days: 12, namespace: 'media', drill: false, minutes: 11, items: 94},
	],
	age: 260,
};

function snapshots(now: number): readonly KubeObject[] {
	const servers = nodeRows.filter(row => row.etcd);
	return firedBefore(etcd.cron, now - 60_000, etcd.kept).flatMap(at =>
		servers.flatMap(({name: node}) => [
			etcdSnapshot({node, at, bytes: etcd.bytes}),
			etcdSnapshot({node, at, bytes: etcd.bytes, bucket: etcd.bucket}),
		]),
	);
}

function budgets(createdAt: number): readonly KubeObject[] {
	const rows = [
		['kube-system', 'coredns', {'k8s-app': 'kube-dns'}],
		['network', 'traefik', {'app.kubernetes.io/name': 'traefik'}],
		['network', 'cloudflared', {'app.kubernetes.io/name': 'cloudflared'}],
	] as const;
	return rows.map(([namespace, name, selector]) => budget({namespace, name, selector, minAvailable: 1, createdAt}));
}

/** kube-vip's election: who holds it answers on 10.0.0.10. */
function virtualAddress(now: number): KubeObject {
	const createdAt = now - age * day;
	return lease({
		namespace: 'kube-system',
		name: 'plndr-cp-lock',
		holder: 'nuc-2',
		seconds: 15,
		createdAt,
		acquiredAt: now - 41 * day,
		renewedAt: now - 1000,
		transitions: 7,
	});
}
