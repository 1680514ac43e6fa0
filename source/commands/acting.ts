import {Unplanned} from '../actions/action.ts';
import {actionFor} from '../actions/actions.ts';
import {guardAgainst} from '../actions/guards.ts';
import type {Hands} from '../actions/hands.ts';
import {openUndertaking} from '../actions/open-undertaking.ts';
import {isRefused, type Plan} from '../actions/plan.ts';
import {planNow} from '../actions/preparing.ts';
import type {ActionRequest} from '../actions/request.ts';
import {planLines} from '../actions/tell.ts';
import type {Stage, Undertaking} from '../actions/undertaking.ts';
import {connect} from '../cluster/line/connect.ts';
import {safeText} from '../cluster/safe-text.ts';
import {commandLine} from '../shell-word.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {askedAnswer, flagsAnswer} from './answering.ts';
import type {Arguments} from './arguments.ts';
import {Complaint} from './complaint.ts';
import {handsOn} from './hands.ts';
import {heed} from './heeding.ts';
import {type Mouth, mouthFor} from './mouth.ts';
import {outcomeData, planData} from './plan-data.ts';
import {nothingPrinted, progressLines} from './progress-lines.ts';
import {chooseTarget} from './target.ts';

declare const MIDWATCH_VERSION: string;

type Flags = Arguments['flags'];

const sayPlan = (plan: Plan, {context, place}: Hands, {say: tell, width}: Mouth): void => {
	tell(say`${safeText(context, 120)} (${safeText(place.server, 200)})`);
	for (const line of planLines(plan, width)) tell(line);
};

/** Shows what would be done; the exit code is the one that doing it would begin with. */
async function rehearse(request: ActionRequest, hands: Hands, flags: Flags): Promise<number> {
	const plan = await planNow(actionFor(request), hands);
	const guard = guardAgainst(request.is, hands);
	const exit = guard !== undefined ? 2 : isRefused(plan) ? 1 : 0;
	if (flags.output === 'json') process.stdout.write(planData(plan, guard, hands, exit));
	else {
		const mouth = mouthFor(flags);
		sayPlan(plan, hands, mouth);
		if (guard !== undefined) mouth.say(guard);
	}
	return exit;
}

/** Resolves when somebody has to say yes, or it is over. */
function nextQuestion({stage, subscribe}: Undertaking): Promise<Stage> {
	const isNext = () => ['planned', 'refused', 'ended'].includes(stage().is);
	return new Promise(resolve => {
		const look = () => {
			if (!isNext()) return;
			stop();
			resolve(stage());
		};
		const stop = subscribe(look);
		look();
	});
}

/** Says what happens, as it happens. Returns what was said last of it. */
function followProgress({stage, subscribe}: Undertaking, {say: tell}: Mouth): () => SafeText | undefined {
	let printed = nothingPrinted;
	subscribe(() => {
		const now = stage();
		if (now.is !== 'running' || now.progress === undefined) return;
		const next = progressLines(printed, now.progress);
		printed = next.printed;
		for (const line of next.news) tell(line);
	});
	return () => printed.lines.at(-1);
}

/** So often a yes that was said beforehand is taken for one to what it has become. */
const mostRounds = 5;

/** Answers until it runs, and follows it to its end. */
async function converse(undertaking: Undertaking, hands: Hands, flags: Flags, mouth: Mouth, signal: AbortSignal): Promise<Stage> {
	for (let round = 0; ; round++) {
		const stage = await nextQuestion(undertaking);
		if (stage.is !== 'planned') return stage;
		if (round >= mostRounds && flags.yes === true)
			throw new Complaint(`${stage.plan.title} changes while it is planned; try again.`, 1);
		if (round === 0 || stage.changed.length > 0) sayPlan(stage.plan, hands, mouth);
		if (stage.changed.length > 0) mouth.say(own('It is not as it was when you said yes:'));
		for (const change of stage.changed) mouth.say(say`  - ${change}`);
		const answer = mouth.answers ? await askedAnswer(stage, flags, mouth, signal) : flagsAnswer(stage, flags);
		const wrong = answer === undefined ? undefined : undertaking.confirm(answer);
		if (answer === undefined) undertaking.stop();
		else if (wrong !== undefined && (!mouth.answers || flags.confirm !== undefined)) throw new Complaint(wrong, 2);
		else if (wrong !== undefined) mouth.say(wrong);
	}
}

function exitOf(stage: Stage, signal: number): number {
	if (stage.is === 'ended') return {done: 0, failed: 1, stopped: 3}[stage.outcome.result];
	if (stage.is === 'refused' && (stage.by === 'guard' || stage.by === 'request')) return 2;
	return signal === 0 ? 1 : 128 + signal;
}

function sayEnd(stage: Stage, saidLast: SafeText | undefined, {say: tell}: Mouth): void {
	if (stage.is === 'refused') tell(stage.why);
	if (stage.is !== 'ended') return;
	const {run, outcome} = stage;
	if (outcome.text !== saidLast) tell(outcome.text);
	const ways = [
		['to go on', outcome.resume],
		['to take it back', outcome.rollBack],
		['what was done', run === '' ? undefined : ['midwatch', 'journal', 'show', run]],
	] as const;
	for (const [what, words] of ways) {
		const line = words && commandLine(words);
		if (line !== undefined) tell(say`${own(what)}: ${line}`);
	}
}

async function carryOut(request: ActionRequest, hands: Hands, flags: Flags): Promise<number> {
	const mouth = mouthFor(flags);
	const undertaking = openUndertaking(request, hands, actionFor);
	const saidLast = followProgress(undertaking, mouth);
	const heeding = heed(undertaking, mouth);
	try {
		const end = await converse(undertaking, hands, flags, mouth, heeding.signal);
		const exit = exitOf(end, heeding.by());
		if (flags.output === 'json') process.stdout.write(outcomeData(end, hands, exit));
		if (end.is === 'refused' && exit === 2) throw new Complaint(end.why, exit);
		sayEnd(end, saidLast(), mouth);
		return exit;
	} catch (error) {
		undertaking.stop();
		throw error;
	} finally {
		heeding.close();
	}
}

/**
 * Does what a command line asks for: plans it, asks, follows it to its end. Returns the exit code: 0 done, 1 failed or refused
 * by preflight, 3 stopped and resumable, 128 and the signal where it was given up.
 * @throws Complaint (2) where it is asked for wrongly, a guard refuses it, or nobody has said yes
 */
export function act(request: ActionRequest, flags: Flags): Promise<number> {
	return withHands(flags, hands => (flags['dry-run'] === true ? rehearse : carryOut)(request, hands, flags));
}

/**
 * Lends hands on the cluster that the flags name.
 * @throws Complaint (2) where what is asked for cannot be planned
 */
export async function withHands<T>(flags: Flags, work: (hands: Hands) => Promise<T>): Promise<T> {
	const target = await chooseTarget(flags, 2);
	const transport = connect(target, {version: MIDWATCH_VERSION, interactive: process.stdin.isTTY});
	transport.open();
	try {
		const hands = await handsOn(
			{
				target,
				transport,
				now: () => Date.now() + transport.line().skew,
				demo: undefined,
				readOnly: flags['read-only'] === true,
				from: 'command line',
				namedFile: flags.kubeconfig !== undefined,
			},
			process.env,
		);
		return await work(hands);
	} catch (error) {
		throw error instanceof Unplanned ? new Complaint(error.sentence, 2) : error;
	} finally {
		transport.close();
	}
}
