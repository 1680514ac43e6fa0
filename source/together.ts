import type {SourceState} from './vocabulary.ts';

/**
 * The state of a pane that is made of several sources of equal weight: loading while one of them is, as old as the oldest,
 * and denied or absent only where nothing else can be seen.
 */
export function together(states: readonly SourceState[]): SourceState {
	const oldest = (a: SourceState, b: SourceState) => heardOf(a) - heardOf(b);
	for (const is of ['loading', 'stale', 'polled', 'live', 'denied'] as const) {
		const [first] = states.filter(state => state.is === is).sort(oldest);
		if (first !== undefined) return first;
	}
	return {is: 'absent'};
}

function heardOf(state: SourceState): number {
	if (state.is === 'stale') return state.since;
	return state.is === 'polled' ? state.asOf : 0;
}

/** The moment a source's records speak of: now, but not later than it was last heard. What is cut off does not grow late. */
export function momentOf(state: SourceState, now: number): number {
	return state.is === 'stale' ? Math.min(now, state.since) : now;
}
