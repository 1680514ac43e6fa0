import type {Condition} from './node.ts';
import {instantOf, stamp} from './time.ts';
import type {WorkloadObject} from './workload.ts';

export type DeploymentCondition = Condition & {lastUpdateTime?: string};

/** How many pods a Deployment may be short of, and how many it may have too many, while it rolls out; as the API server rounds shares. */
export function leeway({spec}: WorkloadObject): {readonly short: number; readonly over: number} {
	const {type, rollingUpdate} = (spec?.strategy ?? {}) as {type?: string; rollingUpdate?: Record<string, unknown>};
	if (type === 'Recreate') return {short: 0, over: 0};
	const wanted = spec?.replicas ?? 1;
	const over = Math.ceil(share(rollingUpdate?.maxSurge, wanted));
	const short = Math.floor(share(rollingUpdate?.maxUnavailable, wanted));
	return {over, short: over === 0 && short === 0 ? 1 : short};
}

/** A number, or a share of the whole: a quarter where nothing is said. */
export function share(value: unknown, whole: number): number {
	if (typeof value === 'number') return value;
	return (whole * Number.parseInt(typeof value === 'string' ? value : '25%', 10)) / 100;
}

/** What a Deployment has of pods: made of any template, made of the present one, ready. */
export type Counted = {readonly made: number; readonly updated: number; readonly ready: number};

const deadlineMs = 600_000;

/** The conditions of a Deployment with so many pods; `refusal` is why its present ReplicaSet cannot make more. */
export function conditionsOf(
	deployment: WorkloadObject,
	replicaSet: string,
	counted: Counted,
	refusal: string | undefined,
	now: number,
): readonly DeploymentCondition[] {
	const before = (deployment.status?.conditions ?? []) as readonly DeploymentCondition[];
	const wanted = deployment.spec?.replicas ?? 1;
	const isAvailable = counted.ready >= wanted - leeway(deployment).short;
	const available = isAvailable
		? (['Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.'] as const)
		: (['Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.'] as const);
	return [
		conditionSince(before, available, now),
		progress(before, deployment, replicaSet, counted, now),
		...(refusal === undefined ? [] : [conditionSince(before, ['ReplicaFailure', 'True', 'FailedCreate', refusal], now)]),
	];
}

/** A finished rollout stays finished, whatever becomes of its pods later; one that moves has its time anew. */
function progress(
	before: readonly DeploymentCondition[],
	deployment: WorkloadObject,
	replicaSet: string,
	{made, updated, ready}: Counted,
	now: number,
): DeploymentCondition {
	const said = before.find(({type}) => type === 'Progressing');
	const wanted = deployment.spec?.replicas ?? 1;
	const finished = `ReplicaSet "${replicaSet}" has successfully progressed.`;
	if (said?.reason === 'NewReplicaSetAvailable' && said.message === finished && made === updated) return said;
	const say = (status: 'True' | 'False', reason: string, message: string) =>
		conditionSince(before, ['Progressing', status, reason, message], now);
	if (updated === wanted && made === wanted && ready >= wanted) return say('True', 'NewReplicaSetAvailable', finished);
	const {updatedReplicas = 0, availableReplicas = 0} = (deployment.status ?? {}) as Record<string, number | undefined>;
	const moved = updated > (updatedReplicas ?? 0) || ready > (availableReplicas ?? 0);
	const isNew = said === undefined || said.reason === 'NewReplicaSetAvailable';
	const message = `ReplicaSet "${replicaSet}" is progressing.`;
	if (moved || isNew) return {...say('True', 'ReplicaSetUpdated', message), lastUpdateTime: stamp(now)};
	if (now - instantOf(said.lastUpdateTime) < deadlineMs) return said;
	return say('False', 'ProgressDeadlineExceeded', `ReplicaSet "${replicaSet}" has timed out progressing.`);
}

type Said = readonly [type: string, status: 'True' | 'False', reason: string, message: string];

/** The condition as it was where it says the same; else as new, its transition dated where its status has changed. */
function conditionSince(
	before: readonly DeploymentCondition[],
	[type, status, reason, message]: Said,
	now: number,
): DeploymentCondition {
	const said = before.find(each => each.type === type);
	if (said?.status === status && said.reason === reason) return said;
	const since = said?.status === status ? said.lastTransitionTime : undefined;
	return {type, status, reason, message, lastUpdateTime: stamp(now), lastTransitionTime: since ?? stamp(now)};
}
