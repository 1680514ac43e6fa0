import {own, type SafeText, say} from '../../../vocabulary.ts';
import {shownName, shownPath} from '../../../words.ts';
import type {Answer, Course, DrainState, DrainStep, Leaver, SeenPod} from './state.ts';
import {isSettled, namesake, noted, turned, unchanged, withLine, withPod} from './step.ts';

/** Milliseconds until a pod is asked for again after a request of which nobody knows what became. */
const afterTrouble = 1000;
/** So many such requests in a row, and the pod is given up: it is not the server's restart. */
const mostTroubles = 10;

/** It is not on the node any more. */
export function gone(state: DrainState, pod: Leaver): DrainStep {
	if (pod.course.is === 'gone') return unchanged(state);
	const next = withLine(withPod(state, turned(pod, {is: 'gone'})), say`${shownPath(pod)}: gone`);
	return {state: next, effects: pod.announced ? [{is: 'record', pod, result: 'done', text: own('gone')}] : []};
}

function failed(state: DrainState, pod: Leaver, why: SafeText): DrainStep {
	const next = withLine(withPod(state, turned(pod, {is: 'failed', why})), say`${shownPath(pod)}: ${why}`);
	return {state: next, effects: pod.announced ? [{is: 'record', pod, result: 'failed', text: why}] : []};
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

/** What the server said to an eviction. */
export function answered(state: DrainState, pod: Leaver, answer: Answer): DrainStep {
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

/** A pod was seen on the node, or read again. */
export function seen(state: DrainState, pod: SeenPod): DrainStep {
	const before = namesake(state, pod);
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
