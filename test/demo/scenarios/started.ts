import {scenarios, worlds} from '../../../source/demo/catalog.ts';
import type {KubeObject, Stage} from '../../../source/demo/model.ts';
import {conditionOf} from '../../../source/demo/objects/node.ts';
import {type PodObject, pods} from '../../../source/demo/objects/pod.ts';
import type {WorkloadObject} from '../../../source/demo/objects/workload.ts';
import {workloadOf} from '../../../source/demo/players/owned.ts';
import {opening, type Rehearsal, rehearse} from '../rehearsal.ts';

/** A scenario in its own world, as it is when the dashboard starts. */
export function start(id: string): Rehearsal {
	const scenario = scenarios.find(each => each.id === id);
	const world = worlds.find(each => each.id === scenario?.worlds[0]);
	if (!scenario || !world) throw new Error(`There is no ${id}.`);
	return rehearse(world, scenario);
}

/** Pods that are not ready, as `namespace/workload` with what their first container waits for (or `running`), sorted. */
export function troubled(stage: Stage): readonly string[] {
	return pods
		.all(stage.store)
		.filter(pod => conditionOf(pod, 'Ready')?.status !== 'True')
		.map(pod => `${pod.metadata.namespace}/${workloadOf(pod)} ${stateOf(pod)}`)
		.toSorted();
}

/** The one pod of a workload. */
export function podOf({store}: Stage, namespace: string, workload: string): PodObject {
	const [pod] = pods.all(store, namespace).filter(each => workloadOf(each) === workload);
	if (!pod) throw new Error(`${namespace}/${workload} has no pod.`);
	return pod;
}

function stateOf({status, spec}: PodObject): string {
	if (spec.nodeName === undefined) return 'unscheduled';
	const [first] = status?.containerStatuses ?? [];
	return first?.state.waiting?.reason ?? Object.keys(first?.state ?? {}).join();
}

type EventObject = KubeObject & {
	readonly reason: string;
	readonly message: string;
	readonly count: number;
	readonly lastTimestamp: string;
	readonly involvedObject: {readonly kind: string; readonly name: string};
};

/** Events with this reason. */
export function eventsOf(stage: Stage, reason: string): readonly EventObject[] {
	return (stage.store.list('', 'events') as readonly EventObject[]).filter(event => event.reason === reason);
}

/** A condition of a workload; undefined where it has none of that type. */
export function saidOf({status}: WorkloadObject | undefined = {} as WorkloadObject, type: string) {
	const all = (status?.conditions ?? []) as ReadonlyArray<{
		type: string;
		status: string;
		reason: string;
		message: string;
		lastTransitionTime: string;
	}>;
	return all.find(each => each.type === type);
}

/** Whole minutes from a stamp to the start of the scenario. */
export function minutesBefore(stamp: string | undefined): number {
	return Math.round((opening - Date.parse(stamp ?? '')) / 60_000);
}
