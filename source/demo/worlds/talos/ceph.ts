import type {NodeRow} from '../../objects/machine.ts';
import {app, csiPaths, daemon, host, kept} from '../build/row.ts';
import {worldOf} from '../build/world.ts';
import {controlPlane, talos} from './talos.ts';
import {kyverno} from './webhooks.ts';

const worker = {arch: 'amd64', cores: 12, memoryGi: 64, diskGi: 450, joined: 301} as const;

const nodes: readonly NodeRow[] = [
	{
		name: 'control-1',
		controlPlane: true,
		arch: 'amd64',
		cores: 4,
		memoryGi: 16,
		diskGi: 240,
		address: '10.5.0.10',
		podCidr: '10.244.0.0/24',
		joined: 301,
		booted: 44,
	},
	...[1, 2, 3, 4, 5].map(at => ({
		...worker,
		name: `worker-${at}`,
		address: `10.5.0.${20 + at}`,
		podCidr: `10.244.${at}.0/24`,
		booted: 30 + at,
	})),
];
const workers = ['worker-1', 'worker-2', 'worker-3', 'worker-4', 'worker-5'];
const everywhere = ['control-1', ...workers];

const rbd = 'rook-ceph.rbd.csi.ceph.com';
const cephfs = 'rook-ceph.cephfs.csi.ceph.com';
const image = {
	driver: rbd,
	attributes: {clusterID: 'rook-ceph', pool: 'replicapool', imageFormat: '2', imageFeatures: 'layering'},
};
const file = {driver: cephfs, shared: true, attributes: {clusterID: 'rook-ceph', fsName: 'cephfs'}};
const rook = 'docker.io/rook/ceph:v1.20.6';
const ceph = 'quay.io/ceph/ceph:v20.2.0';

