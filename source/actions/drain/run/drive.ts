import {own, type Reading} from '../../../vocabulary.ts';
import {whyUnread} from '../../../words.ts';
import type {Running} from '../../action.ts';
import {lastWord} from '../../outlast.ts';
import type {DrainNode, DrainPod} from '../sight.ts';
import {beginDrain} from './begin.ts';
import {carryOut, type Means, mayGoOn, type Untimed} from './carry-out.ts';
import type {Following, Listener} from './follow.ts';
import {drainMachine, isOver, leftovers, wakesAt} from './machine.ts';
import type {DrainEffect, DrainEvent, DrainState} from './state.ts';
import type {Task} from './task.ts';

/** The most a timer can wait, in milliseconds. */
const longest = 2 ** 31 - 1;

export type DriveParts = Pick<Means, 'options' | 'hands' | 'lock'> & {
	readonly running: Pick<Running, 'journal' | 'stop'>;
	readonly report: (state: DrainState) => void;
};

const isRead = ({state: {is}}: Reading<DrainNode | DrainPod>): boolean => is === 'live' || is === 'polled';

/** Turns what is seen on the node into events of its drain. */
function listenFor({node, uid}: Task, state: () => DrainState, dispatch: (event: Untimed<DrainEvent>) => void): Listener {
	let wasCordoned = false;
	return {
		seen: pod => dispatch({is: 'seen', pod}),
		away: pod => dispatch({is: 'away', pod}),
		pods: reading => {
			const why = reading.state.is === 'stale' ? reading.state.why : undefined;
			if (why !== state().cutOff) dispatch({is: 'cut off', why});
			if (reading.state.is === 'denied') {
				const text = whyUnread(reading.state) ?? own('not permitted: list pods');
				dispatch({is: 'ending', ending: {is: 'not permitted', text}});
			}
			if (!isRead(reading)) return;
			for (const [key, pod] of state().pods) {
				if (pod.course.is !== 'gone' && reading.records.get(key)?.uid !== pod.uid) dispatch({is: 'away', pod});
			}
		},
		node: reading => {
			if (!isRead(reading)) return;
			const found = reading.records.get(node);
			const isThere = found?.uid === uid;
			// It may be read as it was before our own cordon.
			wasCordoned ||= found?.unschedulable === true;
			const cordoned = !isThere || found.unschedulable || !wasCordoned;
			const health = isThere ? (found.ready === 'Unknown' ? 'silent' : 'there') : 'gone';
			if (health !== state().health || cordoned !== state().cordoned) dispatch({is: 'node', health, cordoned});
		},
	};
}

/**
 * Carries out the drain of one node that is cordoned, until the machine says that it is over, and returns how it stands then.
 * Rejects only where the journal fails.
 */
export async function drive(task: Task, following: Following, parts: DriveParts): Promise<DrainState> {
	const {options, hands, lock, report, running} = parts;
	const {journal, stop} = running;
	const requests = new AbortController();
	const over = Promise.withResolvers<void>();
	const written = new Set<Promise<void>>();
	let timer: NodeJS.Timeout | undefined;
	let patience: NodeJS.Timeout | undefined;
	let state = beginDrain(task, options, hands.now());

	const dispatch = (event: Untimed<DrainEvent>) => {
		if (requests.signal.aborted) return;
		const step = drainMachine(state, {...event, at: hands.now()});
		state = step.state;
		for (const effect of step.effects) begin(effect);
		clearTimeout(timer);
		const wait = wakesAt(state) - hands.now();
		if (wait < longest) timer = setTimeout(() => dispatch({is: 'woke'}), Math.max(wait, 0) + 1);
		if (state.ending !== undefined) patience ??= setTimeout(() => dispatch({is: 'abandoned'}), lastWord);
		report(state);
		if (isOver(state)) over.resolve();
	};
	const means: Means = {options, hands, journal, lock, signal: requests.signal, dispatch, ending: () => state.ending};
	const begin = (effect: DrainEffect) => {
		const doing = carryOut(effect, means).catch(over.reject);
		if (effect.is !== 'record' && effect.is !== 'note') return;
		written.add(doing);
		void doing.finally(() => written.delete(doing));
	};
	const stopped = () => dispatch({is: 'ending', ending: {is: 'stopped', text: own('stopped')}});
	const renewing = lock && setInterval(() => void mayGoOn(means), lock.every);
	stop.addEventListener('abort', stopped);
	try {
		following.listen(listenFor(task, () => state, dispatch));
		if (stop.aborted) stopped();
		else dispatch({is: 'woke'});
		await over.promise;
		requests.abort();
		await Promise.all(written);
		for (const effect of leftovers(state)) await carryOut(effect, means);
		return state;
	} finally {
		requests.abort();
		clearTimeout(timer);
		clearTimeout(patience);
		clearInterval(renewing);
		stop.removeEventListener('abort', stopped);
	}
}
