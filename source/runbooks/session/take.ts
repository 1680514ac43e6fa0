import {safeText} from '../../cluster/safe-text.ts';
import type {Entry, Json} from '../../journal/entry.ts';
import type {CommandClass} from '../runbook.ts';
import {doingOf, type Edited, runningStep, type Session, type StepState, stateOfStep} from './session.ts';
import {stepOf, stepsOf} from './steps.ts';

/** What a note in the journal says beside its text. */
export type NoteDetail =
	| {readonly is: 'edited'; readonly script: string; readonly class: CommandClass; readonly why: string}
	| {readonly is: 'moved'};

const classes: ReadonlySet<unknown> = new Set<CommandClass>(['reading', 'changing', 'destructive', 'unknown']);

const fieldsOf = (detail: Json | undefined): Readonly<Record<string, Json | undefined>> =>
	typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? (detail as Readonly<Record<string, Json>>) : {};

function editedIn(detail: Json | undefined): Edited | undefined {
	const {is, script, class: of, why} = fieldsOf(detail);
	if (is !== 'edited' || typeof script !== 'string') return undefined;
	return {script, class: classes.has(of) ? (of as CommandClass) : 'unknown', why: safeText(typeof why === 'string' ? why : '')};
}

function withStep(session: Session, id: string, change: Partial<StepState>): Session {
	return {...session, steps: new Map(session.steps).set(id, {...stateOfStep(session, id), ...change})};
}

/** The next step that nothing was done about, from one on; the one itself where there is none. */
function nextOpen(session: Session, from: string): string {
	const steps = stepsOf(session.runbook).map(({id}) => id);
	return steps.slice(steps.indexOf(from) + 1).find(id => stateOfStep(session, id).is === 'open') ?? from;
}

function noted(session: Session, {text, step, detail}: Entry & {readonly is: 'noted'}): Session {
	if (step === undefined) return {...session, notes: [...session.notes, text]};
	if (fieldsOf(detail).is === 'moved') return {...session, at: step};
	const edited = editedIn(detail);
	// The new script has not been run, whatever became of the old one.
	if (edited !== undefined) return withStep(session, step, {edited, is: 'open', text: ''});
	return withStep(session, step, {notes: [...stateOfStep(session, step).notes, text]});
}

/** Taken up by another process. A command that changes something may go on without the one that began it; whatever else ran has no end that anybody saw. */
function resumed({over, ...session}: Session): Session {
	const going = over === undefined || over.result === 'stopped' ? session : {...session, over};
	const broken = stepOf(session.runbook, runningStep(session) ?? '');
	if (broken === undefined) return going;
	const doing = doingOf(session, broken);
	const goesOn = doing.is === 'shell' && doing.class !== 'reading';
	return goesOn ? going : withStep({...going, at: broken.id}, broken.id, {is: 'unknown', text: ''});
}

/** A session after something was written down in its journal; by nothing else does it get on. Pure. */
export function take(session: Session, entry: Entry): Session {
	switch (entry.is) {
		case 'began':
			return session;
		case 'resumed':
			return resumed(session);
		case 'intent': {
			const attempts = stateOfStep(session, entry.step).attempts + 1;
			return withStep({...session, at: entry.step}, entry.step, {is: 'running', text: '', attempts, at: entry.at, byHand: false});
		}
		case 'outcome': {
			const {step, result, text, at, detail} = entry;
			const after = withStep(session, step, {is: result, text, at, byHand: fieldsOf(detail).byHand === true});
			return result === 'done' || result === 'skipped' ? {...after, at: nextOpen(after, step)} : after;
		}
		case 'noted':
			return noted(session, entry);
		case 'ended':
			return {...session, queue: [], over: {result: entry.result, text: entry.text}};
	}
}
