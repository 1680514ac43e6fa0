import type {KubeObject} from '../model.ts';
import {digestOf} from './identity.ts';
import type {Condition, Taint} from './node.ts';
import {object, writtenBy} from './object.ts';
import {shelf} from './shelf.ts';
import {stamp} from './time.ts';

type Container = {
	name: string;
	image: string;
	resources?: {requests?: Record<string, string>; limits?: Record<string, string>};
	[field: string]: unknown;
};

export type ContainerStatus = {
	name: string;
	ready: boolean;
	restartCount: number;
	state: {running?: {startedAt: string}; waiting?: {reason: string; message?: string}; terminated?: Record<string, unknown>};
	lastState?: {terminated?: {exitCode: number; finishedAt: string; [field: string]: unknown}};
	[field: string]: unknown;
};

export type PodVolume = {
	name: string;
	persistentVolumeClaim?: {claimName: string};
	emptyDir?: Record<string, unknown>;
	[field: string]: unknown;
};

export type PodSpec = {
	nodeName?: string;
	nodeSelector?: Record<string, string>;
	tolerations?: Array<Partial<Taint> & {operator?: string; tolerationSeconds?: number}>;
	affinity?: unknown;
	containers: Container[];
	volumes?: PodVolume[];
	[field: string]: unknown;
};

export type PodTemplate = {metadata: {labels: Record<string, string>; annotations?: Record<string, string>}; spec: PodSpec};

export type PodObject = KubeObject & {
	spec: PodSpec;
	status?: {
		phase?: string;
		conditions?: Condition[];
		podIP?: string;
		containerStatuses?: ContainerStatus[];
		[field: string]: unknown;
	};
};

export const pods = shelf<PodObject>('', 'pods', ['spec.containers']);

export type NewPod = {
	readonly name: string;
	readonly namespace: string;
	readonly template: PodTemplate;
	readonly owner?: KubeObject;
	readonly createdAt: number;
	readonly uid?: string;
	readonly labels?: Readonly<Record<string, string>>;
};

/** A pod as its controller creates it: no node yet, nothing started. */
export function pendingPod({name, namespace, template, owner, createdAt, uid, labels}: NewPod): PodObject {
	const {metadata, spec} = structuredClone(template);
	const made = object(
		'v1',
		'Pod',
		{
			name,
			namespace,
			createdAt,
			generation: 1,
			labels: {...metadata.labels, ...labels},
			...(metadata.annotations ? {annotations: metadata.annotations} : {}),
			...(owner ? {owner} : {}),
			...(uid ? {uid} : {}),
		},
		{spec, status: {phase: 'Pending', qosClass: 'Burstable', conditions: []}},
	);
	if (owner) made.metadata.generateName = name.replace(/[^-]*$/, '');
	made.metadata.managedFields = [writtenBy('kube-controller-manager', createdAt, 'spec')];
	return made;
}

/** The scheduler has chosen: its containers are being created there. */
export function bind(pod: PodObject, node: string, at: number): void {
	pod.spec.nodeName = node;
	pod.status = {
		...pod.status,
		phase: 'Pending',
		startTime: stamp(at),
		conditions: [
			condition('PodReadyToStartContainers', 'False', at),
			condition('Initialized', 'True', at),
			condition('Ready', 'False', at, 'ContainersNotReady'),
			condition('ContainersReady', 'False', at, 'ContainersNotReady'),
			condition('PodScheduled', 'True', at),
		],
		containerStatuses: pod.spec.containers.map(({name, image}) => ({
			name,
			image,
			imageID: '',
			ready: false,
			started: false,
			restartCount: 0,
			lastState: {},
			state: {waiting: {reason: 'ContainerCreating'}},
		})),
	};
}

/** Its containers run and are ready. */
export function run(pod: PodObject, at: number, podIP: string, hostIP: string): void {
	const {uid = ''} = pod.metadata;
	pod.status = {
		...pod.status,
		phase: 'Running',
		hostIP,
		hostIPs: [{ip: hostIP}],
		podIP,
		podIPs: [{ip: podIP}],
		conditions: ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(type =>
			condition(type, 'True', at),
		),
		containerStatuses: pod.spec.containers.map(container => ({
			name: container.name,
			image: container.image,
			imageID: `${container.image.replace(/:.*$/, '')}@sha256:${digestOf(container.image)}`,
			containerID: `containerd://${digestOf(uid, container.name)}`,
			ready: true,
			started: true,
			restartCount: 0,
			lastState: {},
			state: {running: {startedAt: stamp(at)}},
		})),
	};
	pod.metadata.managedFields = [writtenBy('kube-controller-manager', at, 'spec'), writtenBy('kubelet', at, 'status')];
}

/** A pod condition. */
export function condition(type: string, status: Condition['status'], at: number, reason?: string, message?: string): Condition {
	return {type, status, lastTransitionTime: stamp(at), ...(reason ? {reason} : {}), ...(message ? {message} : {})};
}

/** The claims a pod mounts. */
export function claimsOf(pod: {readonly spec?: {readonly volumes?: readonly PodVolume[]}}): string[] {
	return (pod.spec?.volumes ?? []).flatMap(({persistentVolumeClaim}) =>
		persistentVolumeClaim ? [persistentVolumeClaim.claimName] : [],
	);
}

/** It has run to its end and holds nothing any more. */
export function isFinished(pod: PodObject): boolean {
	return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}
