import type {Clock} from './model.ts';

/** The clock of a cluster, which can also be set back for what has happened before it started. */
export type StageClock = Clock & {
	/** Runs `act` with `now()` saying `time` (epoch milliseconds). */
	readonly during: (time: number, act: () => void) => void;
	readonly stop: () => void;
};

/**
 * Played time starts at the real one, or `ahead` of it (milliseconds), and runs `speed` times as fast. Its timers do not keep
 * the process alive.
 */
export function createClock(speed: number, ahead = 0): StageClock {
	const start = Date.now();
	const timers = new Set<NodeJS.Timeout>();
	let pretended: number | undefined;
	const realMs = (seconds: number) => (seconds * 1000) / speed;
	return {
		now: () => pretended ?? start + ahead + (Date.now() - start) * speed,
		during: (time, act) => {
			pretended = time;
			try {
				act();
			} finally {
				pretended = undefined;
			}
		},
		every: (seconds, act) => {
			timers.add(setInterval(act, realMs(seconds)).unref());
		},
		after: (seconds, act) => {
			const timer: NodeJS.Timeout = setTimeout(() => {
				timers.delete(timer);
				act();
			}, realMs(seconds)).unref();
			timers.add(timer);
		},
		stop: () => {
			for (const timer of timers) clearTimeout(timer);
			timers.clear();
		},
	};
}