/** World D: one control plane, five workers with Rook Ceph, and backups into the same Ceph. */
export const talosCeph = worldOf({
	id: 'talos-ceph',
	title: 'DEMO talos-ceph: Talos with Rook Ceph',
	description:
		'Talos with a single control plane and five workers, Rook Ceph, Argo CD, CloudNativePG, Velero in three tiers into the same Ceph',
	age: 301,
	distribution: talos({amd64: {'intel-ucode': '20260210'}, arm64: {}}),
	nodes,
	statics: controlPlane,
	workloads: [
		daemon('kube-system', 'cilium', 'quay.io/cilium/cilium:v1.20.2', everywhere, '200m', '400Mi', {
			...host,
			labels: {'k8s-app': 'cilium'},
			container: 'cilium-agent',
		}),
		app('kube-system', 'cilium-operator', 'quay.io/cilium/operator-generic:v1.20.2', ['worker-1', 'worker-2'], '50m', '128Mi', {
			labels: {'io.cilium/app': 'operator', name: 'cilium-operator'},
		}),
		app('kube-system', 'hubble-relay', 'quay.io/cilium/hubble-relay:v1.20.2', 'worker-3', '20m', '64Mi'),
		app('kube-system', 'coredns', 'registry.k8s.io/coredns/coredns:v1.14.2', ['worker-1', 'worker-4'], '100m', '70Mi', {
			labels: {'k8s-app': 'kube-dns'},
			port: 53,
		}),
		app('kube-system', 'metrics-server', 'registry.k8s.io/metrics-server/metrics-server:v0.8.0', 'worker-2', '100m', '200Mi'),
		app('rook-ceph', 'rook-ceph-operator', rook, 'worker-3', '200m', '256Mi', {labels: {app: 'rook-ceph-operator'}}),
		...['a', 'b', 'c'].map((name, at) =>
			app('rook-ceph', `rook-ceph-mon-${name}`, ceph, workers[at] ?? '', '300m', '1Gi', {
				labels: {app: 'rook-ceph-mon', mon: name},
			}),
		),
		...['a', 'b'].map((name, at) =>
			app('rook-ceph', `rook-ceph-mgr-${name}`, ceph, workers[at + 3] ?? '', '300m', '1Gi', {
				labels: {app: 'rook-ceph-mgr', mgr: name},
			}),
		),
		...workers.map((on, at) =>
			app('rook-ceph', `rook-ceph-osd-${at}`, ceph, on, '500m', '4Gi', {
				labels: {app: 'rook-ceph-osd', 'ceph-osd-id': `${at}`},
				nodeSelector: {'kubernetes.io/hostname': on},
			}),
		),
		app('rook-ceph', 'rook-ceph-rgw-backup-a', ceph, 'worker-5', '300m', '512Mi', {labels: {app: 'rook-ceph-rgw'}, port: 8080}),
		app('rook-ceph', 'rook-ceph-tools', ceph, 'worker-1', '50m', '128Mi', {labels: {app: 'rook-ceph-tools'}}),
		daemon('rook-ceph', 'csi-rbdplugin', 'quay.io/cephcsi/cephcsi:v3.15.0', workers, '50m', '128Mi', {
			labels: {app: 'csi-rbdplugin'},
			hostPaths: csiPaths(rbd),
		}),
		daemon('rook-ceph', 'csi-cephfsplugin', 'quay.io/cephcsi/cephcsi:v3.15.0', workers, '50m', '128Mi', {
			labels: {app: 'csi-cephfsplugin'},
			hostPaths: csiPaths(cephfs),
		}),
		app('velero', 'velero', 'docker.io/velero/velero:v1.18.3', 'worker-2', '200m', '256Mi', {scratch: true}),
		daemon('velero', 'node-agent', 'docker.io/velero/velero:v1.18.3', workers, '50m', '256Mi', {scratch: true}),
		kept('argocd', 'argocd-application-controller', 'quay.io/argoproj/argocd:v3.5.7', 'worker-4', '500m', '1Gi'),
		app('argocd', 'argocd-server', 'quay.io/argoproj/argocd:v3.5.7', 'worker-1', '100m', '256Mi', {port: 8080}),
		app('argocd', 'argocd-repo-server', 'quay.io/argoproj/argocd:v3.5.7', 'worker-5', '100m', '256Mi', {scratch: true}),
		app(
			'sealed-secrets',
			'sealed-secrets-controller',
			'docker.io/bitnami/sealed-secrets-controller:0.40.0',
			'worker-3',
			'20m',
			'64Mi',
		),
		app('metallb-system', 'controller', 'quay.io/metallb/controller:v0.16.2', 'worker-2', '50m', '96Mi', {
			labels: {app: 'metallb', component: 'controller'},
		}),
		daemon('metallb-system', 'speaker', 'quay.io/metallb/speaker:v0.16.2', everywhere, '50m', '96Mi', {
			...host,
			labels: {app: 'metallb', component: 'speaker'},
		}),
		app('authelia', 'authelia', 'ghcr.io/authelia/authelia:4.39.14', 'worker-4', '50m', '128Mi', {port: 9091}),
		app('kyverno', 'kyverno-admission-controller', 'ghcr.io/kyverno/kyverno:v1.16.0', ['worker-2', 'worker-5'], '100m', '256Mi'),
		app('cnpg-system', 'cloudnative-pg', 'ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0', 'worker-1', '100m', '256Mi'),
		kept('databases', 'orders-1', 'ghcr.io/cloudnative-pg/postgresql:18.1', 'worker-1', '1', '4Gi', {
			claims: ['orders-1'],
			labels: {'cnpg.io/cluster': 'orders', 'cnpg.io/instanceName': 'orders-1'},
		}),
		kept('databases', 'orders-2', 'ghcr.io/cloudnative-pg/postgresql:18.1', 'worker-3', '1', '4Gi', {
			claims: ['orders-2'],
			labels: {'cnpg.io/cluster': 'orders', 'cnpg.io/instanceName': 'orders-2'},
		}),
		kept('logging', 'elasticsearch', 'docker.elastic.co/elasticsearch/elasticsearch:9.2.1', 'worker-5', '1', '8Gi', {
			claims: ['elasticsearch'],
			port: 9200,
		}),
		daemon('logging', 'fluent-bit', 'docker.io/fluent/fluent-bit:4.2.0', everywhere, '50m', '64Mi', host),
		app('logging', 'kibana', 'docker.elastic.co/kibana/kibana:9.2.1', 'worker-4', '200m', '1Gi', {port: 5601}),
		app('tracing', 'jaeger', 'docker.io/jaegertracing/jaeger:2.12.0', 'worker-2', '200m', '512Mi', {scratch: true, port: 16686}),
		kept('monitoring', 'prometheus', 'quay.io/prometheus/prometheus:v3.15.0', 'worker-4', '500m', '6Gi', {
			claims: ['prometheus-db'],
			port: 9090,
		}),
		app('monitoring', 'grafana', 'docker.io/grafana/grafana:12.3.0', 'worker-3', '100m', '256Mi', {
			claims: ['grafana'],
			port: 3000,
		}),
		app('web', 'wiki', 'docker.io/requarks/wiki:2.5.309', 'worker-2', '100m', '512Mi', {claims: ['wiki-uploads'], port: 3000}),
	],
	services: [
		['authelia', 'authelia', 9091],
		['argocd', 'argocd-server', 8080],
		['rook-ceph', 'rook-ceph-rgw-backup-a', 8080],
		['logging', 'elasticsearch', 9200],
		['logging', 'kibana', 5601],
		['tracing', 'jaeger', 16686],
		['monitoring', 'prometheus', 9090],
		['monitoring', 'grafana', 3000],
		['web', 'wiki', 3000],
	],
	webhooks: [kyverno],
	budgets: [
		{namespace: 'rook-ceph', name: 'rook-ceph-osd', selector: {app: 'rook-ceph-osd'}, maxUnavailable: 1},
		{namespace: 'rook-ceph', name: 'rook-ceph-mon-pdb', selector: {app: 'rook-ceph-mon'}, maxUnavailable: 1},
		{namespace: 'databases', name: 'orders-primary', selector: {'cnpg.io/instanceName': 'orders-1'}, minAvailable: 1},
	],
	storageClasses: [
		{
			name: 'ceph-block',
			provisioner: rbd,
			isDefault: true,
			parameters: {clusterID: 'rook-ceph', pool: 'replicapool', 'csi.storage.k8s.io/fstype': 'ext4'},
		},
		{name: 'ceph-filesystem', provisioner: cephfs, parameters: {clusterID: 'rook-ceph', fsName: 'cephfs'}},
	],
	drivers: [
		{name: rbd, on: workers},
		{name: cephfs, on: workers},
	],
	claims: [
		['databases', 'orders-1', 'ceph-block', '100Gi', image],
		['databases', 'orders-2', 'ceph-block', '100Gi', image],
		['logging', 'elasticsearch', 'ceph-block', '300Gi', image],
		['monitoring', 'prometheus-db', 'ceph-block', '100Gi', image],
		['monitoring', 'grafana', 'ceph-block', '10Gi', image],
		['web', 'wiki-uploads', 'ceph-filesystem', '50Gi', file],
	],
	velero: {
		schedules: [
			{
				name: 'tier-0',
				cron: '0 */6 * * *',
				keptDays: 7,
				namespaces: ['databases', 'authelia', 'sealed-secrets'],
				location: 'ceph-rgw',
				items: 164,
				volumes: 2,
				minutes: 7,
			},
			{
				name: 'tier-1',
				cron: '0 1 * * *',
				keptDays: 30,
				namespaces: ['web', 'argocd', 'monitoring'],
				location: 'ceph-rgw',
				items: 402,
				volumes: 3,
				minutes: 18,
			},
			{
				name: 'tier-2',
				cron: '0 3 * * 0',
				keptDays: 90,
				namespaces: ['*'],
				location: 'ceph-rgw',
				items: 1783,
				volumes: 6,
				minutes: 71,
			},
		],
		locations: [{name: 'ceph-rgw', bucket: 'velero', url: 'http://rook-ceph-rgw-backup.rook-ceph.svc', region: 'us-east-1'}],
		restores: [{schedule: 'tier-0', days: 5, namespace: 'databases', drill: true, minutes: 14, items: 61}],
		age: 220,
	},
	metrics: true,
});
