import {scheduleKind} from '../../source/backups/velero.ts';
import {addressPoolKind, bgpNodeKind} from '../../source/bgp/cilium.ts';
import type {Readyz, Tail, Term} from '../../source/cluster/transport.ts';
import type {Standing} from '../../source/nodes/liveness.ts';
import {apiServiceKind} from '../../source/platform/api-service.ts';
import {type PlatformFacts, type PlatformInput, platformFacts} from '../../source/platform/facts.ts';
import {mutatingKind, validatingKind} from '../../source/platform/webhook.ts';
import {longhornVolumeKind} from '../../source/storage/longhorn.ts';
import type {SourceState} from '../../source/vocabulary.ts';
import {componentTally} from '../../source/workloads/controllers.ts';
import {endpointsKind} from '../../source/workloads/endpoints.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {reading} from '../_helpers/reading.ts';
import {tallied} from '../_helpers/tallied.ts';
import {pod} from '../workloads/objects.ts';

export const now = Date.UTC(2026, 10, 21, 2, 14);
export const seconds = 1000;
export const minutes = 60 * seconds;
export const days = 86_400_000;
export const ago = (milliseconds: number): string => new Date(now - milliseconds).toISOString();

export type PodWish = {
	readonly node?: string;
	readonly ready?: boolean;
	/** Milliseconds since its readiness turned. */
	readonly turned?: number;
	readonly owner?: readonly [kind: string, name: string];
	readonly metadata?: object;
	readonly status?: object;
};

/** A pod with these labels: `k8s-app=kube-dns`. */
export const labelled = (path: string, label: string, wish: PodWish = {}) => {
	const {node = 'nuc-1', ready = true, turned = 10 * minutes, owner = ['DaemonSet', 'owner'], metadata = {}, status = {}} = wish;
	const labels = Object.fromEntries(label.split(',').map(pair => pair.split('=')));
	return pod(path, {
		node,
		ready,
		metadata: {labels, ownerReferences: [{kind: owner[0], name: owner[1], controller: true}], ...metadata},
		status: {
			conditions: [{type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: ago(turned)}],
			...status,
		},
	});
};

export const coredns = (ending: string, wish: PodWish = {}) =>
	labelled(`kube-system/coredns-7db6d8ff4d-${ending}`, 'k8s-app=kube-dns', {
		owner: ['ReplicaSet', 'coredns-7db6d8ff4d'],
		...wish,
	});
export const cilium = (node: string, wish: PodWish = {}) =>
	labelled(`kube-system/cilium-${node}`, 'k8s-app=cilium', {node, owner: ['DaemonSet', 'cilium'], ...wish});
export const longhorn = (node: string, wish: PodWish = {}) =>
	labelled(`longhorn-system/longhorn-manager-${node}`, 'app=longhorn-manager', {
		node,
		owner: ['DaemonSet', 'longhorn-manager'],
		...wish,
	});
export const volume = (name: string) => ({metadata: {namespace: 'longhorn-system', name, uid: name}, spec: {}, status: {}});

export type EndpointWish = {readonly ready?: boolean; readonly pod?: string; readonly node?: string};

/** A slice of a service, `namespace/name`. */
export const slice = (service: string, endpoints: readonly EndpointWish[], changed?: number) => {
	const [namespace = '', name = ''] = service.split('/');
	const annotations = changed === undefined ? {} : {'endpoints.kubernetes.io/last-change-trigger-time': ago(changed)};
	return {
		metadata: {namespace, name: `${name}-x7x2x`, uid: service, labels: {'kubernetes.io/service-name': name}, annotations},
		addressType: 'IPv4',
		endpoints: endpoints.map(({ready = true, pod: called = `${name}-0`, node: on = 'nuc-1'}) => ({
			addresses: ['10.42.0.7'],
			conditions: {ready, serving: ready, terminating: false},
			nodeName: on,
			targetRef: {kind: 'Pod', namespace, name: called},
		})),
	};
};

type HookWish = {readonly policy?: string; readonly url?: string; readonly resources?: readonly string[]};

/** A webhook configuration with one webhook, which asks this service (`namespace/name`). */
export const hook = (name: string, service: string, {policy = 'Fail', url, resources = ['pods']}: HookWish = {}) => {
	const [namespace = '', called = ''] = service.split('/');
	const clientConfig = url === undefined ? {service: {namespace, name: called, port: 443}} : {url};
	return {
		metadata: {name, uid: name, creationTimestamp: ago(3 * days)},
		webhooks: [
			{
				name: `${called}.example.com`,
				failurePolicy: policy,
				clientConfig: {...clientConfig, caBundle: 'LS0tLS1CRUdJTi'},
				rules: [{apiGroups: ['', 'apps'], apiVersions: ['v1'], operations: ['CREATE'], resources}],
			},
		],
	};
};

/** An API service of this service, or (without one) of the API server itself. */
export const api = (name: string, service?: string, status = 'True', reason = 'Passed', since = 5 * minutes) => {
	const [namespace, called] = service?.split('/') ?? [];
	return {
		metadata: {name, uid: name, creationTimestamp: ago(9 * days)},
		spec: {group: 'metrics.k8s.io', version: 'v1beta1', ...(service && {service: {namespace, name: called, port: 443}})},
		status: {
			conditions: [{type: 'Available', status, reason, message: 'all checks passed', lastTransitionTime: ago(since)}],
		},
	};
};

export type Objects = {
	readonly pods?: readonly object[];
	readonly slices?: readonly object[];
	readonly validating?: readonly object[];
	readonly mutating?: readonly object[];
	readonly apis?: readonly object[];
	readonly volumes?: readonly object[];
	readonly bgpNodes?: readonly object[];
	readonly nodes?: Readonly<Record<string, Standing>>;
	readonly readyz?: Readyz | undefined;
	readonly latency?: Tail;
	readonly certificates?: readonly Term[];
	readonly states?: Partial<Record<'pods' | 'endpoints' | 'validating' | 'mutating' | 'apis' | 'volumes', SourceState>>;
	/** Where only one namespace of them is read. */
	readonly podsOf?: PlatformFacts['podsOf'];
	readonly endpointsOf?: PlatformFacts['endpointsOf'];
	readonly at?: number;
};

/** The input of the slice out of raw objects, through the real projections. */
export function input(objects: Objects): PlatformInput {
	const {pods = [], slices = [], validating = [], mutating = [], apis = [], volumes = [], bgpNodes = []} = objects;
	const {nodes = {}, latency, certificates = [], states = {}, podsOf, endpointsOf, at = now} = objects;
	return {
		controllers: {...tallied(componentTally, reading(podKind, pods, states.pods)), limitedTo: podsOf},
		nodes: new Map(Object.entries(nodes)),
		endpoints: {...reading(endpointsKind, slices, states.endpoints), limitedTo: endpointsOf},
		validating: reading(validatingKind, validating, states.validating),
		mutating: reading(mutatingKind, mutating, states.mutating),
		apiServices: reading(apiServiceKind, apis, states.apis),
		kept: {
			longhornVolumes: reading(longhornVolumeKind, volumes, states.volumes),
			veleroSchedules: reading(scheduleKind, []),
			addressPools: reading(addressPoolKind, []),
			bgpNodes: reading(bgpNodeKind, bgpNodes),
		},
		readyz: 'readyz' in objects ? objects.readyz : {ok: true, failing: []},
		latency,
		certificates,
		now: at,
	};
}

export const told = (objects: Objects, previous?: PlatformFacts): PlatformFacts => platformFacts(input(objects), previous);
