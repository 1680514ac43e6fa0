import {safeText} from '../cluster/safe-text.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import type {Outcome, Progress} from './action.ts';
import {changesOf} from './compare.ts';
import {isRefused, type Plan} from './plan.ts';
import type {Answer, RefusedBy, Stage} from './undertaking.ts';

/** What happened to an undertaking. */
export type Event =
	/** `allow`: changes were never allowed on this cluster, in words. */
	| {readonly is: 'planned'; readonly plan: Plan; readonly allow?: SafeText}
	| {readonly is: 'refused'; readonly by: RefusedBy; readonly why: SafeText}
	| {readonly is: 'confirmed'; readonly answer: Answer}
	| {readonly is: 'permitted'}
	/** The journal is open. */
	| {readonly is: 'begun'; readonly run: string}
	| {readonly is: 'progressed'; readonly progress: Progress}
	| {readonly is: 'stopped'}
	| {readonly is: 'ended'; readonly outcome: Outcome};

/** What is to be done next; each but `abort` and `abandon` is answered by an event. */
export type Effect =
	/** `allowing`: keep first that changes are allowed on this cluster. */
	| {readonly is: 'plan'; readonly allowing: boolean}
	/** Ask the server for each deed. */
	| {readonly is: 'ask'; readonly plan: Plan}
	/** Open the journal. */
	| {readonly is: 'begin'; readonly plan: Plan}
	| {readonly is: 'run'; readonly plan: Plan}
	/** Tell the action to stop at the next safe point. */
	| {readonly is: 'abort'}
	/** Close a journal that was opened for nothing. */
	| {readonly is: 'abandon'};

/** Where it stands now, and what is to be done about it. */
export type Step = {readonly stage: Stage; readonly effects: readonly Effect[]};

const stay = (stage: Stage): Step => ({stage, effects: []});

const go = (stage: Stage, ...effects: readonly Effect[]): Step => ({stage, effects});

/** It ends here, before anything was changed. */
const refused = (title: SafeText, by: RefusedBy, why: SafeText, plan?: Plan): Step =>
	stay({is: 'refused', title, by, why, ...(plan === undefined ? {} : {plan})});

const givenUp = (title: SafeText, plan?: Plan): Step => refused(title, 'person', own('given up; nothing was changed'), plan);

/** The beginning: planned at once, unless a guard refuses it. */
export function begin(title: SafeText, guard: SafeText | undefined): Step {
	if (guard !== undefined) return refused(title, 'guard', guard);
	return go({is: 'planning', title}, {is: 'plan', allowing: false});
}

/** What preflight says to it: nothing to do, not like this, or ask. */
function planned(plan: Plan, changed: readonly SafeText[], allow: SafeText | undefined): Step {
	if (plan.done !== undefined) return stay({is: 'ended', plan, run: '', outcome: {result: 'done', text: plan.done}});
	if (isRefused(plan)) return refused(plan.title, 'preflight', refusalOf(plan), plan);
	return stay({is: 'planned', plan, changed, ...(allow === undefined ? {} : {allow})});
}

function refusalOf({concerns}: Plan): SafeText {
	const [first, ...more] = concerns.filter(({weight}) => weight === 'refuses');
	const others = more.length === 0 ? own('') : say` (and ${more.length} more)`;
	return first === undefined ? own('refused by preflight') : say`${first.text}${others}`;
}

function plannedAgain(before: Plan, {plan, allow}: Extract<Event, {is: 'planned'}>): Step {
	const changed = changesOf(before, plan);
	const isSame = changed.length === 0 && allow === undefined && plan.done === undefined && !isRefused(plan);
	return isSame ? go({is: 'starting', plan}, {is: 'ask', plan}) : planned(plan, changed, allow);
}

function whileStarting(stage: Extract<Stage, {is: 'starting'}>, event: Event): Step {
	const {plan} = stage;
	if (event.is === 'planned') return plannedAgain(plan, event);
	if (event.is === 'permitted') return go(stage, {is: 'begin', plan});
	if (event.is === 'begun') {
		return go({is: 'running', plan, run: event.run, progress: undefined, stopping: false}, {is: 'run', plan});
	}
	if (event.is === 'refused') return refused(plan.title, event.by, event.why, plan);
	return event.is === 'stopped' ? givenUp(plan.title, plan) : stay(stage);
}

function whileRunning(stage: Extract<Stage, {is: 'running'}>, event: Event): Step {
	if (event.is === 'progressed') return stay(event.progress === stage.progress ? stage : {...stage, progress: event.progress});
	if (event.is === 'stopped') return stage.stopping ? stay(stage) : go({...stage, stopping: true}, {is: 'abort'});
	if (event.is !== 'ended') return stay(stage);
	return stay({is: 'ended', plan: stage.plan, run: stage.run, outcome: event.outcome});
}

/** What comes of an event. Pure; the same stage where it means nothing. */
export function reduce(stage: Stage, event: Event): Step {
	if (stage.is === 'starting') return whileStarting(stage, event);
	if (stage.is === 'running') return whileRunning(stage, event);
	if (stage.is === 'planning') {
		if (event.is === 'planned') return planned(event.plan, [], event.allow);
		if (event.is === 'refused') return refused(stage.title, event.by, event.why);
		return event.is === 'stopped' ? givenUp(stage.title) : stay(stage);
	}
	if (stage.is === 'planned') {
		const {plan} = stage;
		if (event.is === 'confirmed') return go({is: 'starting', plan}, {is: 'plan', allowing: event.answer.allow === true});
		return event.is === 'stopped' ? givenUp(plan.title, plan) : stay(stage);
	}
	return event.is === 'begun' ? go(stage, {is: 'abandon'}) : stay(stage);
}

/** What is wrong with an answer to where it stands; undefined where it does. */
export function wrongWith(stage: Stage, {name, allow}: Answer): SafeText | undefined {
	if (stage.is !== 'planned') return own('There is nothing to say yes to at the moment.');
	if (stage.allow !== undefined && allow !== true) return stage.allow;
	const {confirm} = stage.plan;
	if (confirm.ask === 'yes' || confirm.name === name) return undefined;
	const typed = name === undefined || name === '' ? own('nothing') : say`"${safeText(name, 253)}"`;
	return say`Type ${safeText(confirm.name, 253)} exactly, not ${typed}.`;
}

/** Whether it changes something, or is about to. */
export const isUnderWay = ({is}: Stage): boolean => is === 'starting' || is === 'running';

/** Whether it is over. */
export const isOver = ({is}: Stage): boolean => is === 'refused' || is === 'ended';
