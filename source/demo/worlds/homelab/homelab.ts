import type {KubeObject} from '../../model.ts';
import {etcdSnapshot, k3sResources} from '../../objects/etcd-snapshot.ts';
import {lease} from '../../objects/lease.ts';
import {longhorn} from '../../objects/longhorn/longhorn.ts';
import {day} from '../../objects/time.ts';
import {firedBefore} from '../build/backed-up.ts';
import {worldOf} from '../build/world.ts';
import {etcd, velero} from './backups.ts';
import {bgp, serviceRows} from './network.ts';
import {k3s, nodeRows} from './nodes.ts';
import {claims, replicatedStorage, storageClasses} from './storage.ts';
import {workloadRows} from './workloads.ts';

const age = 412;
const servers = nodeRows.filter(row => row.etcd).map(({name}) => name);

/** World A, played grown up. */
export const homelab = worldOf({
	id: 'homelab',
	title: 'DEMO homelab: k3s on eight nodes',
	description:
		'k3s with three servers behind kube-vip, Longhorn and NFS, Cilium BGP to one router, Velero in three tiers, one GPU',
	age,
	distribution: k3s,
	nodes: nodeRows,
	workloads: workloadRows,
	services: serviceRows,
	budgets: [
		{namespace: 'kube-system', name: 'coredns', selector: {'k8s-app': 'kube-dns'}, minAvailable: 1},
		{namespace: 'network', name: 'traefik', selector: {'app.kubernetes.io/name': 'traefik'}, minAvailable: 1},
		{namespace: 'network', name: 'cloudflared', selector: {'app.kubernetes.io/name': 'cloudflared'}, minAvailable: 1},
	],
	storageClasses,
	drivers: [
		{
			name: longhorn.driver,
			topologyKeys: ['kubernetes.io/hostname'],
			on: [...new Set(replicatedStorage.disks.map(({node}) => node))],
		},
	],
	claims,
	longhorn: replicatedStorage,
	bgp,
	velero,
	metrics: true,
	more: now => [...snapshots(now), virtualAddress(now)],
	moreResources: k3sResources,
});

/** Every server's etcd snapshots, on its disk and in the bucket. */
function snapshots(now: number): readonly KubeObject[] {
	const {cron, kept, bytes, bucket} = etcd;
	return firedBefore(cron, now - 60_000, kept).flatMap(at =>
		servers.flatMap(node => [etcdSnapshot({node, at, bytes}), etcdSnapshot({node, at, bytes, bucket})]),
	);
}

/** kube-vip's election: who holds it answers on 10.0.0.10. */
function virtualAddress(now: number): KubeObject {
	const renewedAt = now - 1000;
	const createdAt = now - age * day;
	const acquiredAt = now - 41 * day;
	return lease({
		namespace: 'kube-system',
		name: 'plndr-cp-lock',
		holder: 'nuc-2',
		seconds: 15,
		createdAt,
		acquiredAt,
		renewedAt,
		transitions: 7,
	});
}
