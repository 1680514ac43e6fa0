import {own, type SafeText, say} from '../../../vocabulary.ts';
import {age, count, shownName, shownPath} from '../../../words.ts';
import {listed} from '../../listed.ts';
import {lateAfter} from './machine.ts';
import type {DrainState, Leaver} from './state.ts';

/** Pods that are named; of more, how many there are. */
const mostNamed = 5;

const isGone = ({course}: Leaver): boolean => course.is === 'gone' || course.is === 'skipped';

/** How many are gone, and how many there were. */
export function tally({pods}: DrainState): {readonly gone: number; readonly total: number} {
	return {gone: [...pods.values()].filter(isGone).length, total: pods.size};
}

/** It should have been gone at the end of its grace: its kubelet does not end it, or a finalizer holds it. */
const isLate = ({deletingAt}: Leaver, now: number): boolean => deletingAt > 0 && deletingAt + lateAfter <= now;

/** Why a pod cannot be evicted now; still true while it is asked for once more. */
function whyWaiting({course, noted}: Leaver): SafeText | undefined {
	if (course.is === 'held' || course.is === 'doubted') return course.why;
	return course.is === 'asked' && noted !== '' ? noted : undefined;
}

/** What is waited for, the most telling first. */
export function waitingFor(state: DrainState): readonly SafeText[] {
	const {pods, now, cutOff, health, node, ending, cordoned} = state;
	const shown = shownName({name: node});
	const all = [...pods.values()];
	const leaving = all.filter(({course}) => course.is === 'leaving');
	const late = leaving.filter(pod => isLate(pod, now));
	const others = leaving.filter(pod => !isLate(pod, now));
	const asked = all.filter(pod => (pod.course.is === 'asked' || pod.course.is === 'due') && whyWaiting(pod) === undefined);
	const silent = say`${shown}: its kubelet is silent, so pods on it do not end; none is deleted by force: is the machine really off?`;
	return [
		...(ending === undefined || ending.is === 'stopped' ? [] : [ending.text]),
		...(cutOff === undefined ? [] : [say`the API server: ${cutOff}; it goes on when the server is back`]),
		...(health === 'gone' ? [say`${shown} is not in the cluster any more: what is left of its pods goes with it`] : []),
		...(health === 'silent' ? [silent] : []),
		...(cordoned ? [] : [say`${shown} was uncordoned by somebody else: new pods come to it`]),
		...all.flatMap(pod => {
			const why = whyWaiting(pod);
			return why === undefined ? [] : [say`${shownPath(pod)}: ${why}`];
		}),
		...late.map(pod => say`${shownPath(pod)}: terminating, and should have been gone ${age(pod.deletingAt, now)} ago`),
		...(others.length === 0 ? [] : [say`${count(others.length, 'pod')} terminating`]),
		...(asked.length === 0 ? [] : [say`${count(asked.length, 'pod')} to be evicted`]),
	];
}

const whyLeft = ({course}: Leaver): SafeText | undefined => {
	if (course.is === 'held' || course.is === 'failed' || course.is === 'doubted') return course.why;
	return course.is === 'leaving' ? own('terminating') : undefined;
};

function goneWords(total: number): SafeText {
	if (total < 2) return own(total === 0 ? 'no pod had to go' : 'the only pod that had to go is gone');
	return say`all ${total} pods that had to go are gone`;
}

/** What is left of a drain on its node: `3 of 20 pods are left: default/web-0 (the disruption budget web …)`. */
export function leftWords(state: DrainState): SafeText {
	const left = [...state.pods.values()].filter(pod => !isGone(pod));
	const {total} = tally(state);
	if (left.length === 0) return goneWords(total);
	const each = left.map(pod => {
		const why = whyLeft(pod);
		return why === undefined ? shownPath(pod) : say`${shownPath(pod)} (${why})`;
	});
	return say`${left.length} of ${count(total, 'pod')} ${own(left.length === 1 ? 'is' : 'are')} left: ${listed(each, mostNamed)}`;
}

/** Pods that nobody planned for and that are on the node now; undefined where there are none. */
export function strangerWords({others}: DrainState): SafeText | undefined {
	const strangers = [...others.values()].filter((other): other is SafeText => other !== 'stays');
	if (strangers.length === 0) return undefined;
	return say`${count(strangers.length, 'pod')} came meanwhile: ${listed(strangers, mostNamed)}`;
}
