import {type Health, own, type SafeText, type SourceState, say} from '../../vocabulary.ts';
import {age, ageTurns} from '../../words.ts';

/** A state in words: short for the title (`stale 35m`), long for the line above the rows. Live says nothing. */
export type StateWords = {readonly badge?: SafeText; readonly sentence?: SafeText; readonly health: Health};

const every = (milliseconds: number): SafeText => own(`${Math.round(milliseconds / 1000)}s`);

/** What a pane says of its source at `now` (epoch ms). */
export function stateWords(state: SourceState, now: number): StateWords {
	switch (state.is) {
		case 'live':
			return {health: 'ok'};
		case 'loading': {
			const {waitingFor} = state;
			return {badge: own('loading'), sentence: waitingFor ?? own('loading'), health: 'idle'};
		}
		case 'polled': {
			const late = now - state.asOf > 2 * state.every;
			if (!late) return {badge: say`polled every ${every(state.every)}`, health: 'ok'};
			const old = age(state.asOf, now);
			return {badge: say`polled ${old} ago`, sentence: say`no answer for ${old}`, health: 'unknown'};
		}
		case 'stale': {
			// A controller of which nothing is left to tell since when it is gone.
			if (state.since === 0) return {badge: own('stale'), sentence: say`stale: ${state.why}`, health: 'unknown'};
			const old = age(state.since, now);
			return {badge: say`stale ${old}`, sentence: say`stale ${old}: ${state.why}`, health: 'unknown'};
		}
		case 'denied': {
			const where = state.namespace === undefined ? own('') : say` in ${state.namespace}`;
			return {
				badge: own('not permitted'),
				sentence: say`not permitted: may not ${state.verb} ${state.resource}${where}`,
				health: 'unknown',
			};
		}
		case 'absent':
			return {badge: own('not installed'), sentence: own('not installed: the API server does not serve it'), health: 'idle'};
	}
}

/** When these words change by themselves next, as epoch ms. */
export function stateTurns(state: SourceState, now: number): number {
	if (state.is === 'stale') return ageTurns(state.since, now);
	if (state.is !== 'polled') return Number.POSITIVE_INFINITY;
	const late = state.asOf + 2 * state.every + 1;
	return now < late ? late : ageTurns(state.asOf, now);
}
