import {own, type SafeText, type SourceState} from '../vocabulary.ts';
import type {LineState} from './transport.ts';

/** What a source is after asking failed: stale since it last knew, still loading if it never did. Denied and absent stay true. */
export function afterFailure(state: SourceState, why: SafeText, now: number): SourceState {
	switch (state.is) {
		case 'loading':
			return {is: 'loading', waitingFor: why};
		case 'live':
			return {is: 'stale', since: now, why};
		case 'polled':
			return {is: 'stale', since: state.asOf, why};
		case 'stale':
			return {is: 'stale', since: state.since, why};
		case 'denied':
		case 'absent':
			return state;
	}
}

/** What a state is worth given the line: nothing is live, nor polled, while the line is not up. */
export function throughLine(state: SourceState, line: LineState): SourceState {
	if (line.is === 'up') return state;
	if (state.is === 'live' || state.is === 'polled')
		return afterFailure(state, line.why ?? own('not connected'), line.heardAt + line.skew);
	if (state.is === 'loading' && line.why !== undefined) return {is: 'loading', waitingFor: line.why};
	return state;
}

/** Whether two states say the same. */
export function sameState(a: SourceState, b: SourceState): boolean {
	const keys = Object.keys(a) as ReadonlyArray<keyof SourceState>;
	return keys.length === Object.keys(b).length && keys.every(key => a[key] === b[key]);
}
