import {type DrainOptions, usualDrain} from '../../../../source/actions/request.ts';
import type {KubeObject} from '../../../../source/demo/model.ts';
import {budget} from '../../../../source/demo/objects/budget.ts';
import {runningPod} from '../../../demo/running.ts';

/** A drain of nodes, of pods that nothing creates again. */
export function drainOf(nodes: readonly string[], more: Partial<DrainOptions> = {}, resumes?: string) {
	const options = {...usualDrain, force: true, ...more};
	return {is: 'drain', nodes, options, ...(resumes === undefined ? {} : {resumes})} as const;
}

/** Pods `web-0` and so on, on a node. */
export function podsOn(node: string, count: number, name = 'web'): readonly KubeObject[] {
	return Array.from({length: count}, (_, at) => {
		const pod = runningPod(`${name}-${at}`, {labels: {app: name}});
		return {...pod, spec: {...(pod.spec as object), nodeName: node}};
	});
}

/** A budget that lets none of the pods `name-…` go. */
export function blocking(name = 'web', minAvailable = 1): KubeObject {
	return budget({namespace: 'default', name, selector: {app: name}, minAvailable, createdAt: Date.now() - 60_000});
}
