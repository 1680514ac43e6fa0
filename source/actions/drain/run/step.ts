import {keyOf, type SafeText} from '../../../vocabulary.ts';
import type {Course, DrainState, DrainStep, Leaver, PodRef} from './state.ts';

/** Lines that are kept. */
const mostLines = 100;

export const unchanged = (state: DrainState): DrainStep => ({state, effects: []});

const keyOfPod = ({namespace, name}: PodRef): string => keyOf(namespace, name);

export const turned = (pod: Leaver, course: Course): Leaver => ({...pod, course});

export function withPod(state: DrainState, pod: Leaver): DrainState {
	return {...state, pods: new Map(state.pods).set(keyOfPod(pod), pod)};
}

export function withLine(state: DrainState, line: SafeText): DrainState {
	return {...state, lines: [...state.lines, line].slice(-mostLines)};
}

/** Something that is told and written down. */
export function noted(state: DrainState, text: SafeText): DrainStep {
	return {state: withLine(state, text), effects: [{is: 'note', text}]};
}

/** Whoever of ours has a pod's name. */
export function namesake({pods}: DrainState, pod: PodRef): Leaver | undefined {
	return pods.get(keyOfPod(pod));
}

/** The pod as we have it; undefined where it is none of ours, or another of the same name. */
export function ours(state: DrainState, pod: PodRef): Leaver | undefined {
	const found = namesake(state, pod);
	return found?.uid === pod.uid ? found : undefined;
}

/** Whether nothing more will come of a pod. */
export function isSettled({course}: Leaver): boolean {
	return course.is === 'gone' || course.is === 'failed' || course.is === 'skipped';
}
