import type {KubeObject, Stage} from '../model.ts';
import {endingOf, uidOf} from '../objects/identity.ts';
import {conditionOf} from '../objects/node.ts';
import {isFinished, type PodObject, pendingPod} from '../objects/pod.ts';
import type {Shelf} from '../objects/shelf.ts';
import type {WorkloadObject} from '../objects/workload.ts';
import {refusalOf} from './admission.ts';
import {record, recordRarely} from './events.ts';

/** The uid of what made an object and looks after it. */
export function controllerOf(object: KubeObject): string | undefined {
	return object.metadata.ownerReferences?.find(({controller}) => controller)?.uid;
}

/** It counts among its owner's pods: it has not ended, and nobody has asked it to. */
export function isActive(pod: PodObject): boolean {
	return !pod.metadata.deletionTimestamp && !isFinished(pod);
}

/** True while it counts and is ready. */
export function isUp(pod: PodObject): boolean {
	return isActive(pod) && conditionOf(pod, 'Ready')?.status === 'True';
}

/** A pod that was made, or why the API server did not take it. */
export type Made = {readonly pod: PodObject} | {readonly refusal: string};

/** Makes a pod of a workload's template, and says so in an event; where it is refused, it is tried again later. */
export function makePod(
	stage: Stage,
	owner: WorkloadObject,
	name: string,
	now: number,
	labels?: Readonly<Record<string, string>>,
): Made | undefined {
	const template = owner.spec?.template;
	const {namespace = ''} = owner.metadata;
	if (!template) return undefined;
	const uid = uidOf('Pod', namespace, name, `${now}`);
	const pod = pendingPod({name, namespace, template, owner, createdAt: now, uid, ...(labels ? {labels} : {})});
	const about = {about: owner, from: `${owner.kind.toLowerCase()}-controller`, at: now};
	const refusal = refusalOf(stage, {...pod, metadata: {...pod.metadata, name: triedName(owner)}});
	if (refusal !== undefined) {
		recordRarely(stage, 160, {...about, type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${refusal}`});
		return {refusal};
	}
	stage.store.put(pod);
	record(stage, {...about, type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${name}`});
	return {pod};
}

/** Pods that are refused have ever other names; events of them would be too. One name, and the event counts up, as a recorder's. */
function triedName({metadata}: WorkloadObject): string {
	return `${metadata.name}-${endingOf(5, 'tried', metadata.namespace ?? '', metadata.name)}`;
}

/** Writes what a controller counted into a workload's status, where it says something new. */
export function tell(
	stage: Stage,
	where: Shelf<WorkloadObject>,
	workload: WorkloadObject,
	counted: Record<string, unknown>,
): void {
	const status = workload.status ?? {};
	const same = Object.entries(counted).every(([field, value]) => JSON.stringify(status[field]) === JSON.stringify(value));
	const isStale = optional.some(field => status[field] !== undefined && counted[field] === undefined);
	if (same && !isStale) return;
	where.change(stage.store, workload, draft => {
		const kept = Object.entries(draft.status ?? {}).filter(([field]) => !optional.includes(field));
		draft.status = {...Object.fromEntries(kept), ...counted};
	});
}

/** What a status only has where there is something to say. */
const optional = ['unavailableReplicas', 'numberUnavailable', 'conditions'];
