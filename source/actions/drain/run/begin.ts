import {keyOf, own} from '../../../vocabulary.ts';
import type {DrainOptions} from '../../request.ts';
import type {DrainState, Leaver, SeenPod} from './state.ts';
import type {Task} from './task.ts';

/** Evictions under way at once: a budget counts pods, not requests, and the server has its own queue. */
const atOnce = 50;

const leaverOf = ({namespace, name, uid, deletingAt}: SeenPod): Leaver => ({
	namespace,
	name,
	uid,
	deletingAt,
	course: deletingAt > 0 ? {is: 'leaving'} : {is: 'due'},
	announced: false,
	troubles: 0,
	noted: own(''),
});

/** The drain of a node at its beginning: what is being deleted already is only waited for. `now` in epoch ms. */
export function beginDrain({node, leave, stay}: Task, options: DrainOptions, now: number): DrainState {
	const {timeout, skipWaitForDeleteTimeout: skip} = options;
	return {
		node,
		health: 'there',
		cordoned: true,
		pods: new Map(leave.map(pod => [keyOf(pod.namespace, pod.name), leaverOf(pod)])),
		others: new Map(stay.map(uid => [uid, 'stays'])),
		cutOff: undefined,
		ending: undefined,
		atOnce,
		deadline: timeout === undefined || timeout === 0 ? Number.POSITIVE_INFINITY : now + timeout,
		skipAfter: skip === undefined || skip === 0 ? Number.POSITIVE_INFINITY : skip,
		now,
		lines: [],
	};
}
