import type {Step} from '../../runbooks/runbook.ts';
import {isUnasked} from '../../runbooks/session/run-step.ts';
import {doingOf, runningStep, type Session, stateOfStep} from '../../runbooks/session/session.ts';
import {stepOf} from '../../runbooks/session/steps.ts';
import {atEnter} from '../../runbooks/walk/at-enter.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {rest, sayStep, type Walking, wish} from './walk.ts';

/** Whether a step runs without somebody who answers. */
export function runsByItself(session: Session, step: Step, yesReading: boolean): boolean {
	if (!yesReading || stateOfStep(session, step.id).is !== 'open') return false;
	return doingOf(session, step).is === 'wait' || isUnasked(session, step);
}

/** Walks a runbook as far as it goes without anybody; returns why it goes no further, or undefined at its end. */
export async function walkAlone(walking: Walking): Promise<SafeText | undefined> {
	const {signals, yesReading} = walking;
	let last: Step | undefined;
	for (;;) {
		const session = await rest(walking);
		const step = stepOf(session.runbook, session.at);
		// What still runs when all else rests goes on without us.
		if (session.over !== undefined || runningStep(session) !== undefined || step === undefined) return undefined;
		if (signals.signal.aborted) {
			await wish(walking, {is: 'leave'});
			return undefined;
		}
		if (atEnter(session, step) === 'finish') {
			await wish(walking, {is: 'finish'});
			return undefined;
		}
		sayStep(walking, step, last);
		last = step;
		if (!runsByItself(session, step, yesReading)) {
			await wish(walking, {is: 'leave'});
			return whyPerson(session, step, yesReading);
		}
		if (stateOfStep(await wish(walking, {is: 'run'}), step.id).is === 'open') return own('it could not be begun');
	}
}

function whyPerson(session: Session, step: Step, yesReading: boolean): SafeText {
	const {is} = stateOfStep(session, step.id);
	const doing = doingOf(session, step);
	if (is !== 'open') return say`step ${step.number} is ${own(is)}, and somebody has to say what becomes of it`;
	const reads = doing.is === 'wait' || isUnasked(session, step);
	if (reads && !yesReading) return say`step ${step.number} wants a yes: say --yes-reading to run what only reads`;
	return say`step ${step.number} wants a person`;
}
