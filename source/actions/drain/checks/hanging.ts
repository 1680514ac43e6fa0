import {isDown} from '../../../nodes/liveness.ts';
import {own, say} from '../../../vocabulary.ts';
import {age, shownName} from '../../../words.ts';
import type {Concern} from '../../plan.ts';
import {aboutPods} from '../about.ts';
import {calledAll} from '../called.ts';
import {neighbours} from '../neighbours.ts';
import type {Check} from '../sight.ts';

/** Milliseconds beyond its grace after which a pod is told to hang. */
const patience = 60_000;

const dead = own('is the machine really off? midwatch runbook show node-failure; never delete it by force');
const alive = own('look at its finalizers and events; never delete it by force while its volume may be written');

/** Pods that should have been gone. They are waited for; nothing here deletes them by force, since that makes two writers. */
export const hanging: Check = sight => {
	const {fates, node, now, owners} = sight;
	const me = neighbours(sight).get(node.name);
	const isLost = me !== undefined && isDown(me);
	const lost = isLost ? say`: ${shownName(node)} is ${own(me.live.word)}` : own('');
	const late = fates.filter(({pod}) => pod.deletingAt > 0 && now - pod.deletingAt > patience);
	const alike = Map.groupBy(late, ({is, pod}) => `${is === 'stays'} ${age(pod.deletingAt, now)}`);
	return [...alike.values()].map((some): Concern => {
		const pods = some.map(({pod}) => pod);
		const ago = age(pods[0]?.deletingAt ?? 0, now);
		const are = own(pods.length === 1 ? 'is' : 'are');
		return {
			check: 'hanging',
			weight: some[0]?.is === 'stays' ? 'tells' : 'blocks',
			...aboutPods(pods),
			text: say`${calledAll(pods, owners)} should have ended ${ago} ago and ${are} still there${lost}`,
			wayOut: isLost ? dead : alive,
		};
	});
};
