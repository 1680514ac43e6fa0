import {safeText} from '../../cluster/safe-text.ts';
import type {Happening, Json} from '../../journal/entry.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {takenApart} from '../parameters.ts';
import type {Doing, Step} from '../runbook.ts';
import {elsewhere} from '../shell/elsewhere.ts';
import {whyNotWaited} from './condition.ts';
import {confirmation} from './confirmation.ts';
import type {Turn} from './event.ts';
import {type Asking, doingOf, type Session, stateOfStep} from './session.ts';
import {stepOf} from './steps.ts';
import {keep, refuse, stay} from './turn.ts';

/** Why a step cannot run as it stands; undefined where it can. */
export function whyNot(session: Session, step: Step): SafeText | undefined {
	const doing = doingOf(session, step);
	const {edited} = stateOfStep(session, step.id);
	if (doing.is === 'manual') return own('This is done by hand: do it, then mark it done.');
	if (step.toEdit !== undefined && edited === undefined) return say`It has to be edited first: ${step.toEdit}`;
	if (doing.is === 'wait') return whyNotWaited(doing.until, session.parameters);
	if (doing.is !== 'shell') return undefined;
	if (session.rules.readOnly !== undefined && doing.class !== 'reading') return session.rules.readOnly;
	const used = edited === undefined ? step.parameters : [];
	const missing = used.find(name => !Object.hasOwn(session.parameters, name));
	if (missing !== undefined) return say`$${safeText(missing, 60)} has no value yet.`;
	return used.map(name => takenApart(step, name, session.parameters[name] ?? '')).find(why => why !== undefined);
}

function detailOf(doing: Doing): Json {
	if (doing.is === 'shell') return {is: doing.is, script: doing.script, class: doing.class};
	return doing.is === 'midwatch' ? {is: doing.is, commands: doing.commands} : {is: doing.is};
}

function begin(session: Session, step: Step): Turn {
	const happening: Happening = {is: 'intent', step: step.id, title: step.title, detail: detailOf(doingOf(session, step))};
	return keep(session, happening);
}

/** Runs a step, or asks for what that takes. Our own actions ask for themselves. */
export function run(session: Session, step: Step): Turn {
	const why = whyNot(session, step);
	if (why !== undefined) return refuse(session, why);
	const doing = doingOf(session, step);
	if (doing.is !== 'shell') return begin(session, step);
	const isUnseen = stateOfStep(session, step.id).is === 'unknown';
	const {script, class: of, why: because} = doing;
	const leads = elsewhere(script);
	const confirm = confirmation(of, session.rules) ?? (isUnseen || leads.length > 0 ? {ask: 'yes'} : undefined);
	if (confirm === undefined) return begin(session, step);
	const asking: Asking = {step: step.id, script, class: of, why: because, confirm, isUnseen, elsewhere: leads};
	const {refused: _, ...rest} = session;
	return stay({...rest, asking});
}

/** Runs what was asked about, where the answer does. */
export function confirmed(session: Session, name: string | undefined): Turn {
	const {asking} = session;
	const step = asking && stepOf(session.runbook, asking.step);
	if (asking === undefined || step === undefined) return refuse(session, own('Nothing is asked for.'));
	const {confirm} = asking;
	if (confirm.ask === 'name' && name !== confirm.name)
		return refuse(session, say`Type ${safeText(confirm.name, 120)} to run it.`);
	return begin(session, step);
}

/** Whether a step runs without a question. */
export function isUnasked(session: Session, step: Step): boolean {
	const doing = doingOf(session, step);
	if (doing.is !== 'shell' || doing.class !== 'reading' || elsewhere(doing.script).length > 0) return false;
	return stateOfStep(session, step.id).is !== 'unknown' && whyNot(session, step) === undefined;
}

/** Runs the next of those that run one after the other, if there is one. */
export function runNext(session: Session): Turn {
	const [first = '', ...queue] = session.queue;
	const step = stepOf(session.runbook, first);
	return step === undefined ? stay({...session, queue: []}) : begin({...session, queue}, step);
}
