import type {NodeRow} from '../../objects/machine.ts';
import type {WorkloadRow} from '../../objects/pod-template.ts';
import type {QuotaRow} from '../../objects/quota.ts';
import type {ClaimedRow} from '../build/claimed.ts';
import type {ExposedRow} from '../build/exposed.ts';
import {app, csiPaths, daemon, host, kept} from '../build/row.ts';
import {worldOf} from '../build/world.ts';
import {controlPlane, talos} from './talos.ts';
import {certManager, istio, kyverno} from './webhooks.ts';

/** World C is three clusters of one make. What differs is said here. */
type Cluster = {
	readonly id: string;
	readonly what: string;
	readonly controlPlanes: number;
	readonly workers: number;
	/** Third part of its addresses. */
	readonly net: number;
	readonly age: number;
	readonly workloads: (workers: readonly string[]) => readonly WorkloadRow[];
	readonly services: readonly ExposedRow[];
	readonly quotas?: readonly QuotaRow[];
	readonly claims: (workers: readonly string[]) => readonly ClaimedRow[];
};

const synology = 'csi.san.synology.com';
const onNas = {driver: synology, attributes: {dsm: '10.20.0.5', protocol: 'iscsi'}};

function fleet({id, what, controlPlanes, workers, net, age, workloads, services, quotas = [], claims}: Cluster) {
	const nodes: readonly NodeRow[] = [
		...Array.from(
			{length: controlPlanes},
			(_, at): NodeRow => machine(`cp-${at + 1}`, net, 11 + at, at, age, {controlPlane: true, cores: 4, memoryGi: 8}),
		),
		...Array.from(
			{length: workers},
			(_, at): NodeRow => machine(`worker-${at + 1}`, net, 21 + at, controlPlanes + at, age, {cores: 16, memoryGi: 64}),
		),
	].map(row => ({...row, name: `${id.replace('talos-', '')}-${row.name}`}));
	const names = nodes.filter(row => !row.controlPlane).map(({name}) => name);
	return worldOf({
		id,
		title: `DEMO ${id}: one of three Talos clusters`,
		description: what,
		age,
		distribution: talos({amd64: {'iscsi-tools': 'v0.2.0', 'util-linux-tools': '2.41.2'}, arm64: {}}),
		nodes,
		statics: controlPlane,
		workloads: [...common(nodes, names), ...workloads(names)],
		services: [['istio-system', 'istio-ingress', 443, `10.20.${net + 1}.10`], ...services],
		webhooks: [certManager, istio, kyverno],
		quotas,
		budgets: [
			{namespace: 'istio-system', name: 'istio-ingress', selector: {'app.kubernetes.io/name': 'istio-ingress'}, minAvailable: 1},
		],
		storageClasses: [
			{
				name: 'synology-iscsi',
				provisioner: synology,
				isDefault: true,
				parameters: {dsm: '10.20.0.5', location: '/volume1', protocol: 'iscsi'},
			},
			{
				name: 'openebs-hostpath',
				provisioner: 'openebs.io/local',
				waits: true,
				expands: false,
				annotations: {'openebs.io/cas-type': 'local', 'cas.openebs.io/config': '- name: StorageType\n  value: "hostpath"\n'},
			},
		],
		drivers: [{name: synology, on: names}],
		claims: claims(names),
		bgp: {
			peering: {
				name: 'core',
				localAsn: 65100 + net,
				peers: [{name: 'core-switch', address: `10.20.${net}.1`, asn: 65001}],
				nodeSelector: {'bgp.fleet.demo/core': 'true'},
				holdSeconds: 30,
			},
			pool: {start: `10.20.${net + 1}.10`, stop: `10.20.${net + 1}.29`},
			age: age - 3,
			received: 4,
			advertised: 1 + services.filter(([, , , address]) => address !== undefined).length,
		},
		metrics: true,
	});
}

function machine(
	name: string,
	net: number,
	last: number,
	at: number,
	age: number,
	more: Pick<NodeRow, 'cores' | 'memoryGi'> & Partial<NodeRow>,
): NodeRow {
	return {
		name,
		arch: 'amd64',
		diskGi: 480,
		address: `10.20.${net}.${last}`,
		podCidr: `10.${100 + net}.${at}.0/24`,
		joined: age,
		booted: 23,
		...(more.controlPlane ? {} : {labels: {'bgp.fleet.demo/core': 'true'}}),
		...more,
	};
}

