import type {NodeRow} from '../../objects/machine.ts';
import {amd64, app, csiPaths, daemon, host, kept} from '../build/row.ts';
import {worldOf} from '../build/world.ts';
import {controlPlane, talos} from './talos.ts';

const master = {controlPlane: true, arch: 'amd64', cores: 4, memoryGi: 16, diskGi: 240, joined: 265} as const;
const module4 = {arch: 'arm64', cores: 4, memoryGi: 8, diskGi: 120, labels: {'bgp.talos.demo/peer': 'pfsense'}} as const;

const nodes: readonly NodeRow[] = [
	{...master, name: 'master-1', address: '192.168.20.11', podCidr: '10.244.0.0/24', booted: 19},
	{...master, name: 'master-2', address: '192.168.20.12', podCidr: '10.244.1.0/24', booted: 19},
	{...master, name: 'master-3', address: '192.168.20.13', podCidr: '10.244.2.0/24', booted: 18},
	{...module4, name: 'cm4-1', address: '192.168.20.21', podCidr: '10.244.3.0/24', joined: 240, booted: 18},
	{...module4, name: 'cm4-2', address: '192.168.20.22', podCidr: '10.244.4.0/24', joined: 240, booted: 18},
	{...module4, name: 'cm4-3', address: '192.168.20.23', podCidr: '10.244.5.0/24', joined: 240, booted: 17},
	{...module4, name: 'cm4-4', address: '192.168.20.24', podCidr: '10.244.6.0/24', joined: 121, booted: 17},
];
const masters = ['master-1', 'master-2', 'master-3'];
const workers = ['cm4-1', 'cm4-2', 'cm4-3', 'cm4-4'];
const everywhere = [...masters, ...workers];

const synology = '192.168.20.5';
const nfs = (path: string) => ({
	driver: 'nfs.csi.k8s.io',
	shared: true,
	attributes: {server: synology, share: '/volume1/kubernetes', subDir: path},
});
const onMasters = {tolerateAll: true, ...amd64};

