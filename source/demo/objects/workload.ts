import type {KubeObject} from '../model.ts';
import {endingOf} from './identity.ts';
import {object} from './object.ts';
import type {PodSpec, PodTemplate} from './pod.ts';
import {shelf} from './shelf.ts';
import {stamp} from './time.ts';

export type WorkloadObject = KubeObject & {
	spec?: {
		replicas?: number;
		selector?: {matchLabels?: Record<string, string>};
		template?: PodTemplate;
		[field: string]: unknown;
	};
	status?: Record<string, unknown>;
};

export const deployments = shelf<WorkloadObject>('apps', 'deployments');
export const replicaSets = shelf<WorkloadObject>('apps', 'replicasets');
export const statefulSets = shelf<WorkloadObject>('apps', 'statefulsets');
export const daemonSets = shelf<WorkloadObject>('apps', 'daemonsets');

/** The two classes every cluster has. */
const priorities = {'system-cluster-critical': 2_000_000_000, 'system-node-critical': 2_000_001_000};

/** One workload, in one line of a table. */
export type WorkloadRow = {
	readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
	readonly namespace: string;
	readonly name: string;
	readonly image: string;
	/** Where its pods run, one entry per pod. */
	readonly on: readonly string[];
	/** Requests. */
	readonly cpu: string;
	readonly memory: string;
	readonly gpus?: number;
	/** Claims its pods mount; StatefulSets here have one pod, and so do the claims' users. */
	readonly claims?: readonly string[];
	/** Has scratch space that a drain would lose. */
	readonly scratch?: boolean;
	readonly labels?: Readonly<Record<string, string>>;
	readonly nodeSelector?: Readonly<Record<string, string>>;
	readonly tolerateAll?: boolean;
	readonly hostNetwork?: boolean;
	readonly priorityClass?: keyof typeof priorities;
	readonly container?: string;
	readonly port?: number;
};

/** The labels that tie pods to their workload. */
export function selectorOf({name, labels}: WorkloadRow): Record<string, string> {
	return labels ? {...labels} : {'app.kubernetes.io/name': name};
}

/** The pod template of a workload. */
export function templateOf(row: WorkloadRow): PodTemplate {
	return {metadata: {labels: selectorOf(row)}, spec: specOf(row)};
}

function specOf(row: WorkloadRow): PodSpec {
	const gpus = row.gpus === undefined ? undefined : {'nvidia.com/gpu': `${row.gpus}`};
	const claims = row.claims ?? [];
	const volumes = [
		...claims.map(claimName => ({name: claimName, persistentVolumeClaim: {claimName}})),
		...(row.scratch ? [{name: 'scratch', emptyDir: {}}] : []),
	];
	return {
		containers: [
			{
				name: row.container ?? row.name,
				image: row.image,
				imagePullPolicy: 'IfNotPresent',
				...(row.port === undefined ? {} : {ports: [{containerPort: row.port, protocol: 'TCP'}]}),
				resources: {requests: {cpu: row.cpu, memory: row.memory, ...gpus}, ...(gpus ? {limits: gpus} : {})},
				volumeMounts: volumes.map(({name}) => ({name, mountPath: `/${name}`})),
				terminationMessagePath: '/dev/termination-log',
				terminationMessagePolicy: 'File',
			},
		],
		...(volumes.length === 0 ? {} : {volumes}),
		...(row.nodeSelector ? {nodeSelector: {...row.nodeSelector}} : {}),
		...(row.hostNetwork ? {hostNetwork: true} : {}),
		...(row.priorityClass ? {priorityClassName: row.priorityClass, priority: priorities[row.priorityClass]} : {}),
		tolerations: tolerationsOf(row),
		serviceAccountName: 'default',
		serviceAccount: 'default',
		restartPolicy: 'Always',
		dnsPolicy: row.hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst',
		enableServiceLinks: true,
		preemptionPolicy: 'PreemptLowerPriority',
		schedulerName: 'default-scheduler',
		securityContext: {},
		terminationGracePeriodSeconds: 30,
	};
}

