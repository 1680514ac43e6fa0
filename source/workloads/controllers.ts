import {memoised, own, type Reading, type SourceState, say, type Tally} from '../vocabulary.ts';
import type {Component} from './component.ts';
import type {PodRecord} from './pod.ts';

/** The recognised pods by component, in the state of the pods themselves. */
export type Controllers = Reading<readonly PodRecord[]>;

/** Keeps the pods of every component. */
export const componentTally: Tally<PodRecord, readonly PodRecord[]> = {
	key: pod => pod.component,
	empty: [],
	add: (pods, pod) => [...pods, pod],
	remove: (pods, pod) => pods.filter(each => each !== pod),
};

const byNode = memoised((pods: readonly PodRecord[]) => Map.groupBy(pods, pod => pod.node as string));

/** The pods of a component, on one node where one is given. */
function componentPods(controllers: Controllers, component: Component, node?: string): readonly PodRecord[] {
	const pods = controllers.records.get(component) ?? [];
	return node === undefined ? pods : (byNode(pods).get(node) ?? []);
}

/**
 * Whether a controller (or its agent on `node`) has a ready pod; undefined when the pods cannot tell: not read yet, cut off,
 * or only one namespace of them is seen.
 */
export function controllerRunning(controllers: Controllers, component: Component, node?: string): boolean | undefined {
	const {state, limitedTo} = controllers;
	if (state.is !== 'live' && state.is !== 'polled') return undefined;
	if (componentPods(controllers, component, node).some(pod => pod.ready)) return true;
	return limitedTo === undefined ? false : undefined;
}

/**
 * The state of a source whose objects only `component` keeps true. Without it they look fine for ever, so it is told stale:
 * since its last pod went, or 0 where no pod is left to tell.
 */
export function stateUnder(state: SourceState, controllers: Controllers, component: Component, node?: string): SourceState {
	if (state.is !== 'live' && state.is !== 'polled') return state;
	if (controllerRunning(controllers, component, node) !== false) return state;
	const since = Math.max(0, ...componentPods(controllers, component, node).map(pod => pod.readyAt));
	return {is: 'stale', since, why: say`${own(component)} not running`};
}
