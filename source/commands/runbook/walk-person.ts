import {sentenceOf} from '../../cluster/sentence.ts';
import type {Step} from '../../runbooks/runbook.ts';
import {type Edited, runningStep, stateOfStep} from '../../runbooks/session/session.ts';
import {stepOf} from '../../runbooks/session/steps.ts';
import {own} from '../../vocabulary.ts';
import {rest, sayStep, type Walking, wish} from './walk.ts';
import {runsByItself} from './walk-alone.ts';
import {question, readAnswer} from './walk-answer.ts';
import {enter, obey} from './walk-obey.ts';

/** Walks a runbook with the person at the terminal, until it is over or left. */
export async function walkWithPerson(walking: Walking): Promise<void> {
	const {mouth, signals, yesReading} = walking;
	let last: Step | undefined;
	let edited: Edited | undefined;
	for (;;) {
		const session = await rest(walking);
		const step = stepOf(session.runbook, session.at);
		// What still runs when all else rests goes on without us.
		if (session.over !== undefined || runningStep(session) !== undefined || step === undefined) return;
		if (signals.signal.aborted) return void (await wish(walking, {is: 'leave'}));
		const script = stateOfStep(session, step.id).edited;
		if (step !== last || script !== edited) sayStep(walking, step, last);
		[last, edited] = [step, script];
		if (runsByItself(session, step, yesReading)) {
			await wish(walking, {is: 'run'});
			continue;
		}
		const line = await mouth.ask(question(session, step), signals.signal);
		if (line === undefined) {
			if (signals.by() === 0) mouth.say(own(''));
			return void (await wish(walking, {is: 'leave'}));
		}
		const answer = readAnswer(line);
		if (answer === undefined) mouth.say(own('? tells what can be answered.'));
		else if (answer.letter === '') await enter(walking, step);
		else await obey(walking, step, answer.letter, answer.rest).catch((error: unknown) => mouth.say(sentenceOf(error)));
	}
}
