/** What the outside may ask of a running dashboard. */
export type SignalHandlers = {
	/** Gives the terminal back for good, at once. */
	readonly restore: () => void;
	/** Gives the terminal away, calls `stopped`, and takes it back. */
	readonly pause: (stopped: () => void) => void;
	/** The terminal may have been anything meanwhile. */
	readonly redraw: () => void;
};

const ending = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Leaves the terminal in order whatever ends or stops the process: restores it, then lets the signal do what it would
 * have done without us, so that the parent sees the truth. Returns how to stop listening.
 */
export function listenToSignals({restore, pause, redraw}: SignalHandlers): () => void {
	const end = (signal: NodeJS.Signals) => {
		restore();
		stopListening();
		process.kill(process.pid, signal);
	};
	const listen = () => {
		process.on('SIGTSTP', stop);
		process.on('SIGCONT', redraw);
	};
	const deaf = () => {
		process.off('SIGTSTP', stop);
		process.off('SIGCONT', redraw);
	};
	const stop = () => {
		pause(() => {
			deaf();
			// Returns when we are continued; at once where nobody could continue us, as the system then ignores it.
			process.kill(process.pid, 'SIGTSTP');
			listen();
		});
	};
	const stopListening = () => {
		for (const signal of ending) process.off(signal, end);
		deaf();
	};
	for (const signal of ending) process.on(signal, end);
	listen();
	return stopListening;
}
