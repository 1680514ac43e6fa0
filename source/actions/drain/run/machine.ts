import {keyOf, own, type SafeText, say} from '../../../vocabulary.ts';
import {shownName, shownPath} from '../../../words.ts';
import type {Answer, Course, DrainEffect, DrainEvent, DrainState, DrainStep, Leaver, PodRef, SeenPod} from './state.ts';

/** Milliseconds until a pod is asked for again after a request of which nobody knows what became. */
const afterTrouble = 1000;
/** So many such requests in a row, and the pod is given up: it is not the server's restart. */
const mostTroubles = 10;
/** Milliseconds after the end of its grace from which on a pod is late. */
export const lateAfter = 5000;
/** Lines that are kept. */
const mostLines = 100;

const nothing: readonly DrainEffect[] = [];
const unchanged = (state: DrainState): DrainStep => ({state, effects: nothing});

const keyOfPod = ({namespace, name}: PodRef): string => keyOf(namespace, name);

/** Whether nothing more will come of a pod. */
export function isSettled({course}: Leaver): boolean {
	return course.is === 'gone' || course.is === 'failed' || course.is === 'skipped';
}

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

function withPod(state: DrainState, pod: Leaver): DrainState {
	return {...state, pods: new Map(state.pods).set(keyOfPod(pod), pod)};
}

function withLine(state: DrainState, line: SafeText): DrainState {
	return {...state, lines: [...state.lines, line].slice(-mostLines)};
}

/** The pod as we have it; undefined where it is none of ours, or another of the same name. */
function ours({pods}: DrainState, pod: PodRef): Leaver | undefined {
	const found = pods.get(keyOfPod(pod));
	return found?.uid === pod.uid ? found : undefined;
}

const turned = (pod: Leaver, course: Course): Leaver => ({...pod, course});

function gone(state: DrainState, pod: Leaver): DrainStep {
	if (pod.course.is === 'gone') return unchanged(state);
	const next = withLine(withPod(state, turned(pod, {is: 'gone'})), say`${shownPath(pod)}: gone`);
	return {state: next, effects: pod.announced ? [{is: 'record', pod, result: 'done', text: own('gone')}] : nothing};
}

function failed(state: DrainState, pod: Leaver, why: SafeText): DrainStep {
	const next = withLine(withPod(state, turned(pod, {is: 'failed', why})), say`${shownPath(pod)}: ${why}`);
	return {state: next, effects: pod.announced ? [{is: 'record', pod, result: 'failed', text: why}] : nothing};
}

/** The server has asked for patience; that is told once for each reason. */
function held(state: DrainState, pod: Leaver, why: SafeText, until: number): DrainStep {
	const next = withPod(state, {...pod, course: {is: 'held', until, why}, noted: why});
	if (why === pod.noted) return unchanged(next);
	return {state: withLine(next, say`${shownPath(pod)}: ${why}`), effects: [{is: 'note', pod, text: why}]};
}

function leaving(state: DrainState, pod: Leaver): DrainStep {
	if (pod.course.is === 'leaving' || isSettled(pod)) return unchanged(withPod(state, pod));
	return unchanged(withLine(withPod(state, turned(pod, {is: 'leaving'})), say`${shownPath(pod)}: terminating`));
}

function answered(state: DrainState, pod: Leaver, answer: Answer): DrainStep {
	// What was seen of it meanwhile is newer than the answer.
	if (pod.course.is !== 'asked') return unchanged(state);
	const calm = {...pod, troubles: 0};
	switch (answer.is) {
		case 'gone':
			return gone(state, calm);
		case 'accepted':
			return leaving(state, calm);
		case 'held':
			return pod.deletingAt > 0 ? leaving(state, calm) : held(state, calm, answer.why, state.now + answer.again);
		case 'failed':
			return failed(state, calm, answer.why);
		case 'not permitted': {
			const next = withPod(state, turned(calm, {is: 'held', until: state.now, why: answer.why}));
			return unchanged({...next, ending: state.ending ?? {is: 'not permitted', text: answer.why}});
		}
		case 'doubtful': {
			if (pod.deletingAt > 0) return leaving(state, calm);
			const troubles = pod.troubles + 1;
			if (troubles > mostTroubles) return failed(state, calm, answer.why);
			const next = withPod(state, {...turned(pod, {is: 'doubted', why: answer.why}), troubles});
			return {state: next, effects: [{is: 'read', pod}]};
		}
	}
}

/** One that nobody planned for is told, and left. */
function stranger(state: DrainState, pod: SeenPod): DrainStep {
	if (state.others.has(pod.uid)) return unchanged(state);
	const shown = shownPath(pod);
	const next = {...state, others: new Map(state.others).set(pod.uid, pod.stays ? ('stays' as const) : shown)};
	if (pod.stays) return unchanged(next);
	const text = say`${shown}: came to ${shownName({name: state.node})} meanwhile, and is not evicted`;
	return noted(next, text);
}

function seen(state: DrainState, pod: SeenPod): DrainStep {
	const before = state.pods.get(keyOfPod(pod));
	if (before === undefined) return stranger(state, pod);
	if (before.uid !== pod.uid) {
		const old = gone(state, before);
		const young = stranger(old.state, pod);
		return {state: young.state, effects: [...old.effects, ...young.effects]};
	}
	const known = {...before, deletingAt: pod.deletingAt};
	if (pod.deletingAt > 0 && known.course.is !== 'asked') return leaving(state, known);
	// It was doubted, and is there as before: the request came to nothing.
	const course: Course = {is: 'held', until: state.now + afterTrouble, why: own('asked for again')};
	return unchanged(withPod(state, known.course.is === 'doubted' ? turned(known, course) : known));
}

const noted = (state: DrainState, text: SafeText): DrainStep => ({state: withLine(state, text), effects: [{is: 'note', text}]});

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
	if (now >= deadline) return unchanged({...state, ending: {is: 'timed out', text: own('the time it was given is over')}});
	const all = [...pods.values()];
	const free = atOnce - all.filter(({course}) => course.is === 'asked').length;
	const due = all.filter(({course}) => course.is === 'due' || (course.is === 'held' && course.until <= now)).slice(0, free);
	if (due.length === 0) return unchanged(state);
	const next = new Map(pods);
	for (const pod of due) next.set(keyOfPod(pod), {...turned(pod, {is: 'asked'}), announced: true});
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
