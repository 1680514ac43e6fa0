import type {Stage} from '../model.ts';
import {bind, type PodObject, pods} from '../objects/pod.ts';
import {controllers} from '../players/controllers.ts';
import {record} from '../players/events.ts';
import {controllerOf, workloadOf} from '../players/owned.ts';

/** Somebody deletes a pod; the one that takes its place comes to the same node. */
export function remake(stage: Stage, pod: PodObject, at: number): void {
	const {nodeName: host = ''} = pod.spec;
	const message = `Stopping container ${pod.spec.containers[0]?.name}`;
	record(stage, {about: pod, type: 'Normal', reason: 'Killing', message, from: 'kubelet', host, at});
	pods.remove(stage.store, pod);
	controllers.act(stage, at);
	const owner = controllerOf(pod);
	const made = pods
		.all(stage.store, pod.metadata.namespace)
		.find(each => controllerOf(each) === owner && each.spec.nodeName === undefined);
	if (!made) return;
	const {name, namespace} = made.metadata;
	pods.change(stage.store, made, draft => bind(draft, host, at));
	const assigned = `Successfully assigned ${namespace}/${name} to ${host}`;
	record(stage, {about: made, type: 'Normal', reason: 'Scheduled', message: assigned, from: 'default-scheduler', at});
}

/** The pods of a workload. */
export function podsOf({store}: Stage, namespace: string, workload: string): readonly PodObject[] {
	return pods.all(store, namespace).filter(pod => workloadOf(pod) === workload);
}

/** What a step does in which somebody deletes the pods of a workload, each to be remade where it was. */
export function remaking(namespace: string, workload: string): (stage: Stage, at: number) => void {
	return (stage, at) => {
		for (const pod of podsOf(stage, namespace, workload)) remake(stage, pod, at);
	};
}
