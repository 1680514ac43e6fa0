import type {Json} from '../../journal/entry.ts';
import {own, say} from '../../vocabulary.ts';
import type {Turn, Wish} from './event.ts';
import {confirmed, isUnasked, run, runNext} from './run-step.ts';
import {runningStep, type Session, stateOfStep} from './session.ts';
import {restOfPhase, stepOf, stepsOf} from './steps.ts';
import type {NoteDetail} from './take.ts';
import {keep, refuse, stay} from './turn.ts';

function noteStep(session: Session, step: string, text: string, detail: NoteDetail): Turn {
	return keep(session, {is: 'noted', step, text, detail: detail as Json});
}

function goTo(session: Session, to: string | undefined): Turn {
	return to === undefined || to === session.at ? stay(session) : noteStep(session, to, 'went to it', {is: 'moved'});
}

function byHand(session: Session, result: 'done' | 'failed' | 'skipped', text: string): Turn {
	return keep(session, {is: 'outcome', step: session.at, result, text, detail: {byHand: true}});
}

function runReading(session: Session): Turn {
	const queue = restOfPhase(session.runbook, session.at).filter(step => isUnasked(session, step));
	if (queue.length === 0) return refuse(session, own('There is no reading step left in this phase.'));
	return runNext({...session, queue: queue.map(({id}) => id)});
}

/** `3 done, 1 skipped, 2 open` */
function tally(session: Session): string {
	const states = Map.groupBy(stepsOf(session.runbook), ({id}) => stateOfStep(session, id).is);
	return [...states].map(([is, some]) => `${some.length} ${is}`).join(', ');
}

function atRest(session: Session, wish: Wish): Turn {
	const steps = stepsOf(session.runbook);
	const step = stepOf(session.runbook, session.at);
	if (step === undefined) return refuse(session, own('This runbook has no steps.'));
	switch (wish.is) {
		case 'go':
			return goTo(session, stepOf(session.runbook, wish.to)?.id);
		case 'back':
			return goTo(session, steps[steps.indexOf(step) - 1]?.id);
		case 'run':
			return run(session, step);
		case 'run reading':
			return runReading(session);
		case 'confirm':
			return confirmed(session, wish.name);
		case 'decline': {
			const {asking: _, ...rest} = session;
			return stay(rest);
		}
		case 'skip':
			return wish.reason.trim() === '' ? refuse(session, own('Say why it is skipped.')) : byHand(session, 'skipped', wish.reason);
		case 'mark':
			return byHand(session, wish.result, wish.text);
		case 'edit': {
			const {script, class: of, why} = wish;
			return noteStep(session, step.id, 'edited', {is: 'edited', script, class: of, why});
		}
		case 'leave':
			return keep(session, {is: 'ended', result: 'stopped', text: say`stopped at step ${step.number}, ${step.title}`});
		case 'abandon':
			return keep(session, {is: 'ended', result: 'skipped', text: `abandoned: ${wish.reason}`});
		case 'finish':
			return keep(session, {is: 'ended', result: 'done', text: tally(session)});
		case 'note':
		case 'stop':
			return stay(session);
	}
}

/** What becomes of a wish. Pure. */
export function wished(session: Session, wish: Wish): Turn {
	const running = runningStep(session);
	if (session.over !== undefined) return refuse(session, own('This session is over.'));
	if (wish.is === 'stop') return {session: {...session, queue: []}, effects: running === undefined ? [] : [{is: 'stop'}]};
	if (session.keeping) return refuse(session, own('A moment: something is being written down.'));
	if (wish.is === 'note') return keep(session, {is: 'noted', step: session.at, text: wish.text});
	if (running !== undefined) return refuse(session, own('A step is running: wait for its end, or stop it.'));
	return atRest(session, wish);
}
