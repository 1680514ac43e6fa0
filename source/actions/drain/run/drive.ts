import {recordOf} from '../../../cluster/reflector/projection.ts';
import {sentenceOf} from '../../../cluster/sentence.ts';
import {keyOf, own, type Reading, type SafeText, say} from '../../../vocabulary.ts';
import {whyUnread} from '../../../words.ts';
import type {Running} from '../../action.ts';
import type {Hands} from '../../hands.ts';
import type {Lock} from '../../lock.ts';
import {isPassing, outlast} from '../../outlast.ts';
import type {DrainOptions} from '../../request.ts';
import {drainPodKind} from '../pod.ts';
import type {DrainNode} from '../sight.ts';
import {beginDrain} from './begin.ts';
import {evict, podPath, whoseFault} from './evict.ts';
import {type Following, seenPod} from './follow.ts';
import {drainMachine, isOver, leftovers, wakesAt} from './machine.ts';
import type {DrainEffect, DrainEvent, DrainState, Ending, PodRef} from './state.ts';
import type {Task} from './task.ts';

/** Milliseconds that requests under way are given after a stop. */
const lastWord = 1000;
/** The most a timer can wait. */
const longest = 2 ** 31 - 1;

type Untimed<E> = E extends unknown ? Omit<E, 'at'> : never;

export type DriveParts = {
	readonly options: DrainOptions;
	readonly hands: Hands;
	readonly running: Pick<Running, 'journal' | 'stop'>;
	/** Undefined where none can be kept. */
	readonly lock: Lock | undefined;
	readonly report: (state: DrainState) => void;
};

const stepOf = ({namespace, name, uid}: PodRef): string => `evict ${keyOf(namespace, name)} ${uid}`;

/** What became of the node; undefined while that cannot be told. */
function nodeOf({state, records}: Reading<DrainNode>, {node, uid}: Task): Pick<DrainState, 'health' | 'cordoned'> | undefined {
	if (state.is !== 'live' && state.is !== 'polled') return undefined;
	const found = records.get(node);
	if (found === undefined || found.uid !== uid) return {health: 'gone', cordoned: true};
	return {health: found.ready === 'Unknown' ? 'silent' : 'there', cordoned: found.unschedulable};
}

/**
 * Carries out the drain of one node that is cordoned, until the machine says that it is over, and returns how it stands then.
 * Rejects only where the journal fails.
 */
