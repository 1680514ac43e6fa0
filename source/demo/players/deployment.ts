import type {Stage} from '../model.ts';
import type {PodObject} from '../objects/pod.ts';
import {conditionsOf, leeway} from '../objects/rollout.ts';
import {
	deployments,
	replicaSetOf,
	replicaSets,
	revisionOf,
	setRevision,
	templateHash,
	type WorkloadObject,
} from '../objects/workload.ts';
import {replicaStatus} from '../objects/workload-status.ts';
import {record} from './events.ts';
import {isActive, isUp} from './owned.ts';
import {tell} from './tell.ts';

type PodsOf = (set: WorkloadObject) => readonly PodObject[];

const replicasOf = ({spec}: WorkloadObject) => spec?.replicas ?? 1;
const sumOf = (sets: readonly WorkloadObject[], of: (set: WorkloadObject) => number) =>
	sets.reduce((sum, set) => sum + of(set), 0);

/**
 * Moves a Deployment towards its present template: the ReplicaSet of it grows as far as the strategy lets it, older ones
 * shrink as fast as enough pods stay available; with `Recreate`, the older ones' pods go first.
 */
export function rollOut(
	stage: Stage,
	deployment: WorkloadObject,
	own: readonly WorkloadObject[],
	podsOf: PodsOf,
	now: number,
): void {
	if (!deployment.spec?.template) return;
	const current = own.find(set => isPresent(deployment, set)) ?? begin(stage, deployment, own, now);
	number(stage, deployment, current, own);
	const older = own.filter(set => set.metadata.uid !== current.metadata.uid);
	const wanted = replicasOf(deployment);
	const {type} = (deployment.spec.strategy ?? {}) as {type?: string};
	if (replicasOf(current) > wanted) scale(stage, deployment, current, wanted, now);
	else if (type === 'Recreate') {
		for (const set of older) scale(stage, deployment, set, 0, now);
		if (sumOf(older, set => podsOf(set).length) === 0) scale(stage, deployment, current, wanted, now);
	} else if (!grow(stage, deployment, current, older, now)) shrink(stage, deployment, current, older, podsOf, now);
}

const isPresent = (deployment: WorkloadObject, {metadata}: WorkloadObject) =>
	metadata.labels?.['pod-template-hash'] === templateHash(deployment);

function begin(stage: Stage, deployment: WorkloadObject, own: readonly WorkloadObject[], now: number): WorkloadObject {
	const made = replicaSetOf(deployment, 0, Math.max(0, ...own.map(revisionOf)) + 1, now);
	stage.store.put(made);
	return made;
}

/** The present template is always the newest one, also where somebody has gone back to it. */
function number({store}: Stage, deployment: WorkloadObject, current: WorkloadObject, own: readonly WorkloadObject[]): void {
	const newest = Math.max(0, ...own.map(revisionOf));
	const revision = revisionOf(current) >= newest ? revisionOf(current) : newest + 1;
	if (revisionOf(current) !== revision) replicaSets.change(store, current, draft => setRevision(draft, revision));
	if (revisionOf(deployment) !== revision) deployments.change(store, deployment, draft => setRevision(draft, revision));
}

function grow(
	stage: Stage,
	deployment: WorkloadObject,
	current: WorkloadObject,
	older: readonly WorkloadObject[],
	now: number,
): boolean {
	const wanted = replicasOf(deployment);
	const room = wanted + leeway(deployment).over - sumOf([current, ...older], replicasOf);
	const more = Math.min(room, wanted - replicasOf(current));
	if (more <= 0) return false;
	scale(stage, deployment, current, replicasOf(current) + more, now);
	return true;
}

/** Pods that are not up go first: they do no good. */
function shrink(
	stage: Stage,
	deployment: WorkloadObject,
	current: WorkloadObject,
	older: readonly WorkloadObject[],
	podsOf: PodsOf,
	now: number,
): void {
	const upIn = (set: WorkloadObject) => podsOf(set).filter(isUp).length;
	const needed = replicasOf(deployment) - leeway(deployment).short;
	let down = sumOf([current, ...older], replicasOf) - needed - (replicasOf(current) - upIn(current));
	let spare = sumOf([current, ...older], upIn) - needed;
	for (const set of older) {
		const idle = Math.min(Math.max(0, replicasOf(set) - upIn(set)), Math.max(0, down));
		const busy = Math.min(upIn(set), Math.max(0, spare), Math.max(0, down - idle));
		down -= idle + busy;
		spare -= busy;
		scale(stage, deployment, set, replicasOf(set) - idle - busy, now);
	}
}

function scale(stage: Stage, deployment: WorkloadObject, set: WorkloadObject, replicas: number, at: number): void {
	const before = replicasOf(set);
	if (before === replicas) return;
	replicaSets.change(stage.store, set, draft => {
		draft.spec = {...draft.spec, replicas};
		draft.metadata.generation = (draft.metadata.generation ?? 1) + 1;
	});
	const message = `Scaled ${replicas > before ? 'up' : 'down'} replica set ${set.metadata.name} from ${before} to ${replicas}`;
	record(stage, {about: deployment, type: 'Normal', reason: 'ScalingReplicaSet', message, from: 'deployment-controller', at});
}

/** Says how many pods a Deployment has, whether that is enough, how its rollout does and what keeps it from having more. */
export function count(
	stage: Stage,
	deployment: WorkloadObject,
	own: readonly WorkloadObject[],
	podsOf: PodsOf,
	now: number,
): void {
	const current = own.find(set => isPresent(deployment, set));
	if (!current) return;
	const active = (sets: readonly WorkloadObject[]) => sets.flatMap(podsOf).filter(isActive);
	const counted = {
		wanted: sumOf(own, replicasOf),
		made: active(own).length,
		updated: active([current]).length,
		ready: active(own).filter(isUp).length,
	};
	const refusal = [current, ...own].map(refusalOf).find(each => each !== undefined);
	const conditions = conditionsOf(deployment, current.metadata.name, counted, refusal, now);
	const {generation} = deployment.metadata;
	tell(stage, deployments, deployment, {...replicaStatus('Deployment', counted, generation), conditions});
}

function refusalOf({status}: WorkloadObject): string | undefined {
	const [failure] = (status?.conditions ?? []) as ReadonlyArray<{message?: string}>;
	return failure?.message;
}
