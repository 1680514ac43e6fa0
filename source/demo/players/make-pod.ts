import type {Stage} from '../model.ts';
import {endingOf, uidOf} from '../objects/identity.ts';
import {type PodObject, pendingPod} from '../objects/pod.ts';
import type {WorkloadObject} from '../objects/workload.ts';
import {refusalOf} from './admission.ts';
import {record, recordRarely} from './events.ts';

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
