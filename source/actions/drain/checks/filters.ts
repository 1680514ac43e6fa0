import {own, type SafeText, say} from '../../../vocabulary.ts';
import {shownPath} from '../../../words.ts';
import type {Concern} from '../../plan.ts';
import {about, aboutPods} from '../about.ts';
import {called, calledAll, counted} from '../called.ts';
import {emptyDirNames} from '../filters.ts';
import type {Check, DrainPod, DrainSight, Fate} from '../sight.ts';

type Refused = Extract<Fate, {is: 'refused'}>;

const check = 'filters';
const data = '--delete-emptydir-data';

/** What each option then does. */
const ways: Readonly<Record<NonNullable<Refused['flag']>, string>> = {
	'--force': '--force deletes it for good',
	[data]: `${data} deletes it`,
	'--ignore-daemonsets': '--ignore-daemonsets leaves it where it is',
};

/** Data is told together, whatever the volumes are called that it is in. */
const reasonOf = ({flag, why}: Refused): string => (flag === data ? data : `${flag} ${why}`);

function refused([first, ...others]: readonly Refused[], {owners}: DrainSight): readonly Concern[] {
	if (first === undefined) return [];
	const {flag, why, pod} = first;
	const pods = [pod, ...others.map(other => other.pod)];
	const holding = (one: DrainPod): SafeText => say`${called(one, owners)} (${emptyDirNames(one)})`;
	const all = flag === data ? counted(pods.map(holding)) : calledAll(pods, owners);
	const text =
		others.length === 0
			? say`${called(pod, owners)} ${why}`
			: say`${all}: each ${flag === data ? own('has emptyDir data') : why}`;
	const wayOut = flag === undefined ? own('ask for the permission to get DaemonSets') : own(ways[flag]);
	return [{check, weight: 'refuses', ...aboutPods(pods), text, wayOut}];
}

/** One that nothing of ours could name. */
function unnamed({pod}: Fate): Concern {
	const text = say`${shownPath(pod)} has a name that Kubernetes does not allow: it is not acted on`;
	const wayOut = own('look where it comes from, and delete it by its uid');
	return {check, weight: 'refuses', about: about('pods', pod), text, wayOut};
}

/** Pods for whose sake the whole drain is refused, as kubectl would; and such as nothing of ours could name. */
export const filters: Check = sight => {
	const moving = sight.fates.filter(({is}) => is !== 'stays');
	const named = moving.flatMap(fate => (fate.is === 'refused' && fate.pod.actionable ? [fate] : []));
	return [
		...moving.filter(({pod}) => !pod.actionable).map(unnamed),
		...[...Map.groupBy(named, reasonOf).values()].flatMap(some => refused(some, sight)),
	];
};
