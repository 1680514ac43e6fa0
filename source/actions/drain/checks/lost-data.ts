import {own, say} from '../../../vocabulary.ts';
import {join, shownPath} from '../../../words.ts';
import type {Check} from '../sight.ts';

/** What goes with pods for good, since an option says that it may. */
export const lostData: Check = ({fates}) => {
	const lost = fates.flatMap(fate =>
		fate.is === 'leaves' && fate.loses.length > 0 ? [say`${shownPath(fate.pod)} (${join(fate.loses, '; ')})`] : [],
	);
	if (lost.length === 0) return [];
	const wayOut = own('save it first, or leave away the option that allows it');
	return [{check: 'lost-data', weight: 'hurts', text: say`lost for good: ${join(lost)}`, wayOut}];
};
