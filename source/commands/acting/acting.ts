import {actionFor} from '../../actions/actions.ts';
import {guardAgainst} from '../../actions/guards.ts';
import type {Hands} from '../../actions/hands.ts';
import {openUndertaking} from '../../actions/open-undertaking.ts';
import {isRefused} from '../../actions/plan.ts';
import {planNow} from '../../actions/preparing.ts';
import type {ActionRequest} from '../../actions/request.ts';
import type {Stage, Undertaking} from '../../actions/undertaking.ts';
import {own, say} from '../../vocabulary.ts';
import type {Arguments} from '../arguments.ts';
import {Complaint} from '../complaint.ts';
import {withHands} from '../lending.ts';
import {type Mouth, mouthFor} from '../mouth.ts';
import {askedAnswer, flagsAnswer} from './answering.ts';
import {heed} from './heeding.ts';
import {outcomeData, planData} from './plan-data.ts';
import {followProgress, sayEnd, sayPlan} from './saying.ts';

type Flags = Arguments['flags'];

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

/** Answers for an action that something else has asked for, and says what happens, to its end. @throws Complaint */
export function answerFor(undertaking: Undertaking, hands: Hands, mouth: Mouth, signal: AbortSignal): Promise<Stage> {
	followProgress(undertaking, mouth);
	return converse(undertaking, hands, {}, mouth, signal);
}

function exitOf(stage: Stage, signal: number): number {
	if (stage.is === 'ended') return {done: 0, failed: 1, stopped: 3}[stage.outcome.result];
	if (stage.is === 'refused' && (stage.by === 'guard' || stage.by === 'request')) return 2;
	return signal === 0 ? 1 : 128 + signal;
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
		sayEnd(end, saidLast(), hands, mouth);
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