/** What each of the three has. */
function common(nodes: readonly NodeRow[], workers: readonly string[]): readonly WorkloadRow[] {
	const [first = '', second = first] = workers;
	const everywhere = nodes.map(({name}) => name);
	return [
		daemon('kube-system', 'cilium', 'quay.io/cilium/cilium:v1.20.2', everywhere, '200m', '400Mi', {
			...host,
			labels: {'k8s-app': 'cilium'},
			container: 'cilium-agent',
		}),
		app('kube-system', 'cilium-operator', 'quay.io/cilium/operator-generic:v1.20.2', [first, second], '50m', '128Mi', {
			labels: {'io.cilium/app': 'operator', name: 'cilium-operator'},
		}),
		app('kube-system', 'coredns', 'registry.k8s.io/coredns/coredns:v1.14.2', [first, second], '100m', '70Mi', {
			labels: {'k8s-app': 'kube-dns'},
			port: 53,
		}),
		app('kube-system', 'metrics-server', 'registry.k8s.io/metrics-server/metrics-server:v0.8.0', second, '100m', '200Mi'),
		kept('synology-csi', 'synology-csi-controller', 'docker.io/synology/synology-csi:v1.2.1', first, '50m', '128Mi', {
			labels: {app: 'synology-csi-controller'},
		}),
		daemon('synology-csi', 'synology-csi-node', 'docker.io/synology/synology-csi:v1.2.1', workers, '50m', '128Mi', {
			labels: {app: 'synology-csi-node'},
			hostPaths: csiPaths(synology),
		}),
		app('openebs', 'openebs-localpv-provisioner', 'docker.io/openebs/provisioner-localpv:4.0.0', second, '20m', '64Mi'),
		app('cert-manager', 'cert-manager', 'quay.io/jetstack/cert-manager-controller:v1.21.2', first, '50m', '128Mi'),
		app('cert-manager', 'cert-manager-webhook', 'quay.io/jetstack/cert-manager-webhook:v1.21.2', second, '20m', '64Mi'),
		app('external-secrets', 'external-secrets', 'ghcr.io/external-secrets/external-secrets:v1.3.2', second, '50m', '128Mi'),
		app('external-dns', 'external-dns', 'registry.k8s.io/external-dns/external-dns:v0.20.0', first, '20m', '64Mi'),
		app('cloudflare', 'cloudflared', 'docker.io/cloudflare/cloudflared:2026.11.0', [first, second], '20m', '64Mi'),
		app('istio-system', 'istiod', 'docker.io/istio/pilot:1.28.0', first, '200m', '512Mi'),
		app('istio-system', 'istio-ingress', 'docker.io/istio/proxyv2:1.28.0', [first, second], '200m', '256Mi', {port: 443}),
		app('kyverno', 'kyverno-admission-controller', 'ghcr.io/kyverno/kyverno:v1.16.0', [first, second], '100m', '256Mi'),
		daemon('monitoring', 'node-exporter', 'quay.io/prometheus/node-exporter:v1.10.2', everywhere, '20m', '32Mi', host),
		kept('monitoring', 'prometheus', 'quay.io/prometheus/prometheus:v3.15.0', second, '500m', '4Gi', {scratch: true, port: 9090}),
	];
}

/** Stateless: it can be rebuilt in minutes. Two control planes, which is worse than one. */
export const talosProd = fleet({
	id: 'talos-prod',
	what: 'prod: stateless, two control planes, Cilium, Istio, Kyverno, secrets from a cloud vault',
	controlPlanes: 2,
	workers: 3,
	net: 10,
	age: 96,
	workloads: ([a = '', b = '', c = '']) => [
		app('shop', 'web', 'registry.example.net/shop/web:2026.46.1', [a, b, c], '300m', '512Mi', {port: 8080}),
		app('shop', 'checkout', 'registry.example.net/shop/checkout:2026.45.3', [a, b, c], '300m', '512Mi', {port: 8080}),
		app('shop', 'search', 'registry.example.net/shop/search:2026.44.0', [b, c], '500m', '1Gi', {port: 8080}),
		app('shop', 'images', 'registry.example.net/shop/images:2026.40.2', [a, c], '500m', '512Mi', {scratch: true, port: 8080}),
		app('flagger-system', 'flagger', 'ghcr.io/fluxcd/flagger:1.43.0', b, '20m', '64Mi'),
	],
	services: [
		['shop', 'web', 8080, '10.20.11.11'],
		['shop', 'checkout', 8080],
		['shop', 'search', 8080],
		['shop', 'images', 8080],
	],
	claims: () => [],
});

