import {own, say} from '../../../vocabulary.ts';
import {join, shownPath} from '../../../words.ts';
import {about} from '../about.ts';
import type {Check} from '../sight.ts';

/** What goes with pods for good, since an option says that it may. */
export const lostData: Check = ({fates}) =>
	fates.flatMap(fate => {
		if (fate.is !== 'leaves' || fate.loses.length === 0) return [];
		const {pod, loses} = fate;
		return [
			{
				check: 'lost-data',
				weight: 'hurts',
				about: about('pods', pod),
				text: say`lost with ${shownPath(pod)}: ${join(loses, '; ')}`,
				wayOut: own('save it first, or leave the option away'),
			},
		];
	});
