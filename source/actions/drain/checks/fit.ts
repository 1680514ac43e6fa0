import {own, type RawName, say} from '../../../vocabulary.ts';
import {shownName} from '../../../words.ts';
import type {Concern} from '../../plan.ts';
import {aboutNode, aboutPods} from '../about.ts';
import {calledAll} from '../called.ts';
import type {Check, DrainPod, DrainSight, Next} from '../sight.ts';
import {isPinnedTo} from './pinned-volumes.ts';

const check = 'fit';

/** What lies on this node alone is told by the check of pinned volumes. */
function isToldAsPinned(name: RawName | undefined, {volumes, node}: DrainSight): boolean {
	const volume = volumes.records.get(name ?? '');
	return volume !== undefined && isPinnedTo(volume, node);
}

type Worried = {readonly pod: DrainPod; readonly next: Extract<Next, {is: 'pending' | 'untold'}>};

/** Those that wait for the same reason. */
function worry([first, ...others]: readonly Worried[], {node, owners}: DrainSight): readonly Concern[] {
	if (first === undefined) return [];
	const {is, why} = first.next;
	const moving = [first, ...others].map(({pod}) => pod);
	const pods = calledAll(moving, owners);
	const concern = {check, ...aboutPods(moving)};
	if (is === 'untold') {
		const text = say`whether there is room elsewhere cannot be told for ${pods}: ${why}`;
		return [{...concern, weight: 'unknown', text, wayOut: own('look at it once it has left: it may be pending')}];
	}
	const wayOut = say`make room elsewhere first, or wait until ${shownName(node)} is uncordoned`;
	const weight = first.next.is === 'pending' && first.next.contested === true ? 'hurts' : 'overrides';
	return [{...concern, weight, text: say`${pods} will be pending: ${why}`, wayOut}];
}

/** Pods that the scheduler may put back on the node, cordoned as it is; what an operator makes has its own ways. */
function back({fates, node, owners}: DrainSight): readonly Concern[] {
	const pods = fates.flatMap(({is, pod, next}) => {
		const isPlaced = owners.get(pod.controller?.uid ?? '')?.is === 'there';
		return is !== 'stays' && isPlaced && next.is === 'fits' && next.here ? [pod] : [];
	});
	if (pods.length === 0) return [];
	const text = say`may come back to ${shownName(node)} itself, tolerating its cordon: ${calledAll(pods, owners)}`;
	return [
		{
			check,
			weight: 'tells',
			about: aboutNode(node),
			text,
			wayOut: own('give them other tolerations, or let them go down with it'),
		},
	];
}

/** Pods that will find no place on another node, or of which that cannot be told, those of one reason together; and such as may find it here again. */
export const fit: Check = sight => {
	const worried = sight.fates.flatMap(({is, pod, next}): readonly Worried[] => {
		if (is === 'stays' || (next.is !== 'pending' && next.is !== 'untold')) return [];
		return next.is === 'pending' && isToldAsPinned(next.volume, sight) ? [] : [{pod, next}];
	});
	const byReason = Map.groupBy(worried, ({next}) => `${next.is} ${next.why}`);
	return [...[...byReason.values()].flatMap(some => worry(some, sight)), ...back(sight)];
};
