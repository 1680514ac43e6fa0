import {own, say} from '../../../vocabulary.ts';
import {shownPath} from '../../../words.ts';
import type {Concern} from '../../plan.ts';
import {about} from '../about.ts';
import type {Check, Fate} from '../sight.ts';

type Refused = Extract<Fate, {is: 'refused'}>;

/** What each option then does. */
const ways: Readonly<Record<NonNullable<Refused['flag']>, string>> = {
	'--force': '--force deletes it for good',
	'--delete-emptydir-data': '--delete-emptydir-data deletes it',
	'--ignore-daemonsets': '--ignore-daemonsets leaves it where it is',
};

/** Pods for whose sake the whole drain is refused, as kubectl would; and such as nothing of ours could name. */
export const filters: Check = ({fates}) =>
	fates.flatMap((fate): readonly Concern[] => {
		const {pod} = fate;
		const concern = {check: 'filters', weight: 'refuses', about: about('pods', pod)} as const;
		if (fate.is !== 'stays' && !pod.actionable) {
			const text = say`${shownPath(pod)} has a name that Kubernetes does not allow: it is not acted on`;
			return [{...concern, text, wayOut: own('look where it comes from, and delete it by its uid')}];
		}
		if (fate.is !== 'refused') return [];
		const wayOut = fate.flag === undefined ? own('ask for the permission to get DaemonSets') : own(ways[fate.flag]);
		return [{...concern, text: say`${shownPath(pod)} ${fate.why}`, wayOut}];
	});
