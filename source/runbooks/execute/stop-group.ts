/** What a group is told, in turn, until it has ended. */
const ladder = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;
/** Milliseconds from one to the next. */
const patience = 5000;

/** Sends a signal to a group of processes; false where there is none any more, or none of ours. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
	try {
		process.kill(-group, signal);
		return true;
	} catch {
		return false;
	}
}

/** Ends a group of processes: it is asked, told, and killed. `told` hears of each signal. Returns the way to leave off. */
export function stopGroup(group: number, told: (signal: NodeJS.Signals) => void, wait = patience): () => void {
	let timer: NodeJS.Timeout | undefined;
	const step = (at: number): void => {
		const signal = ladder[at];
		if (signal === undefined) return;
		told(signal);
		signalGroup(group, signal);
		timer = setTimeout(step, wait, at + 1);
	};
	step(0);
	return () => clearTimeout(timer);
}
