import {firedBefore} from '../../cron.ts';
import type {KubeObject} from '../../model.ts';
import {etcdSnapshot, k3sResources} from '../../objects/etcd-snapshot.ts';
import {longhorn} from '../../objects/longhorn/longhorn.ts';
import {day} from '../../objects/time.ts';
import {election} from '../build/elected.ts';
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
	webhooks: [
		{
			configuration: 'longhorn-webhook-validator',
			name: 'validator.longhorn.io',
			service: {namespace: longhorn.namespace, name: 'longhorn-admission-webhook', port: 9502, path: '/v1/webhook/validation'},
			rule: {groups: ['longhorn.io'], resources: ['volumes', 'nodes', 'settings', 'engines', 'replicas']},
			workload: 'longhorn-manager',
			target: 9502,
			selector: {'longhorn.io/admission-webhook': 'longhorn-admission-webhook'},
		},
	],
	quotas: [{namespace: 'ai', name: 'gpu', hard: {'requests.nvidia.com/gpu': '1', pods: '10'}}],
	more: now => [...snapshots(now), ...elections(now)],
	moreResources: k3sResources,
});

/** Every server's etcd snapshots, on its disk and in the bucket. */
function snapshots(now: number): readonly KubeObject[] {
	const {cron, kept, bytes, bucket} = etcd;
	return firedBefore(cron, now - 60_000, kept).flatMap(at =>
		servers.flatMap(node => [etcdSnapshot({node, at, bytes}), etcdSnapshot({node, at, bytes, bucket})]),
	);
}

/** kube-vip's elections (who holds the first answers on 10.0.0.10) and k3s' own. */
function elections(now: number): readonly KubeObject[] {
	const rows = [
		{name: 'plndr-cp-lock', holder: 'nuc-2', days: 41, transitions: 7},
		{name: 'plndr-svcs-lock', holder: 'nuc-2', days: 41, transitions: 6},
		...['k3s', 'k3s-etcd'].map(name => ({name, holder: 'nuc-1', days: 40, transitions: 9})),
	];
	return rows.map(row => election(row, now - age * day, now));
}
