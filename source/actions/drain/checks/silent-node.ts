import {isDown} from '../../../nodes/liveness.ts';
import {own, say} from '../../../vocabulary.ts';
import {age, shownName} from '../../../words.ts';
import {aboutNode} from '../about.ts';
import {neighbours} from '../neighbours.ts';
import type {Check} from '../sight.ts';

/** A kubelet that is not there ends no pod, and lets go of no volume. */
export const silentNode: Check = sight => {
	const me = neighbours(sight).get(sight.node.name);
	if (me === undefined || !isDown(me)) return [];
	const {word, since} = me.live;
	const text = say`${shownName(sight.node)} is ${own(word)} for ${age(since, sight.now)}: nothing ends its pods or frees their volumes, so the drain waits`;
	const wayOut = own('is the machine really off? midwatch runbook show node-failure (the out-of-service taint)');
	return [{check: 'silent-node', weight: 'blocks', about: aboutNode(sight.node), text, wayOut}];
};
