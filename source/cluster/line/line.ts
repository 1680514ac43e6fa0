import type {SafeText} from '../../vocabulary.ts';
import type {Latency, LineState, Readyz} from '../transport.ts';
import {sameReadyz} from './readyz.ts';
import {newRoundTrips} from './tail.ts';

/** The state of one line, and who wants to know. */
export type Line = {
	readonly state: () => LineState;
	readonly onChange: (listener: () => void) => () => void;
	readonly up: (protocol: NonNullable<LineState['protocol']>) => void;
	/** Waiting for the connection, or for what `why` says. */
	readonly connecting: (why?: SafeText) => void;
	readonly down: (why: SafeText) => void;
	/** A byte came in. */
	readonly heard: () => void;
	/** How often something was heard: grows also where the clock is set back. */
	readonly hearings: () => number;
	/** A probe was answered. */
	readonly roundTrip: (milliseconds: number) => void;
	/** What the server says of its readiness; undefined where it does not tell us. */
	readonly ready: (readyz: Readyz | undefined) => void;
	/** From now on nobody is told anything, and nothing changes. */
	readonly close: () => void;
	/** The `Date` header of an answer, asked for at `sentAt` (epoch milliseconds, our clock). */
	readonly date: (header: string | undefined, sentAt: number) => void;
};

export function newLine(): Line {
	let state: LineState = {is: 'connecting', heardAt: 0, roundTrips: [], latency: 'unknown', skew: 0};
	let heardAt = 0;
	let hearings = 0;
	let closed = false;
	let toldSkew = 0;
	let bounds: readonly [number, number] | undefined;
	const roundTrips = newRoundTrips(() => performance.now());
	const listeners = new Set<() => void>();
	const tell = (next: LineState) => {
		if (closed) return;
		const changed =
			next.is !== state.is ||
			next.why !== state.why ||
			next.latency !== state.latency ||
			next.readyz !== state.readyz ||
			Math.abs(next.skew - toldSkew) > 1000;
		state = next;
		if (!changed) return;
		toldSkew = next.skew;
		for (const listener of listeners) listener();
	};
	const become = (is: LineState['is'], why?: SafeText, protocol = state.protocol) => {
		const {why: _, readyz: __, ...rest} = state;
		tell({...rest, is, ...(why !== undefined && {why}), ...(protocol && {protocol})});
	};
	return {
		state: () => ({...state, heardAt}),
		onChange: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		up: protocol => {
			if (state.is !== 'up' || state.protocol !== protocol) become('up', undefined, protocol);
		},
		connecting: why => become('connecting', why),
		down: why => become('down', why),
		heard: () => {
			hearings++;
			heardAt = Date.now();
		},
		hearings: () => hearings,
		roundTrip: milliseconds => {
			const last = [...state.roundTrips.slice(-9), milliseconds];
			roundTrips.add(milliseconds);
			const tail = roundTrips.tail();
			tell({...state, roundTrips: last, latency: latencyOf(last), ...(tail && {tail})});
		},
		ready: readyz => {
			if (state.is !== 'up' || sameReadyz(state.readyz, readyz)) return;
			const {readyz: _, ...rest} = state;
			tell({...rest, ...(readyz && {readyz})});
		},
		close: () => {
			closed = true;
		},
		date: (header, sentAt) => {
			const at = Date.parse(header ?? '');
			if (Number.isNaN(at)) return;
			bounds = narrowed(bounds, [at - Date.now(), at + 999 - sentAt]);
			tell({...state, skew: likeliest(bounds)});
		},
	};
}

/** The class of the median: below 100 ms is fast, from half a second on it is slow. */
export function latencyOf(roundTrips: readonly number[]): Latency {
	const median = roundTrips.toSorted((a, b) => a - b)[roundTrips.length >> 1];
	if (median === undefined) return 'unknown';
	return median < 100 ? 'fast' : median < 500 ? 'ok' : 'slow';
}

/**
 * A `Date` header has whole seconds, so one answer gives the skew to within a second and the round trip; the next one,
 * read at another fraction of a second, narrows it. Answers that contradict each other (a clock was set) start anew.
 */
function narrowed(known: readonly [number, number] | undefined, seen: readonly [number, number]): readonly [number, number] {
	if (known === undefined) return seen;
	const both = [Math.max(known[0], seen[0]), Math.min(known[1], seen[1])] as const;
	return both[0] <= both[1] ? both : seen;
}

/** Most clocks are right: none where that fits what was seen, else the middle of what does. */
function likeliest([least, most]: readonly [number, number]): number {
	return least <= 0 && most >= 0 ? 0 : Math.round((least + most) / 2);
}
