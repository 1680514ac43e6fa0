/** What the outside may ask of a running dashboard. */
export type SignalHandlers = {
	/** Gives the terminal back for good, at once. */
	readonly restore: () => void;
	/** Gives the terminal away, calls `stopped`, and takes it back. */
	readonly pause: (stopped: () => void) => void;
	/** The terminal may have been anything meanwhile. */
	readonly redraw: () => void;
	/** Somebody else has the terminal: its interrupts are theirs. */
	readonly isAway: () => boolean;
};

export type SignalListener = {
	readonly stop: () => void;
	/** Resolves at once, or, where a signal is about to end the process, not before it had the time to. */
	readonly passed: () => Promise<void>;
};

const ending = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How long a signal that we sent to ourselves may take (ms). */
const patience = 250;

/** A signal may be taken by another thread while this one runs on for a moment. */
function standStill(): void {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patience);
}

/**
 * Leaves the terminal in order whatever ends or stops the process: restores it, then lets the signal do what it would
 * have done without us, so that the parent sees the truth.
 */
export function listenToSignals({restore, pause, redraw, isAway}: SignalHandlers): SignalListener {
	let passed = Promise.resolve();
	const end = (signal: NodeJS.Signals, number: number) => {
		if (signal === 'SIGINT' && isAway()) return;
		restore();
		stop();
		// Ended by a signal, Node tells nobody: those who tidy up at the end have to be told before.
		process.emit('exit', 128 + number);
		passed = new Promise(resolve => setTimeout(resolve, patience));
		process.kill(process.pid, signal);
	};
	const hold = () =>
		pause(() => {
			mute();
			// Nothing happens here where nobody could continue us (ssh -t straight into midwatch): the system ignores it then.
			process.kill(process.pid, 'SIGTSTP');
			standStill();
			listen();
		});
	const listen = () => {
		process.on('SIGTSTP', hold);
		process.on('SIGCONT', redraw);
	};
	const mute = () => {
		process.off('SIGTSTP', hold);
		process.off('SIGCONT', redraw);
	};
	const stop = () => {
		for (const signal of ending) process.off(signal, end);
		mute();
	};
	for (const signal of ending) process.on(signal, end);
	listen();
	return {stop, passed: () => passed};
}
