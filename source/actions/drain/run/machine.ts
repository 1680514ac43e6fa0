import {keyOf, own, say} from '../../../vocabulary.ts';
import {shownName, shownPath} from '../../../words.ts';
import {answered, gone, seen} from './pod-step.ts';
import type {Course, DrainEffect, DrainEvent, DrainState, DrainStep} from './state.ts';
import {isSettled, noted, ours, turned, unchanged, withLine, withPod} from './step.ts';

/** Milliseconds after the end of its grace from which on a pod is late. */
export const lateAfter = 5000;

/** Whether the drain is at its end: all pods are, or no more are asked for and nothing is under way. */
export function isOver({pods, ending}: DrainState): boolean {
	const all = [...pods.values()];
	return ending === undefined ? all.every(isSettled) : all.every(({course}) => course.is !== 'asked');
}

/** When something will change without an event, epoch ms; Infinity for never. */
export function wakesAt({pods, deadline, skipAfter, now, ending}: DrainState): number {
	if (ending !== undefined) return Number.POSITIVE_INFINITY;
	const times = [...pods.values()].flatMap(({course, deletingAt}) => {
		if (course.is === 'held') return [course.until];
		return course.is === 'leaving' ? [deletingAt + lateAfter, deletingAt + skipAfter] : [];
	});
	return Math.min(deadline, ...times.filter(at => at > now));
}

/** Its kubelet fell silent or reports again, or the node is not there any more. */
function health(state: DrainState, now: DrainState['health']): DrainStep {
	if (now === state.health) return unchanged(state);
	const node = shownName({name: state.node});
	const words = {
		there: say`${node}: its kubelet reports again`,
		silent: say`${node}: its kubelet is silent: pods on it do not end`,
		gone: say`${node} is not in the cluster any more`,
	};
	return noted({...state, health: now}, words[now]);
}

/** What somebody else does to our cordon. */
function cordon(state: DrainState, cordoned: boolean): DrainStep {
	if (cordoned === state.cordoned) return unchanged(state);
	const node = shownName({name: state.node});
	const text = cordoned ? say`${node} is cordoned again` : say`${node} was uncordoned by somebody else: new pods come to it`;
	return noted({...state, cordoned}, text);
}

/** Nobody waits any longer for the answers that have not come. */
function abandoned(state: DrainState): DrainState {
	const doubted: Course = {is: 'doubted', why: own('asked for, without an answer')};
	const pods = [...state.pods].map(([key, pod]) => [key, pod.course.is === 'asked' ? turned(pod, doubted) : pod] as const);
	return {...state, pods: new Map(pods)};
}

function take(state: DrainState, event: DrainEvent): DrainStep {
	switch (event.is) {
		case 'woke':
			return unchanged(state);
		case 'answered': {
			const pod = ours(state, event.pod);
			return pod === undefined ? unchanged(state) : answered(state, pod, event.answer);
		}
		case 'seen':
			return seen(state, event.pod);
		case 'away': {
			const pod = ours(state, event.pod);
			return pod === undefined ? unchanged(state) : gone(state, pod);
		}
		case 'node': {
			const first = health(state, event.health);
			const second = cordon(first.state, event.cordoned);
			return {state: second.state, effects: [...first.effects, ...second.effects]};
		}
		case 'cut off':
			return unchanged({...state, cutOff: event.why});
		case 'ending':
			return unchanged({...state, ending: state.ending ?? event.ending});
		case 'abandoned':
			return unchanged(abandoned(state));
	}
}

/** Not waited for any longer, as kubectl's `--skip-wait-for-delete-timeout` has it. */
function skipped(state: DrainState): DrainStep {
	let next = state;
	const effects: DrainEffect[] = [];
	for (const pod of state.pods.values()) {
		if (pod.course.is !== 'leaving' || pod.deletingAt === 0 || pod.deletingAt + state.skipAfter > state.now) continue;
		const text = own('was deleted long ago, and is not waited for');
		next = withLine(withPod(next, turned(pod, {is: 'skipped'})), say`${shownPath(pod)}: ${text}`);
		if (pod.announced) effects.push({is: 'record', pod, result: 'skipped', text});
	}
	return {state: next, effects};
}

/** Asks for as many pods as may be asked for at once, of those whose turn has come. */
function askMore(state: DrainState): DrainStep {
	const {pods, ending, deadline, now, atOnce} = state;
	if (ending !== undefined) return unchanged(state);
	const all = [...pods.values()];
	if (all.every(isSettled)) return unchanged(state);
	if (now >= deadline) return unchanged({...state, ending: {is: 'timed out', text: own('the time it was given is over')}});
	const free = atOnce - all.filter(({course}) => course.is === 'asked').length;
	const due = all.filter(({course}) => course.is === 'due' || (course.is === 'held' && course.until <= now)).slice(0, free);
	if (due.length === 0) return unchanged(state);
	const next = new Map(pods);
	for (const pod of due) next.set(keyOf(pod.namespace, pod.name), {...turned(pod, {is: 'asked'}), announced: true});
	return {
		state: {...state, pods: next},
		effects: due.map(pod => ({is: 'evict', pod, announce: !pod.announced})),
	};
}

/**
 * Drains one node that is cordoned: takes in what happened, and says what to do now. Evicts as many at once as it may, tries
 * again what is refused for now, follows each pod until it is gone, and never asks for a pod that is being deleted. Whatever
 * happens, it ends only when all pods are settled, or when it is told to.
 */
export function drainMachine(before: DrainState, event: DrainEvent): DrainStep {
	const taken = take({...before, now: event.at}, event);
	const waited = skipped(taken.state);
	const asked = askMore(waited.state);
	return {state: asked.state, effects: [...taken.effects, ...waited.effects, ...asked.effects]};
}

/** What has to be written down at the end of those whose intent has no outcome yet. */
export function leftovers({pods}: DrainState): readonly DrainEffect[] {
	return [...pods.values()].flatMap((pod): readonly DrainEffect[] => {
		if (!pod.announced || isSettled(pod)) return [];
		if (pod.course.is === 'leaving') return [{is: 'record', pod, result: 'stopped', text: own('is terminating, not waited for')}];
		if (pod.course.is === 'held') return [{is: 'record', pod, result: 'stopped', text: say`not evicted: ${pod.course.why}`}];
		return [{is: 'record', pod, result: 'unknown', text: own('was asked for, without an answer')}];
	});
}
