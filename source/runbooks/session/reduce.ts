import type {Entry} from '../../journal/entry.ts';
import type {Event, Turn} from './event.ts';
import {runNext} from './run-step.ts';
import {doingOf, runningStep, type Session, stateOfStep} from './session.ts';
import {stepOf} from './steps.ts';
import {take} from './take.ts';
import {keep, stay} from './turn.ts';
import {wished} from './wish.ts';

/** A step that was begun is done, and not before the disk has its intent; one that runs without us is followed. */
function going(session: Session, is: 'perform' | 'follow'): Turn {
	const step = stepOf(session.runbook, runningStep(session) ?? '');
	if (step === undefined) return stay(session);
	return {session, effects: [{is, step, doing: doingOf(session, step), attempt: stateOfStep(session, step.id).attempts}]};
}

function kept(before: Session, entry: Entry): Turn {
	const session: Session = {...take(before, entry), keeping: false};
	switch (entry.is) {
		case 'intent':
			return going(session, 'perform');
		case 'resumed':
			return going(session, 'follow');
		case 'outcome':
			return entry.result === 'done' || entry.result === 'failed' ? runNext(session) : stay({...session, queue: []});
		case 'ended':
			return {session, effects: [{is: 'close'}]};
		case 'began':
		case 'noted':
			return stay(session);
	}
}

/** One event of a session: how it stands then, and what is to be done. Pure. */
export function reduce(session: Session, event: Event): Turn {
	switch (event.is) {
		case 'kept':
			return kept(session, event.entry);
		case 'not kept':
			return stay({...session, keeping: false, queue: [], refused: event.why});
		case 'performed': {
			const {step, result, text, detail} = event;
			return keep(session, {is: 'outcome', step, result, text, ...(detail === undefined ? {} : {detail})});
		}
		default:
			return wished(session, event);
	}
}
