import {setTimeout as pause} from 'node:timers/promises';
import {sentenceOf} from '../../../cluster/sentence.ts';
import {own, type RawName, type SafeText, say} from '../../../vocabulary.ts';
import {join, shownName} from '../../../words.ts';
import type {Outcome, Running} from '../../action.ts';
import {leaveEvent} from '../../event.ts';
import type {Hands} from '../../hands.ts';
import {holderWords, type Lock, takeLock} from '../../lock.ts';
import {lastWord, outlast} from '../../outlast.ts';
import type {Plan} from '../../plan.ts';
import {drainDataOf} from '../data.ts';
import {type DrainRequest, planDrain} from '../plan.ts';
import {newConcern} from './news.ts';
import {drainNode, type NodeEnd} from './node.ts';
import {makeReporter} from './reporter.ts';
import {type Task, taskOf} from './task.ts';

type Locked = {readonly is: 'free'; readonly lock: Lock | undefined} | {readonly is: 'refused'; readonly why: SafeText};

/** Takes the lock of drains; where none may be kept, that is noted, and it goes on without: the plan said so. */
async function lockFor(
	nodes: readonly RawName[],
	hands: Hands,
	{journal, stop}: Running,
	waiting: (why: SafeText) => void,
): Promise<Locked> {
	let locking: Awaited<ReturnType<typeof takeLock>>;
	await journal.write({is: 'noted', text: 'takes the lock of drains'});
	try {
		locking = await outlast(() => takeLock(hands, journal.run, nodes), {stop, waiting});
	} catch (error) {
		return {is: 'refused', why: say`the lock of drains could not be taken: ${sentenceOf(error)}`};
	}
	if (locking.is === 'held') return {is: 'free', lock: locking.lock};
	if (locking.is === 'taken') return {is: 'refused', why: holderWords(locking.holder, hands.now())};
	await journal.write({is: 'noted', text: locking.why});
	return {is: 'free', lock: undefined};
}

/** What one node's drain leaves on it as an Event. */
function tellOf(hands: Hands, {node, uid}: Task, run: string) {
	return (reason: 'DrainStarted' | 'DrainEnded', what: string): Promise<void> =>
		leaveEvent(hands, {node: {name: node, uid}, reason, message: `${what}, by ${hands.by} with midwatch, run ${run}`});
}

/**
 * Drains the nodes of a plan, one after the other, each planned anew when its turn comes. It ends with the first one that is
 * not empty then, and says what is left. Rejects only where the journal fails.
 */
export async function runDrain(plan: Plan, request: DrainRequest, hands: Hands, running: Running): Promise<Outcome> {
	const {journal, report, stop} = running;
	const tasks = drainDataOf(plan.data).nodes.map(taskOf);
	const turns = tasks.map(({node}) => node);
	const reporter = makeReporter(tasks.length, report);
	const cordoned: RawName[] = [];
	const events: Promise<void>[] = [];
	const texts: SafeText[] = [];

	/** The task of one node as it is now, or what stands against it that nobody has agreed to. */
	const replan = async (node: RawName): Promise<Task | SafeText> => {
		try {
			const asked = {...request, nodes: [node], resumes: journal.run};
			const now = await outlast(() => planDrain(asked, hands, turns), {stop, waiting: reporter.waiting});
			const [data] = drainDataOf(now.data).nodes;
			return newConcern(plan, now) ?? (data === undefined ? own('it could not be planned anew') : taskOf(data));
		} catch (error) {
			return say`it could not be planned anew: ${sentenceOf(error)}`;
		}
	};
	const drainOne = async (planned: Task, isFirst: boolean, lock: Lock | undefined): Promise<NodeEnd> => {
		const shown = shownName({name: planned.node});
		const task = isFirst ? planned : await replan(planned.node);
		if (typeof task === 'string') return {result: 'stopped', text: say`${shown} is left as it is: ${task}`, cordoned: false};
		const tell = tellOf(hands, task, journal.run);
		events.push(tell('DrainStarted', 'drain started'));
		const ended = await drainNode(task, {
			options: request.options,
			hands,
			running,
			lock,
			report: reporter.state,
			tell: ({waiting, line}) => {
				if (line !== undefined) reporter.line(line);
				if (waiting !== undefined) reporter.waiting(waiting);
			},
			replan: () => replan(task.node),
		});
		events.push(tell('DrainEnded', ended.text));
		return ended;
	};

	const locked = await lockFor(turns, hands, running, reporter.waiting);
	if (locked.is === 'refused') return {result: stop.aborted ? 'stopped' : 'failed', text: say`nothing was done: ${locked.why}`};
	let result: Outcome['result'] = 'done';
	try {
		for (const [at, task] of tasks.entries()) {
			if (stop.aborted || result !== 'done') {
				texts.push(say`not begun: ${join(turns.slice(at).map(name => shownName({name})))}`);
				if (result === 'done') result = 'stopped';
				break;
			}
			reporter.turn(task.node, task.leave.length);
			const ended = await drainOne(task, at === 0, locked.lock);
			result = ended.result;
			texts.push(ended.text);
			if (ended.cordoned) cordoned.push(task.node);
		}
	} finally {
		const ended = Promise.all([...events, locked.lock?.release()]);
		// A server that is away keeps nobody: the lock expires by itself.
		await Promise.race([ended, pause(lastWord, undefined, {ref: false})]);
	}
	return {
		result,
		text: join(texts, '; '),
		...(result === 'done' ? {} : {resume: ['midwatch', 'drain', '--resume', journal.run]}),
		...(cordoned.length === 0 ? {} : {rollBack: ['midwatch', 'uncordon', ...cordoned]}),
	};
}
