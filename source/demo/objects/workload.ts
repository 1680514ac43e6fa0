import {memoised} from '../../vocabulary.ts';
import type {KubeObject} from '../model.ts';
import {endingOf} from './identity.ts';
import {object} from './object.ts';
import type {PodTemplate} from './pod.ts';
import {selectorOf, templateOf, type WorkloadRow} from './pod-template.ts';
import {shelf} from './shelf.ts';
import {stamp} from './time.ts';
import {daemonStatus, replicaStatus, settledAt} from './workload-status.ts';

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

/** The workload itself, settled: all its pods are up. */
export function workload(row: WorkloadRow, createdAt: number): WorkloadObject {
	const {kind, namespace, name} = row;
	const labels = selectorOf(row);
	const spec = {selector: {matchLabels: labels}, template: templateOf(row)};
	const about = {namespace, name, createdAt, generation: 1, labels: {...labels, 'app.kubernetes.io/managed-by': 'Helm'}};
	const count = row.on.length;
	if (kind === 'DaemonSet') {
		return object('apps/v1', kind, about, {
			spec: {...spec, updateStrategy: rollingUpdate(row)},
			status: daemonStatus(settledAt(count)),
		});
	}
	const replicas = {replicas: count, revisionHistoryLimit: 10};
	if (kind === 'StatefulSet') {
		const body = {...spec, ...replicas, serviceName: name, podManagementPolicy: 'OrderedReady', updateStrategy: rolling};
		return object('apps/v1', kind, about, {spec: body, status: replicaStatus(kind, settledAt(count))});
	}
	const strategy = row.claims ? {type: 'Recreate'} : rollingUpdate(row);
	return object('apps/v1', kind, about, {
		spec: {...spec, ...replicas, progressDeadlineSeconds: 600, strategy},
		status: replicaStatus(kind, settledAt(count)),
	});
}

const rolling = {type: 'RollingUpdate'};

function rollingUpdate({maxUnavailable}: WorkloadRow): object {
	return maxUnavailable === undefined ? rolling : {...rolling, rollingUpdate: {maxUnavailable}};
}

/** The hash of a Deployment's present template, which names its ReplicaSet. */
export const templateHash = memoised((deployment: WorkloadObject) => {
	const {name, namespace = ''} = deployment.metadata;
	return endingOf(10, namespace, name, JSON.stringify(deployment.spec?.template));
});

const revision = 'deployment.kubernetes.io/revision';

/** Which of a Deployment's templates this is, counted from 1; the Deployment itself says that of its present one. */
export function revisionOf({metadata}: WorkloadObject): number {
	return Number(metadata.annotations?.[revision] ?? 0);
}

/** Says which of a Deployment's templates this is. */
export function setRevision({metadata}: WorkloadObject, number: number): void {
	metadata.annotations = {...metadata.annotations, [revision]: `${number}`};
}

/** The ReplicaSet of a Deployment's template, with so many replicas, all of them up. */
export function replicaSetOf(deployment: WorkloadObject, replicas: number, number: number, createdAt: number): WorkloadObject {
	const {name, namespace = ''} = deployment.metadata;
	const template = structuredClone(deployment.spec?.template) as PodTemplate;
	const hash = templateHash(deployment);
	const labels = {...template.metadata.labels, 'pod-template-hash': hash};
	const made: WorkloadObject = object(
		'apps/v1',
		'ReplicaSet',
		{
			namespace,
			name: `${name}-${hash}`,
			createdAt,
			generation: 1,
			labels,
			annotations: {'deployment.kubernetes.io/desired-replicas': `${deployment.spec?.replicas ?? 1}`},
			owner: deployment,
		},
		{
			spec: {replicas, selector: {matchLabels: labels}, template: {...template, metadata: {...template.metadata, labels}}},
			status: replicaStatus('ReplicaSet', settledAt(replicas)),
		},
	);
	setRevision(made, number);
	return made;
}

/** A Deployment whose rollout to its present ReplicaSet was finished at `at`. */
export function rolledOut(deployment: WorkloadObject, replicaSet: string, at: number): void {
	const seen = {lastUpdateTime: stamp(at), lastTransitionTime: stamp(at)};
	const conditions = [
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
			message: `ReplicaSet "${replicaSet}" has successfully progressed.`,
			...seen,
			lastTransitionTime: deployment.metadata.creationTimestamp ?? stamp(at),
		},
	];
	deployment.status = {...deployment.status, conditions};
}
