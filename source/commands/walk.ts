import type {Hands} from '../actions/hands.ts';
import {safeText} from '../cluster/safe-text.ts';
import {sentenceOf} from '../cluster/sentence.ts';
import {allowChanges} from '../files/allowed.ts';
import type {Step} from '../runbooks/runbook.ts';
import type {Wish} from '../runbooks/session/event.ts';
import {isUnasked} from '../runbooks/session/run-step.ts';
import {doingOf, runningStep, type Session, stateOfStep} from '../runbooks/session/session.ts';
import {stepOf, stepsOf} from '../runbooks/session/steps.ts';
import {classify} from '../runbooks/shell/classify.ts';
import {atEnter, stepAfter} from '../runbooks/walk/at-enter.ts';
import {whyUnchanged} from '../runbooks/walk/guarded.ts';
import type {Walk} from '../runbooks/walk/open-walk.ts';
import {proseBetween, stepLines} from '../runbooks/walk/page.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {editScript} from './edit-script.ts';
import {newLines, nonePrinted} from './live-lines.ts';
import type {Mouth} from './mouth.ts';
import {answers, type Letter, question, readAnswer} from './walk-answer.ts';
import type {WalkSignals} from './walk-signals.ts';

/** How a runbook is walked line by line. */
export type Walking = {
	readonly walk: Walk;
	readonly hands: Hands;
	readonly mouth: Mouth;
	readonly signals: WalkSignals;
	/** What only reads needs no question. */
	readonly yesReading: boolean;
};

const isAtRest = (session: Session): boolean =>
	session.over !== undefined || (!session.keeping && session.queue.length === 0 && runningStep(session) === undefined);

/** Resolves when nothing runs and nothing is being written, or the walk is closed; meanwhile says what commands print. */
async function rest({walk: {live, closed}, mouth}: Walking): Promise<Session> {
	let printed = nonePrinted;
	let running: string | undefined;
	const follow = (session: Session) => {
		const now = runningStep(session);
		if (now !== running) printed = nonePrinted;
		running = now;
		if (now === undefined) return;
		const next = newLines(printed, live.seen(), false);
		printed = next.printed;
		for (const line of next.news) mouth.say(say`  | ${line}`);
	};
	const flush = (before: Session, session: Session) => {
		const was = runningStep(before);
		if (was === undefined || runningStep(session) === was) return;
		const {is, text} = stateOfStep(session, was);
		for (const line of newLines(printed, live.seen(), true).news) mouth.say(say`  | ${line}`);
		mouth.say(say`  ${own(is)}${own(text === '' ? '' : ': ')}${safeText(text, 400)}`);
	};
	await new Promise<void>(resolve => {
		let before = live.session();
		const look = () => {
			const session = live.session();
			flush(before, session);
			follow(session);
			before = session;
			if (!isAtRest(session)) return;
			stop();
			resolve();
		};
		const stop = live.subscribe(look);
		void closed.then(() => {
			stop();
			resolve();
		});
		look();
	});
	return live.session();
}

/** Fulfils a wish, and says why where it is not. */
async function wish(walking: Walking, of: Wish): Promise<Session> {
	const {live} = walking.walk;
	live.wish(of);
	const session = await rest(walking);
	if (session.refused !== undefined) walking.mouth.say(session.refused);
	return session;
}

/** Says a step, with what stands between it and the one that was said last. */
function sayStep({walk: {live}, mouth}: Walking, step: Step, last: Step | undefined): void {
	const session = live.session();
	const isOn = last === undefined || last.number < step.number;
	const prose = isOn ? proseBetween(session.runbook, last?.id, step.id) : [];
	for (const line of [...prose, own(''), ...stepLines(session, step)]) mouth.say(line);
}

/** Whether what a runbook changes is allowed here, now; asks where nobody ever said so. */
async function isAllowed({hands, mouth, signals}: Walking): Promise<boolean> {
	const held = await whyUnchanged(hands);
	if (held === undefined) return true;
	mouth.say(held.why);
	if (!held.allow) return false;
	if ((await mouth.ask(own('Allow them from now on? (yes/no) '), signals.signal)) !== 'yes') return false;
	await allowChanges(hands.environment, hands.place);
	return true;
}

/** Runs a step that somebody said yes to, with all that has to be asked before. */
async function runStep(walking: Walking, step: Step): Promise<void> {
	const {live} = walking.walk;
	const {mouth, signals} = walking;
	const doing = doingOf(live.session(), step);
	if (doing.is === 'shell' && doing.class !== 'reading' && !(await isAllowed(walking))) return;
	const {asking} = await wish(walking, {is: 'run'});
	if (asking === undefined) return;
	const {confirm} = asking;
	if (confirm.ask === 'yes') {
		await wish(walking, {is: 'confirm'});
		return;
	}
	const name = await mouth.ask(say`Type ${safeText(confirm.name, 253)} to run it, for ${confirm.why}: `, signals.signal);
	await wish(walking, name === undefined || name === '' ? {is: 'decline'} : {is: 'confirm', name});
}