/** The DaemonSet controller's and the admission plugin's defaults: daemons stay on a lost node, others for five minutes. */
function tolerationsOf(row: WorkloadRow): NonNullable<PodSpec['tolerations']> {
	const lost = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
	if (row.tolerateAll) return [{operator: 'Exists'}];
	if (row.kind !== 'DaemonSet') return lost.map(key => ({key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300}));
	const pressures = ['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map(
		name => `node.kubernetes.io/${name}`,
	);
	return [
		...lost.map(key => ({key, operator: 'Exists', effect: 'NoExecute'})),
		...pressures.map(key => ({key, operator: 'Exists', effect: 'NoSchedule'})),
	];
}

/** The workload itself, settled: all its pods are up. */
export function workload(row: WorkloadRow, createdAt: number): WorkloadObject {
	const {kind, namespace, name} = row;
	const labels = selectorOf(row);
	const spec = {selector: {matchLabels: labels}, template: templateOf(row)};
	const about = {namespace, name, createdAt, generation: 1, labels: {...labels, 'app.kubernetes.io/managed-by': 'Helm'}};
	const count = row.on.length;
	if (kind === 'DaemonSet') {
		return object('apps/v1', kind, about, {spec: {...spec, updateStrategy: rolling}, status: daemonStatus(count, count)});
	}
	const replicas = {replicas: count, revisionHistoryLimit: 10};
	if (kind === 'StatefulSet') {
		const body = {...spec, ...replicas, serviceName: name, podManagementPolicy: 'OrderedReady', updateStrategy: rolling};
		return object('apps/v1', kind, about, {spec: body, status: replicaStatus(kind, count, count)});
	}
	const strategy = row.claims ? {type: 'Recreate'} : rolling;
	return object('apps/v1', kind, about, {
		spec: {...spec, ...replicas, progressDeadlineSeconds: 600, strategy},
		status: {...replicaStatus(kind, count, count), conditions: deploymentConditions(createdAt)},
	});
}

const rolling = {type: 'RollingUpdate'};

/** The ReplicaSet of a Deployment's present template. */
export function replicaSetOf(deployment: WorkloadObject): WorkloadObject {
	const {name, namespace = '', creationTimestamp = ''} = deployment.metadata;
	const hash = endingOf(10, namespace, name);
	const template = structuredClone(deployment.spec?.template) as PodTemplate;
	const labels = {...template.metadata.labels, 'pod-template-hash': hash};
	const replicas = deployment.spec?.replicas ?? 0;
	return object(
		'apps/v1',
		'ReplicaSet',
		{
			namespace,
			name: `${name}-${hash}`,
			createdAt: Date.parse(creationTimestamp),
			generation: 1,
			labels,
			annotations: {'deployment.kubernetes.io/revision': '1', 'deployment.kubernetes.io/desired-replicas': `${replicas}`},
			owner: deployment,
		},
		{
			spec: {replicas, selector: {matchLabels: labels}, template: {...template, metadata: {...template.metadata, labels}}},
			status: replicaStatus('ReplicaSet', replicas, replicas),
		},
	);
}

/** What Deployments, ReplicaSets and StatefulSets say of their pods. */
export function replicaStatus(kind: string, wanted: number, ready: number): Record<string, unknown> {
	const counted = {observedGeneration: 1, replicas: wanted, readyReplicas: ready, availableReplicas: ready};
	if (kind === 'ReplicaSet') return {...counted, fullyLabeledReplicas: wanted};
	if (kind === 'StatefulSet') return {...counted, currentReplicas: wanted, updatedReplicas: wanted};
	return {...counted, updatedReplicas: wanted, ...(ready < wanted ? {unavailableReplicas: wanted - ready} : {})};
}

/** What a DaemonSet says of its pods. */
export function daemonStatus(wanted: number, ready: number): Record<string, unknown> {
	return {
		observedGeneration: 1,
		currentNumberScheduled: wanted,
		desiredNumberScheduled: wanted,
		numberMisscheduled: 0,
		numberReady: ready,
		numberAvailable: ready,
		updatedNumberScheduled: wanted,
		...(ready < wanted ? {numberUnavailable: wanted - ready} : {}),
	};
}

function deploymentConditions(at: number): unknown[] {
	const seen = {lastUpdateTime: stamp(at), lastTransitionTime: stamp(at)};
	return [
		{
			type: 'Available',
			status: 'True',
			reason: 'MinimumReplicasAvailable',
			message: 'Deployment has minimum availability.',
			...seen,
		},
		{
			type: 'Progressing',
			status: 'True',
			reason: 'NewReplicaSetAvailable',
			message: 'ReplicaSet has successfully progressed.',
			...seen,
		},
	];
}
