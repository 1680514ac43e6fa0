import type {Scenario, Stage} from '../model.ts';
import {lived} from './lived.ts';
import {setSession} from './session.ts';

const host = 'pi4-2';
const everySeconds = 210;
const downSeconds = 20;

/** Forty minutes of it are over at the start, four hours are to come. */
const resets = Array.from({length: 80}, (_, index) => (index - 11) * everySeconds + (index % 3) * 15 - 150);

/** A bad cable: a session resets every few minutes and is up again half a minute later. */
export const sessionFlapping: Scenario = {
	id: 'session-flapping',
	title: 'A session comes and goes',
	description: `the session of ${host} resets every three to four minutes, and has done so for forty minutes`,
	worlds: ['homelab'],
	steps: lived(
		resets.flatMap(at => [
			{at, what: 'the session resets', act: (stage: Stage, now: number) => setSession(stage, host, 'active', now)},
			{at: at + downSeconds, what: 'it is built anew', act: (stage: Stage, now: number) => setSession(stage, host, 'idle', now)},
		]),
	),
};