async function edit(walking: Walking, step: Step): Promise<void> {
	const {walk, mouth, signals} = walking;
	const doing = doingOf(walk.live.session(), step);
	const script = await editScript(doing.is === 'shell' ? doing.script : '', walk.folder, mouth, signals.signal);
	if (script === undefined) return;
	await wish(walking, {is: 'edit', script, ...classify(script)});
}

/** What was written after a letter, or what is answered when it is asked for. */
async function wording({mouth, signals}: Walking, rest: string, ask: string): Promise<string | undefined> {
	if (rest !== '') return rest;
	const said = await mouth.ask(own(ask), signals.signal);
	return said === '' ? undefined : said;
}

/** Does what a letter asks for at a step. */
async function obey(walking: Walking, step: Step, letter: Letter, more: string): Promise<void> {
	const {walk, mouth} = walking;
	const steps = stepsOf(walk.live.session().runbook);
	switch (letter) {
		case 'y':
		case 'r':
			return runStep(walking, step);
		case 'e':
			return edit(walking, step);
		case 'b':
			return void (await wish(walking, {is: 'back'}));
		case 'a':
			return void (await wish(walking, {is: 'run reading'}));
		case 'q':
			return void (await wish(walking, {is: 'leave'}));
		case 'd':
			return void (await wish(walking, {is: 'mark', result: 'done', text: more === '' ? 'done by hand' : more}));
		case 'g': {
			const to = steps.find(({number}) => String(number) === more);
			if (to === undefined) mouth.say(say`There are steps 1 to ${steps.length}.`);
			else await wish(walking, {is: 'go', to: to.id});
			return;
		}
		case 's': {
			const reason = await wording(walking, more, 'Why is it skipped? ');
			if (reason !== undefined) await wish(walking, {is: 'skip', reason});
			return;
		}
		case 'n': {
			const text = await wording(walking, more, 'Note: ');
			if (text !== undefined) await wish(walking, {is: 'note', text});
			return;
		}
		case 'x': {
			const reason = await wording(walking, more, 'Why is it given up? ');
			if (reason !== undefined) await wish(walking, {is: 'abandon', reason});
			return;
		}
		case '?':
			for (const [key, means] of Object.entries(answers)) mouth.say(own(`  ${key}  ${means}`));
	}
}

/** Does what enter alone asks for at a step. */
async function enter(walking: Walking, step: Step): Promise<void> {
	const session = walking.walk.live.session();
	switch (atEnter(session, step)) {
		case 'run':
			return runStep(walking, step);
		case 'done':
			return void (await wish(walking, {is: 'mark', result: 'done', text: 'done by hand'}));
		case 'finish':
			return void (await wish(walking, {is: 'finish'}));
		case 'next': {
			return void (await wish(walking, {is: 'go', to: stepAfter(session, step)?.id ?? step.id}));
		}
		case 'nothing':
	}
}

/** Whether a step runs without somebody who answers. */
function runsByItself(session: Session, step: Step, yesReading: boolean): boolean {
	if (!yesReading || stateOfStep(session, step.id).is !== 'open') return false;
	return doingOf(session, step).is === 'wait' || isUnasked(session, step);
}

/** Walks a runbook with the person at the terminal, until it is over or left. */
export async function walkWithPerson(walking: Walking): Promise<void> {
	const {walk, mouth, signals, yesReading} = walking;
	let last: Step | undefined;
	let said: Session | undefined;
	for (;;) {
		const session = await rest(walking);
		const step = stepOf(session.runbook, session.at);
		if (session.over !== undefined || walk.live.session() !== session || step === undefined) return;
		if (signals.signal.aborted) return void (await wish(walking, {is: 'leave'}));
		if (said === undefined || step.id !== last?.id || said.steps !== session.steps) sayStep(walking, step, last);
		[last, said] = [step, session];
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

/** Walks a runbook as far as it goes without anybody; returns why it goes no further, or undefined at its end. */
export async function walkAlone(walking: Walking): Promise<SafeText | undefined> {
	const {signals, yesReading} = walking;
	let last: Step | undefined;
	for (;;) {
		const session = await rest(walking);
		const step = stepOf(session.runbook, session.at);
		if (session.over !== undefined || step === undefined) return undefined;
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

/** Whether a step of a session has failed and nobody has said otherwise. */
export function hasFailed(session: Session): boolean {
	return [...session.steps.values()].some(({is}) => is === 'failed');
}

/** Goes to a step by its number. */
export async function goToStep(walking: Walking, number: number): Promise<SafeText | undefined> {
	const {live} = walking.walk;
	const steps = stepsOf(live.session().runbook);
	const to = steps.find(step => step.number === number);
	if (to === undefined) return say`This runbook has no step ${number}; there are ${steps.length}.`;
	await rest(walking);
	await wish(walking, {is: 'go', to: to.id});
	return undefined;
}
