import type {Step} from '../runbook.ts';
import {isUnasked} from '../session/run-step.ts';
import {doingOf, type Session, stateOfStep} from '../session/session.ts';
import {stepsOf} from '../session/steps.ts';

/** What enter alone does at a step: only what changes nothing. */
export type AtEnter = 'run' | 'done' | 'next' | 'finish' | 'nothing';

const isSeenTo = (session: Session, {id}: Step): boolean => ['done', 'skipped'].includes(stateOfStep(session, id).is);

/** What enter alone does at a step of a session: `finish` where nothing is left to be done. */
export function atEnter(session: Session, step: Step): AtEnter {
	const {is} = stateOfStep(session, step.id);
	if (isSeenTo(session, step)) return stepsOf(session.runbook).every(each => isSeenTo(session, each)) ? 'finish' : 'next';
	if (is !== 'open') return 'nothing';
	const doing = doingOf(session, step);
	if (doing.is === 'manual') return 'done';
	return doing.is !== 'shell' || isUnasked(session, step) ? 'run' : 'nothing';
}

/** The step that is gone on to from one that was seen to: the next that was not, from here on and then from the beginning. */
export function stepAfter(session: Session, {id}: Step): Step | undefined {
	const steps = stepsOf(session.runbook);
	const at = steps.findIndex(step => step.id === id);
	return [...steps.slice(at + 1), ...steps.slice(0, at)].find(step => !isSeenTo(session, step));
}