export async function drive(task: Task, following: Following, parts: DriveParts): Promise<DrainState> {
	const {options, hands, running, lock, report} = parts;
	const {transport, now, reader} = hands;
	const {journal, stop} = running;
	const requests = new AbortController();
	const over = Promise.withResolvers<void>();
	const underWay = new Set<Promise<void>>();
	let timer: NodeJS.Timeout | undefined;
	let patience: NodeJS.Timeout | undefined;
	let state = beginDrain(task, options, now());
	let wasCordoned = false;

	const dispatch = (event: Untimed<DrainEvent>) => {
		if (requests.signal.aborted && isOver(state)) return;
		const step = drainMachine(state, {...event, at: now()});
		state = step.state;
		for (const effect of step.effects) begin(effect);
		clearTimeout(timer);
		const wait = Math.min(wakesAt(state) - now(), longest);
		if (wait < longest) timer = setTimeout(() => dispatch({is: 'woke'}), Math.max(wait, 0) + 1);
		if (state.ending !== undefined) patience ??= setTimeout(() => requests.abort(), lastWord);
		report(state);
		if (isOver(state)) over.resolve();
	};
	const end = (is: Ending['is'], text: SafeText) => dispatch({is: 'ending', ending: {is, text}});
	const begin = (effect: DrainEffect) => {
		const doing = perform(effect).catch(over.reject);
		underWay.add(doing);
		void doing.finally(() => underWay.delete(doing));
	};

	/** False where the lock is not ours any more: then nothing is done. */
	const mayGoOn = async (): Promise<boolean> => {
		try {
			if (lock === undefined || (await lock.holds())) return true;
			end('lock lost', own('another midwatch has taken over the lock of drains'));
		} catch (error) {
			if (!isPassing(error)) end('lock lost', say`the lock of drains could not be kept: ${sentenceOf(error)}`);
		}
		return false;
	};
	const ask = async (pod: PodRef, announce: boolean) => {
		const step = stepOf(pod);
		if (announce) await journal.write({is: 'intent', step, title: `evict ${keyOf(pod.namespace, pod.name)}`});
		if (!(await mayGoOn()) || state.ending !== undefined) {
			dispatch({
				is: 'answered',
				pod,
				answer: {is: 'held', why: state.ending?.text ?? own('the lock is being renewed'), again: 1000},
			});
			return;
		}
		const answer = await evict(transport, pod, options, requests.signal);
		const judged = answer.is === 'not permitted' ? await whoseFault(reader(), pod, options, answer) : answer;
		dispatch({is: 'answered', pod, answer: judged});
	};
	/** Where a pod may not be read, it is asked for again: that does no harm to one that is being deleted. */
	const read = async (pod: PodRef) => {
		const waiting = (why: SafeText) => dispatch({is: 'cut off', why});
		try {
			const raw = await outlast(() => reader().get(podPath(pod)), {stop: requests.signal, waiting});
			const found = raw && recordOf(drainPodKind, 'v1', raw);
			if (found === undefined) dispatch({is: 'away', pod});
			else dispatch({is: 'seen', pod: seenPod(found)});
			if (following.pods().state.is !== 'stale') dispatch({is: 'cut off', why: undefined});
		} catch {
			dispatch({is: 'seen', pod: {...pod, deletingAt: 0, stays: false}});
		}
	};
	const perform = async (effect: DrainEffect): Promise<void> => {
		switch (effect.is) {
			case 'evict':
				return ask(effect.pod, effect.announce);
			case 'read':
				return read(effect.pod);
			case 'record':
				return journal.write({is: 'outcome', step: stepOf(effect.pod), result: effect.result, text: effect.text});
			case 'note':
				return journal.write({is: 'noted', text: effect.text, ...(effect.pod && {step: stepOf(effect.pod)})});
		}
	};

	const stopped = () => end('stopped', own('stopped'));
	stop.addEventListener('abort', stopped);
	const renewing = lock && setInterval(() => void mayGoOn(), lock.every);
	following.listen({
		seen: pod => dispatch({is: 'seen', pod}),
		away: pod => dispatch({is: 'away', pod}),
		pods: ({state: reading, records}) => {
			if (reading.is === 'denied') end('not permitted', whyUnread(reading) ?? own('not permitted: list pods'));
			const why = reading.is === 'stale' ? reading.why : undefined;
			if (why !== state.cutOff) dispatch({is: 'cut off', why});
			if (reading.is !== 'live' && reading.is !== 'polled') return;
			for (const [key, pod] of state.pods)
				if (records.get(key)?.uid !== pod.uid && pod.course.is !== 'gone') dispatch({is: 'away', pod});
		},
		node: reading => {
			const node = nodeOf(reading, task);
			if (node === undefined) return;
			// It may be read as it was before our own cordon.
			wasCordoned ||= node.cordoned;
			const {health, cordoned} = {...node, cordoned: node.cordoned || !wasCordoned};
			if (health !== state.health || cordoned !== state.cordoned) dispatch({is: 'node', health, cordoned});
		},
	});
	if (stop.aborted) stopped();
	else dispatch({is: 'woke'});
	try {
		await over.promise;
		requests.abort();
		await Promise.all(underWay);
		for (const effect of leftovers(state)) await perform(effect);
		return state;
	} finally {
		requests.abort();
		clearTimeout(timer);
		clearTimeout(patience);
		clearInterval(renewing);
		stop.removeEventListener('abort', stopped);
	}
}