/** World B: three masters, four Raspberry Pi modules, a router that takes routes by BGP, one NAS. */
export const talosBgp = worldOf({
	id: 'talos-bgp',
	title: 'DEMO talos-bgp: Talos, Raspberry Pis and a router',
	description:
		'Talos with three x86 masters and four CM4 workers, Cilium peering with pfSense (ECMP), local-path and one Synology, Velero',
	age: 265,
	distribution: talos({amd64: {'intel-ucode': '20260210'}, arm64: {vc4: 'v0.1.0'}}),
	nodes,
	statics: controlPlane,
	workloads: [
		daemon('kube-system', 'cilium', 'quay.io/cilium/cilium:v1.19.3', everywhere, '100m', '300Mi', {
			...host,
			labels: {'k8s-app': 'cilium'},
			container: 'cilium-agent',
		}),
		app('kube-system', 'cilium-operator', 'quay.io/cilium/operator-generic:v1.19.3', ['master-1', 'master-2'], '50m', '128Mi', {
			...onMasters,
			labels: {'io.cilium/app': 'operator', name: 'cilium-operator'},
		}),
		app('kube-system', 'coredns', 'registry.k8s.io/coredns/coredns:v1.14.2', ['master-2', 'master-3'], '100m', '70Mi', {
			...onMasters,
			labels: {'k8s-app': 'kube-dns'},
			priorityClass: 'system-cluster-critical',
			port: 53,
		}),
		app('kube-system', 'metrics-server', 'registry.k8s.io/metrics-server/metrics-server:v0.8.0', 'cm4-1', '100m', '200Mi'),
		app('kube-system', 'csi-nfs-controller', 'registry.k8s.io/sig-storage/nfsplugin:v4.13.4', 'cm4-2', '20m', '64Mi', {
			labels: {app: 'csi-nfs-controller'},
		}),
		daemon('kube-system', 'csi-nfs-node', 'registry.k8s.io/sig-storage/nfsplugin:v4.13.4', workers, '20m', '64Mi', {
			labels: {app: 'csi-nfs-node'},
			hostPaths: csiPaths('csi-nfsplugin'),
		}),
		app(
			'local-path-storage',
			'local-path-provisioner',
			'docker.io/rancher/local-path-provisioner:v0.0.37',
			'cm4-3',
			'10m',
			'32Mi',
		),
		app('velero', 'velero', 'docker.io/velero/velero:v1.18.3', 'cm4-1', '100m', '192Mi', {scratch: true}),
		daemon('velero', 'node-agent', 'docker.io/velero/velero:v1.18.3', workers, '50m', '128Mi', {scratch: true}),
		app('flux-system', 'source-controller', 'ghcr.io/fluxcd/source-controller:v1.9.6', 'cm4-4', '50m', '96Mi', {scratch: true}),
		app('flux-system', 'kustomize-controller', 'ghcr.io/fluxcd/kustomize-controller:v1.9.6', 'cm4-4', '50m', '96Mi', {
			scratch: true,
		}),
		kept('monitoring', 'prometheus', 'quay.io/prometheus/prometheus:v3.15.0', 'cm4-2', '300m', '2Gi', {
			claims: ['prometheus-db'],
			port: 9090,
		}),
		app('monitoring', 'grafana', 'docker.io/grafana/grafana:12.3.0', 'cm4-3', '50m', '256Mi', {claims: ['grafana'], port: 3000}),
		daemon('monitoring', 'node-exporter', 'quay.io/prometheus/node-exporter:v1.10.2', everywhere, '20m', '32Mi', host),
		app('ingress', 'ingress-nginx', 'registry.k8s.io/ingress-nginx/controller:v1.14.0', ['cm4-1', 'cm4-2'], '100m', '192Mi', {
			port: 443,
		}),
		app('dns', 'blocky', 'ghcr.io/0xerr0r/blocky:v0.28.2', ['cm4-3', 'cm4-4'], '50m', '128Mi', {port: 53}),
		app('apps', 'home-assistant', 'ghcr.io/home-assistant/home-assistant:2026.11.1', 'cm4-2', '200m', '768Mi', {
			claims: ['home-assistant'],
			port: 8123,
		}),
		app('apps', 'mealie', 'ghcr.io/mealie-recipes/mealie:v3.5.0', 'cm4-3', '50m', '256Mi', {claims: ['mealie'], port: 9000}),
		app('apps', 'gitea', 'docker.io/gitea/gitea:1.25.1', 'cm4-4', '100m', '384Mi', {claims: ['gitea'], port: 3000}),
		app('apps', 'calibre-web', 'docker.io/linuxserver/calibre-web:0.6.26', 'cm4-1', '50m', '256Mi', {
			claims: ['books'],
			port: 8083,
		}),
	],
	services: [
		['ingress', 'ingress-nginx', 443, '192.168.30.10', 'local'],
		['dns', 'blocky', 53, '192.168.30.11', 'local'],
		['apps', 'home-assistant', 8123, '192.168.30.12'],
		['apps', 'gitea', 3000, '192.168.30.13'],
		['apps', 'mealie', 9000],
		['apps', 'calibre-web', 8083],
		['monitoring', 'prometheus', 9090],
		['monitoring', 'grafana', 3000],
	],
	webhooks: [
		{
			configuration: 'ingress-nginx-admission',
			name: 'validate.nginx.ingress.kubernetes.io',
			service: {namespace: 'ingress', name: 'ingress-nginx-admission', port: 443, path: '/networking/v1/ingresses'},
			rule: {groups: ['networking.k8s.io'], versions: ['v1'], resources: ['ingresses']},
			workload: 'ingress-nginx',
			target: 8443,
		},
	],
	budgets: [
		{namespace: 'ingress', name: 'ingress-nginx', selector: {'app.kubernetes.io/name': 'ingress-nginx'}, minAvailable: 1},
		{namespace: 'dns', name: 'blocky', selector: {'app.kubernetes.io/name': 'blocky'}, maxUnavailable: 1},
	],
	storageClasses: [
		{name: 'local-path', provisioner: 'rancher.io/local-path', isDefault: true, waits: true, expands: false},
		{name: 'synology-nfs', provisioner: 'nfs.csi.k8s.io', parameters: {server: synology, share: '/volume1/kubernetes'}},
	],
	drivers: [{name: 'nfs.csi.k8s.io', attaches: false, on: workers}],
	claims: [
		['monitoring', 'prometheus-db', 'local-path', '40Gi', {node: 'cm4-2'}],
		['apps', 'home-assistant', 'local-path', '10Gi', {node: 'cm4-2'}],
		['apps', 'gitea', 'local-path', '20Gi', {node: 'cm4-4'}],
		['apps', 'mealie', 'local-path', '5Gi', {node: 'cm4-3'}],
		['monitoring', 'grafana', 'synology-nfs', '5Gi', nfs('grafana')],
		['apps', 'books', 'synology-nfs', '200Gi', nfs('books')],
	],
	bgp: {
		peering: {
			name: 'pfsense',
			localAsn: 65010,
			peers: [{name: 'pfsense', address: '192.168.20.1', asn: 65000}],
			nodeSelector: {'bgp.talos.demo/peer': 'pfsense'},
			holdSeconds: 90,
		},
		pool: {start: '192.168.30.10', stop: '192.168.30.29'},
		age: 180,
		received: 2,
		advertised: 4,
	},
	velero: {
		schedules: [
			{
				name: 'nightly',
				cron: '30 2 * * *',
				keptDays: 30,
				namespaces: ['apps', 'monitoring', 'dns', 'ingress'],
				location: 'synology',
				items: 318,
				volumes: 6,
				minutes: 14,
			},
			{
				name: 'weekly',
				cron: '0 4 * * 6',
				keptDays: 90,
				namespaces: ['*'],
				location: 'synology',
				items: 1204,
				volumes: 6,
				minutes: 31,
			},
		],
		locations: [{name: 'synology', bucket: 'velero', url: `http://${synology}:9000`, region: 'minio'}],
		restores: [{schedule: 'nightly', days: 17, namespace: 'apps', drill: true, minutes: 9, items: 88}],
		age: 150,
	},
	metrics: true,
});