/** Where things are tried out. */
export const talosDev = fleet({
	id: 'talos-dev',
	what: 'dev: one control plane, three workers, previews of everything',
	controlPlanes: 1,
	workers: 3,
	net: 30,
	age: 143,
	workloads: ([a = '', b = '', c = '']) => [
		app('shop-dev', 'web', 'registry.example.net/shop/web:main', [a, b], '100m', '256Mi', {port: 8080}),
		app('shop-dev', 'checkout', 'registry.example.net/shop/checkout:main', c, '100m', '256Mi', {port: 8080}),
		app('media', 'books', 'docker.io/linuxserver/kavita:0.8.8', b, '100m', '512Mi', {claims: ['books'], port: 5000}),
		app('renovate', 'renovate-operator', 'ghcr.io/mend/renovate-ce:13.0.0', a, '100m', '512Mi', {scratch: true}),
	],
	services: [
		['shop-dev', 'web', 8080, '10.20.31.11'],
		['shop-dev', 'checkout', 8080],
		['media', 'books', 5000],
	],
	quotas: [{namespace: 'shop-dev', name: 'compute', hard: {'requests.cpu': '2', 'requests.memory': '2Gi', pods: '20'}}],
	claims: () => [['media', 'books', 'synology-iscsi', '100Gi', onNas]],
});

/** Databases that must come back from object storage. */
export const talosData = fleet({
	id: 'talos-data',
	what: 'data: PostgreSQL under CloudNativePG, Vault, Elasticsearch and Thanos on a Synology and on local disks',
	controlPlanes: 1,
	workers: 3,
	net: 20,
	age: 143,
	workloads: ([a = '', b = '', c = '']) => [
		app('cnpg-system', 'cloudnative-pg', 'ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0', a, '100m', '256Mi'),
		kept('pg', 'main-1', 'ghcr.io/cloudnative-pg/postgresql:18.1', a, '2', '8Gi', {
			claims: ['main-1'],
			labels: {'cnpg.io/cluster': 'main', 'cnpg.io/instanceName': 'main-1'},
		}),
		kept('pg', 'main-2', 'ghcr.io/cloudnative-pg/postgresql:18.1', b, '2', '8Gi', {
			claims: ['main-2'],
			labels: {'cnpg.io/cluster': 'main', 'cnpg.io/instanceName': 'main-2'},
		}),
		kept('pg', 'main-3', 'ghcr.io/cloudnative-pg/postgresql:18.1', c, '2', '8Gi', {
			claims: ['main-3'],
			labels: {'cnpg.io/cluster': 'main', 'cnpg.io/instanceName': 'main-3'},
		}),
		kept('vault', 'vault', 'docker.io/hashicorp/vault:1.21.1', b, '200m', '512Mi', {claims: ['vault-data'], port: 8200}),
		kept('elastic', 'elasticsearch', 'docker.elastic.co/elasticsearch/elasticsearch:9.2.1', c, '1', '8Gi', {
			claims: ['elasticsearch-data'],
			port: 9200,
		}),
		kept('thanos', 'thanos-store', 'quay.io/thanos/thanos:v0.40.1', a, '200m', '2Gi', {claims: ['thanos-store'], port: 10901}),
	],
	services: [
		['pg', 'main-1', 5432, '10.20.21.11'],
		['vault', 'vault', 8200],
		['elastic', 'elasticsearch', 9200],
		['thanos', 'thanos-store', 10901],
	],
	claims: ([a = '', b = '', c = '']) => [
		['pg', 'main-1', 'openebs-hostpath', '200Gi', {node: a}],
		['pg', 'main-2', 'openebs-hostpath', '200Gi', {node: b}],
		['pg', 'main-3', 'openebs-hostpath', '200Gi', {node: c}],
		['vault', 'vault-data', 'synology-iscsi', '10Gi', onNas],
		['elastic', 'elasticsearch-data', 'synology-iscsi', '500Gi', onNas],
		['thanos', 'thanos-store', 'synology-iscsi', '50Gi', onNas],
	],
});
