import {own, type SafeText, say} from '../../../vocabulary.ts';
import {aboutPods} from '../about.ts';
import {called, calledAll, counted} from '../called.ts';
import {emptyDirNames} from '../filters.ts';
import type {Check, DrainPod} from '../sight.ts';

const wayOut = own('save it first, or leave away the option that allows it');

/** What goes with pods for good, since an option says that it may. */
export const lostData: Check = ({fates, owners}) => {
	const losing = fates.flatMap(fate => (fate.is === 'leaves' && fate.loses.length > 0 ? [fate.pod] : []));
	const told = (pods: readonly DrainPod[], text: SafeText) =>
		pods.length === 0 ? [] : [{check: 'lost-data', weight: 'hurts', ...aboutPods(pods), text, wayOut} as const];
	const alone = losing.filter(({controller}) => controller === undefined);
	const holding = losing.filter(pod => emptyDirNames(pod) !== '');
	const held = counted(holding.map(pod => say`${called(pod, owners)} (${emptyDirNames(pod)})`));
	return [
		...told(alone, say`gone for good, as nothing would create it again: ${calledAll(alone, owners)}`),
		...told(holding, say`lost for good is the emptyDir data of ${held}`),
	];
};
