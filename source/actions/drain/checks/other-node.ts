import {isDown} from '../../../nodes/liveness.ts';
import {own, type SafeText, say} from '../../../vocabulary.ts';
import {listed} from '../../listed.ts';
import type {Concern, Weight} from '../../plan.ts';
import {awayWords, type Neighbour, neighbours} from '../neighbours.ts';
import type {Check} from '../sight.ts';

const check = 'other-node';

/** Other nodes that are away, or may be soon: whatever breaks by losing one more is said by its own check. */
export const otherNode: Check = sight => {
	const others = [...neighbours(sight).values()].filter(({node}) => node.name !== sight.node.name);
	const told = (weight: Weight, which: readonly Neighbour[], what: string, wayOut: string): readonly Concern[] => {
		if (which.length === 0) return [];
		const names: SafeText = listed(which.map(one => awayWords(one, sight.now)));
		return [{check, weight, text: say`${own(what)} ${names}`, wayOut: own(wayOut)}];
	};
	return [
		...told('hurts', others.filter(isDown), 'this would be one more node that is away, beside', 'wait until it is back'),
		...told(
			'hurts',
			// Who drains several at once knows that.
			others.filter(one => !isDown(one) && !one.isBefore && one.workedOn !== undefined),
			'another node is worked on:',
			'wait until it is uncordoned',
		),
	];
};
