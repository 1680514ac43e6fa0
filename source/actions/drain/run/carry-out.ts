import {recordOf} from '../../../cluster/reflector/projection.ts';
import {sentenceOf} from '../../../cluster/sentence.ts';
import type {RunJournal} from '../../../journal/journal.ts';
import {keyOf, own, say} from '../../../vocabulary.ts';
import type {Hands} from '../../hands.ts';
import type {Lock} from '../../lock.ts';
import {isPassing, outlast} from '../../outlast.ts';
import type {DrainOptions} from '../../request.ts';
import {drainPodKind} from '../pod.ts';
import {evict, podPath, whoseFault} from './evict.ts';
import {seenPod} from './follow.ts';
import type {Answer, DrainEffect, DrainEvent, Ending, PodRef} from './state.ts';

/** An event before anybody has said when it was. */
export type Untimed<E> = E extends unknown ? Omit<E, 'at'> : never;

export type Means = {
	readonly options: DrainOptions;
	readonly hands: Hands;
	readonly journal: RunJournal;
	/** Undefined where none can be kept. */
	readonly lock: Lock | undefined;
	/** Gives up requests that are under way. */
	readonly signal: AbortSignal;
	/** Told what came of it. */
	readonly dispatch: (event: Untimed<DrainEvent>) => void;
	readonly ending: () => Ending | undefined;
};

/** A pod in the journal. */
const stepOf = ({namespace, name, uid}: PodRef): string => `evict ${keyOf(namespace, name)} ${uid}`;

/** False where the lock is not ours any more, which ends the drain, or where that cannot be told now. Never rejects. */
export async function mayGoOn({lock, dispatch}: Pick<Means, 'lock' | 'dispatch'>): Promise<boolean> {
	const lose = (text: Ending['text']) => dispatch({is: 'ending', ending: {is: 'lock lost', text}});
	try {
		if (lock === undefined || (await lock.holds())) return true;
		lose(own('another midwatch has taken over the lock of drains'));
	} catch (error) {
		if (!isPassing(error)) lose(say`the lock of drains could not be kept: ${sentenceOf(error)}`);
	}
	return false;
}

/** Announces it in the journal where that was not done yet, and asks for the pod: not without the lock, nor after the end. */
async function ask(pod: PodRef, announce: boolean, means: Means): Promise<void> {
	const {options, hands, journal, signal, dispatch, ending} = means;
	const answer = (what: Answer) => dispatch({is: 'answered', pod, answer: what});
	const title = `evict ${keyOf(pod.namespace, pod.name)}`;
	if (announce) await journal.write({is: 'intent', step: stepOf(pod), title});
	const isOurs = await mayGoOn(means);
	const over = ending();
	if (over !== undefined) return answer({is: 'held', why: over.text, again: 0});
	if (!isOurs) return answer({is: 'held', why: own('the lock of drains is being renewed'), again: 1000});
	const said = await evict(hands.transport, pod, options, signal);
	answer(said.is === 'not permitted' ? await whoseFault(hands.reader(), pod, options, said) : said);
}

/** Reads a pod once the server is back. Where that is not permitted, it counts as seen: to be asked for again does it no harm. */
async function read(pod: PodRef, {hands, signal, dispatch}: Means): Promise<void> {
	try {
		const waiting = {stop: signal, waiting: (why: Ending['text']) => dispatch({is: 'cut off', why})};
		const raw = await outlast(() => hands.reader().get(podPath(pod)), waiting);
		const found = raw && recordOf(drainPodKind, 'v1', raw);
		dispatch({is: 'cut off', why: undefined});
		dispatch(found === undefined ? {is: 'away', pod} : {is: 'seen', pod: seenPod(found)});
	} catch {
		dispatch({is: 'seen', pod: {...pod, deletingAt: 0, stays: false}});
	}
}

/** Does what the machine says. Rejects only where the journal fails. */
export function carryOut(effect: DrainEffect, means: Means): Promise<void> {
	const {journal} = means;
	switch (effect.is) {
		case 'evict':
			return ask(effect.pod, effect.announce, means);
		case 'read':
			return read(effect.pod, means);
		case 'record':
			return journal.write({is: 'outcome', step: stepOf(effect.pod), result: effect.result, text: effect.text});
		case 'note':
			return journal.write({is: 'noted', text: effect.text, ...(effect.pod && {step: stepOf(effect.pod)})});
	}
}
