import type {KubeObject} from '../../model.ts';
import {digestOf} from '../../objects/identity.ts';
import type {PodTemplate} from '../../objects/pod.ts';
import {controllerRevision} from '../../objects/revision.ts';
import {replicaSetOf, rolledOut, setRevision, type WorkloadObject} from '../../objects/workload.ts';

/** A workload's present owner of pods, and what is left of the templates it had before. */
export type History = {readonly owner: WorkloadObject; readonly left: readonly KubeObject[]};

/**
 * What a workload has been: its newest templates, one each at these times (epoch milliseconds, the present one last). A
 * Deployment has a ReplicaSet of each, others a record.
 */
export function history(workload: WorkloadObject, times: readonly number[]): History {
	const template = workload.spec?.template;
	const [newest = 0] = times.slice(-1);
	if (!template) return {owner: workload, left: []};
	const templates = times.map((_, at) => older(template, times.length - 1 - at));
	if (workload.kind !== 'Deployment') {
		const left = times.map((time, at) => controllerRevision(workload, templates[at] ?? template, at + 1, time));
		return {owner: workload, left};
	}
	const of = (each: PodTemplate) => ({...workload, spec: {...workload.spec, template: each}});
	const before = times.slice(0, -1);
	const left = before.map((time, at) => replicaSetOf(of(templates[at] ?? template), 0, at + 1, time));
	const owner = replicaSetOf(workload, workload.spec?.replicas ?? 1, times.length, newest);
	setRevision(workload, times.length);
	rolledOut(workload, owner.metadata.name, newest + 60_000);
	return {owner, left};
}

/** The template so many releases ago: the last number of its image was lower; where it cannot be, its configuration was another. */
function older(template: PodTemplate, releases: number): PodTemplate {
	if (releases === 0) return template;
	const made = structuredClone(template);
	const [container] = made.spec.containers;
	if (!container) return made;
	const [, start = '', last = '', rest = ''] = /^(.*\.)(\d+)(\D*)$/.exec(container.image) ?? [];
	const number = Number(last) - releases;
	if (start !== '' && number >= 0) container.image = `${start}${number}${rest}`;
	else made.metadata.annotations = {...made.metadata.annotations, 'checksum/config': digestOf(container.image, `${releases}`)};
	return made;
}
