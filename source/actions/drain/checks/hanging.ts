import {own, say} from '../../../vocabulary.ts';
import {age, shownName, shownPath} from '../../../words.ts';
import {about} from '../about.ts';
import {isDown, neighbours} from '../neighbours.ts';
import type {Check} from '../sight.ts';

/** Milliseconds beyond its grace after which a pod is told to hang. */
const patience = 60_000;

const dead = own('is the machine really off? midwatch runbook show node-failure; never delete it by force');
const alive = own('look at its finalizers and events; never delete it by force while its volume may be written');

/** Pods that should have been gone. They are waited for; nothing here deletes them by force, since that makes two writers. */
export const hanging: Check = sight => {
	const me = neighbours(sight).get(sight.node.name);
	const isLost = me !== undefined && isDown(me);
	return sight.fates
		.filter(({pod}) => pod.deletingAt > 0 && sight.now - pod.deletingAt > patience)
		.map(({is, pod}) => ({
			check: 'hanging',
			weight: is === 'stays' ? 'tells' : 'blocks',
			about: about('pods', pod),
			text: say`${shownPath(pod)} should have ended ${age(pod.deletingAt, sight.now)} ago and is still there${isLost ? say`: ${shownName(sight.node)} is ${own(me.live.word)}` : own('')}`,
			wayOut: isLost ? dead : alive,
		}));
};
