import type {Hands} from '../../actions/hands.ts';
import type {Step} from '../../runbooks/runbook.ts';
import type {Wish} from '../../runbooks/session/event.ts';
import {runningStep, type Session} from '../../runbooks/session/session.ts';
import type {Walk} from '../../runbooks/walk/open-walk.ts';
import {proseBetween, stepLines} from '../../runbooks/walk/page.ts';
import {own} from '../../vocabulary.ts';
import type {Mouth} from '../mouth.ts';
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
	!session.keeping && session.queue.length === 0 && runningStep(session) === undefined;

/** Resolves when nothing runs and nothing is being written, or the walk is closed. */
export async function rest({walk: {live, closed}}: Walking): Promise<Session> {
	await new Promise<void>(resolve => {
		const end = () => {
			stop();
			resolve();
		};
		const look = () => {
			if (isAtRest(live.session())) end();
		};
		const stop = live.subscribe(look);
		void closed.then(end);
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
