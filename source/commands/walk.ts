import type {Hands} from '../actions/hands.ts';
import {safeText} from '../cluster/safe-text.ts';
import type {Step} from '../runbooks/runbook.ts';
import type {Wish} from '../runbooks/session/event.ts';
import {runningStep, type Session, stateOfStep} from '../runbooks/session/session.ts';
import type {Walk} from '../runbooks/walk/open-walk.ts';
import {proseBetween, stepLines} from '../runbooks/walk/page.ts';
import {own, say} from '../vocabulary.ts';
import {newLines, nonePrinted} from './live-lines.ts';
import type {Mouth} from './mouth.ts';
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
export async function rest({walk: {live, closed}, mouth}: Walking): Promise<Session> {
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
export async function wish(walking: Walking, of: Wish): Promise<Session> {
	const {live} = walking.walk;
	live.wish(of);
	const session = await rest(walking);
	if (session.refused !== undefined) walking.mouth.say(session.refused);
	return session;
}

/** Says a step, with what stands between it and the one that was said last. */
export function sayStep({walk: {live}, mouth}: Walking, step: Step, last: Step | undefined): void {
	const session = live.session();
	const isOn = last === undefined || last.number < step.number;
	const prose = isOn ? proseBetween(session.runbook, last?.id, step.id) : [];
	for (const line of [...prose, own(''), ...stepLines(session, step)]) mouth.say(line);
}

/** Whether a step of a session has failed and nobody has said otherwise. */
export function hasFailed(session: Session): boolean {
	return [...session.steps.values()].some(({is}) => is === 'failed');
}
