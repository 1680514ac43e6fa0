import type {LiveSession} from '../../runbooks/session/open-session.ts';
import {runningStep} from '../../runbooks/session/session.ts';
import {own} from '../../vocabulary.ts';
import type {Mouth} from '../mouth.ts';

const signals = {SIGHUP: 1, SIGINT: 2, SIGTERM: 15} as const;

/** The signals that are listened to while a runbook is walked. */
export type WalkSignals = {
	/** Aborted when the walk is to be left. */
	readonly signal: AbortSignal;
	/** The number of the signal that leaves it; 0 for none. */
	readonly by: () => number;
	readonly close: () => void;
};

/**
 * An interrupt stops the step that runs, and leaves the walk where none does; the second one, and all other signals, break it
 * off at once: what only reads ends with it, what changes something comes to its end. While the terminal is lent to a command,
 * interrupts are the command's.
 */
export function heedWalk(live: LiveSession, {say}: Mouth, isLent: () => boolean): WalkSignals {
	const leaving = new AbortController();
	let [by, isStopping] = [0, false];
	const leave = (number: number) => {
		by = number;
		if (runningStep(live.session()) !== undefined) live.close();
		leaving.abort();
	};
	const take = (signal: NodeJS.Signals) => {
		// Whoever has the terminal is interrupted, too, and does what it does then.
		if (signal === 'SIGINT' && isLent()) return;
		const number = signals[signal as keyof typeof signals];
		if (by !== 0) process.exit(128 + number);
		const running = runningStep(live.session());
		if (signal !== 'SIGINT' || running === undefined || isStopping) return leave(number);
		isStopping = true;
		say(own('stopping it; once more leaves at once'));
		live.wish({is: 'stop'});
	};
	const stop = live.subscribe(() => {
		if (runningStep(live.session()) === undefined) isStopping = false;
	});
	const names = Object.keys(signals) as (keyof typeof signals)[];
	for (const name of names) process.on(name, take);
	return {
		signal: leaving.signal,
		by: () => by,
		close: () => {
			stop();
			for (const name of names) process.off(name, take);
		},
	};
}
