import type {KubeObject} from '../../model.ts';
import {aggregatedApi} from '../../objects/api-service.ts';
import {corefile} from '../../objects/corefile.ts';
import {type EndpointSliceObject, endpointSlice} from '../../objects/endpoints.ts';
import type {NodeRow} from '../../objects/machine.ts';
import type {PodObject} from '../../objects/pod.ts';
import {selectorOf, type WorkloadRow} from '../../objects/pod-template.ts';
import {service, tcp} from '../../objects/service.ts';
import {withEndpoints} from './exposed.ts';

const system = {namespace: 'kube-system'} as const;

/** The services every cluster stands on: the API server's, the cluster's DNS with its configuration, and metrics-server where it is. */
export function coreServices(
	nodes: readonly NodeRow[],
	workloads: readonly WorkloadRow[],
	pods: readonly PodObject[],
	createdAt: number,
): readonly KubeObject[] {
	const called = (name: string) => workloads.find(row => row.namespace === system.namespace && row.name === name);
	const dns = called('coredns');
	const metrics = called('metrics-server');
	return [
		...apiServer(nodes, createdAt),
		...(dns ? [corefile(createdAt), ...withEndpoints(dnsService(dns, createdAt), pods)] : []),
		...(metrics ? withEndpoints(metricsService(metrics, createdAt), pods) : []),
		...(metrics ? [aggregatedApi('metrics.k8s.io', 'v1beta1', {...system, name: metrics.name}, createdAt)] : []),
	];
}

/** Its endpoints are the control planes; the API servers themselves say so. */
function apiServer(nodes: readonly NodeRow[], createdAt: number): readonly KubeObject[] {
	const [namespace, name] = ['default', 'kubernetes'];
	const labels = {component: 'apiserver', provider: 'kubernetes'};
	const ports = [tcp(443, 'https', 6443)];
	const made = service({namespace, name, ports, labels, clusterIp: '10.43.0.1', createdAt});
	const ready = {ready: true, serving: true, terminating: false};
	const addresses = nodes.filter(({controlPlane}) => controlPlane).map(({address}) => address);
	const slice: EndpointSliceObject = endpointSlice(
		made,
		addresses.map(address => ({addresses: [address], conditions: ready})),
	);
	slice.metadata = {...slice.metadata, name, labels: {'kubernetes.io/service-name': name}};
	delete slice.metadata.ownerReferences;
	return [made, slice];
}

function dnsService(row: WorkloadRow, createdAt: number) {
	return service({
		...system,
		name: 'kube-dns',
		labels: {'k8s-app': 'kube-dns', 'kubernetes.io/name': 'CoreDNS'},
		selector: selectorOf(row),
		ports: [{...tcp(53, 'dns'), protocol: 'UDP'}, tcp(53, 'dns-tcp'), tcp(9153, 'metrics')],
		clusterIp: '10.43.0.10',
		createdAt,
	});
}

function metricsService(row: WorkloadRow, createdAt: number) {
	const ports = [tcp(443, 'https', 10_250)];
	return service({...system, name: row.name, selector: selectorOf(row), ports, clusterIp: '10.43.0.44', createdAt});
}
