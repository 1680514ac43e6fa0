import type {KubeObject, Stage} from '../model.ts';
import {drawEnding, uidOf} from '../objects/identity.ts';
import {conditionOf, nodes} from '../objects/node.ts';
import {bind, isFinished, type PodObject, pendingPod, pods} from '../objects/pod.ts';
import type {Shelf} from '../objects/shelf.ts';
import {
	daemonSets,
	deployments,
	replicaSetOf,
	replicaSets,
	statefulSets,
	templateHash,
	type WorkloadObject,
} from '../objects/workload.ts';
import {daemonStatus, replicaStatus} from '../objects/workload-status.ts';
import {record} from './events.ts';
import {tolerates} from './fit.ts';
import {leave} from './leave.ts';
import type {Player} from './player.ts';

/** The workload controllers: what is missing is made again, and every workload says how many of its pods are ready. */
export const controllers: Player = {
	name: 'workload controllers',
	every: 2,
	act: (stage, now) => {
		const {store} = stage;
		const sets = Map.groupBy(replicaSets.all(store), controllerOf);
		for (const deployment of deployments.all(store)) rollOut(stage, deployment, sets.get(deployment.metadata.uid) ?? [], now);
		const owned = Map.groupBy(pods.all(store), controllerOf);
		const of = (workload: WorkloadObject) => owned.get(workload.metadata.uid) ?? [];
		for (const set of replicaSets.all(store)) replace(stage, set, of(set), now);
		for (const set of statefulSets.all(store)) refill(stage, set, of(set), now);
		for (const set of daemonSets.all(store)) respread(stage, set, of(set), now);
		for (const deployment of deployments.all(store)) {
			const made = (sets.get(deployment.metadata.uid) ?? []).flatMap(of);
			tell(stage, deployments, deployment, statusOf(deployment, countReady(made)));
		}
	},
};

/** What a workload with replicas says of them. */
function statusOf({kind, spec, metadata}: WorkloadObject, ready: number): Record<string, unknown> {
	return replicaStatus(kind, spec?.replicas ?? 1, ready, metadata.generation);
}

function controllerOf(object: KubeObject): string | undefined {
	return object.metadata.ownerReferences?.find(({controller}) => controller)?.uid;
}

const isActive = (pod: PodObject) => !pod.metadata.deletionTimestamp && !isFinished(pod);

function countReady(of: readonly PodObject[]): number {
	return of.filter(pod => isActive(pod) && conditionOf(pod, 'Ready')?.status === 'True').length;
}

/** A Deployment has one ReplicaSet for its present template, which gets all its replicas; those of older ones go. */
function rollOut({store}: Stage, deployment: WorkloadObject, own: readonly WorkloadObject[], now: number): void {
	if (!deployment.spec?.template) return;
	const hash = templateHash(deployment);
	const present = (set: WorkloadObject) => set.metadata.labels?.['pod-template-hash'] === hash;
	if (!own.some(present)) store.put(replicaSetOf(deployment, now));
	for (const set of own) {
		const replicas = present(set) ? (deployment.spec.replicas ?? 1) : 0;
		if (set.spec?.replicas === replicas) continue;
		replicaSets.change(store, set, draft => {
			draft.spec = {...draft.spec, replicas};
		});
	}
}

/** A ReplicaSet does not wait for a terminating pod to be gone. */
function replace(stage: Stage, set: WorkloadObject, own: readonly PodObject[], now: number): void {
	const wanted = set.spec?.replicas ?? 1;
	const active = own.filter(isActive);
	for (let missing = wanted - active.length; missing > 0; missing -= 1) {
		create(stage, set, `${set.metadata.name}-${drawEnding(stage.random)}`, now);
	}
	for (const pod of active.slice(wanted)) leave(stage, pod, now);
	tell(stage, replicaSets, set, statusOf(set, countReady(own)));
}

/** A StatefulSet does: there are never two of one name. */
function refill(stage: Stage, set: WorkloadObject, own: readonly PodObject[], now: number): void {
	const wanted = set.spec?.replicas ?? 1;
	const names = new Set(own.map(({metadata}) => metadata.name));
	for (let at = 0; at < wanted; at += 1) {
		const name = `${set.metadata.name}-${at}`;
		if (!names.has(name)) create(stage, set, name, now);
	}
	tell(stage, statefulSets, set, statusOf(set, countReady(own)));
}

/** One pod on every node that the selector matches and whose taints it tolerates; where one is, it stays. */
function respread(stage: Stage, set: WorkloadObject, own: readonly PodObject[], now: number): void {
	const spec = set.spec?.template?.spec;
	if (!spec) return;
	const selector = Object.entries(spec.nodeSelector ?? {});
	const covered = new Set(own.map(pod => pod.spec.nodeName));
	const free = nodes.all(stage.store).filter(node => {
		const matches = selector.every(([key, value]) => node.metadata.labels?.[key] === value);
		const taints = (node.spec?.taints ?? []).filter(({effect}) => effect !== 'PreferNoSchedule');
		return matches && !covered.has(node.metadata.name) && taints.every(taint => tolerates(spec, taint));
	});
	for (const {metadata} of free) {
		const pod = create(stage, set, `${set.metadata.name}-${drawEnding(stage.random)}`, now);
		if (pod) pods.change(stage.store, pod, draft => bind(draft, metadata.name, now));
	}
	tell(stage, daemonSets, set, daemonStatus(covered.size + free.length, countReady(own), set.metadata.generation));
}

function create(stage: Stage, owner: WorkloadObject, name: string, now: number): PodObject | undefined {
	const template = owner.spec?.template;
	const {namespace = ''} = owner.metadata;
	if (!template) return undefined;
	const pod = pendingPod({name, namespace, template, owner, createdAt: now, uid: uidOf('Pod', namespace, name, `${now}`)});
	stage.store.put(pod);
	const from = `${owner.kind.toLowerCase()}-controller`;
	record(stage, {about: owner, type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${name}`, from, at: now});
	return pod;
}

function tell(stage: Stage, where: Shelf<WorkloadObject>, workload: WorkloadObject, counted: Record<string, unknown>): void {
	const status = workload.status ?? {};
	const same = Object.entries(counted).every(([field, value]) => status[field] === value);
	const stale = ['unavailableReplicas', 'numberUnavailable'].some(
		field => status[field] !== undefined && counted[field] === undefined,
	);
	if (same && !stale) return;
	where.change(stage.store, workload, draft => {
		const {unavailableReplicas: _, numberUnavailable: __, ...rest} = draft.status ?? {};
		draft.status = {...rest, ...counted};
	});
}
