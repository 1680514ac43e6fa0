import type {Stage} from '../model.ts';
import type {PodObject} from '../objects/pod.ts';
import {controllerRevision, revisionHash, revisions} from '../objects/revision.ts';
import type {WorkloadObject} from '../objects/workload.ts';
import {controllerOf} from './owned.ts';

/** Records the present template of a DaemonSet or StatefulSet, where it is a new one. */
export function keepRevision({store}: Stage, set: WorkloadObject, now: number): void {
	const {name, namespace = '', uid} = set.metadata;
	const template = set.spec?.template;
	if (!template || revisions.get(store, `${name}-${revisionHash(set)}`, namespace)) return;
	const own = revisions.all(store, namespace).filter(each => controllerOf(each) === uid);
	store.put(controllerRevision(set, template, Math.max(0, ...own.map(({revision}) => revision)) + 1, now));
}

/** True for a pod that was made of another template than the present one. */
export function isOutdated(set: WorkloadObject, {metadata}: PodObject): boolean {
	const hash = metadata.labels?.['controller-revision-hash'];
	return hash !== undefined && hash !== revisionHash(set);
}
