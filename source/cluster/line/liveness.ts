/** How a line is watched over; times in milliseconds. */
export type Watching = {
	/** From now to the first probe, and from the answer of one to the next. */
	readonly first: number;
	readonly every: number;
	/** Until something must have come in after a probe. */
	readonly within: number;
	/** Asks for something small on the same connection; resolves with the headers of the answer. */
	readonly probe: (signal: AbortSignal) => Promise<unknown>;
	/** Grows with everything that comes in. */
	readonly heard: () => number;
	readonly answered: (roundTrip: number) => void;
	/** Not a byte came after a probe: the line is dead, whatever the kernel thinks. */
	readonly silent: () => void;
};

/**
 * A silent server looks like a quiet one: a watch may say nothing for minutes, and HTTP/2's own ping has no deadline in
 * Node. So something small is asked for again and again, with a deadline. Returns the way to stop.
 */
export function watchOver({first, every, within, probe, heard, answered, silent}: Watching): () => void {
	let stopped = false;
	let probing: AbortController | undefined;
	let timer = setTimeout(ask, first).unref();
	function ask(): void {
		const asked = new AbortController();
		probing = asked;
		const before = heard();
		const began = performance.now();
		const judge = () => {
			if (stopped || asked.signal.aborted) return;
			// A long list on a slow line keeps the answer back; as long as bytes come, nothing is dead.
			if (heard() > before) asked.abort();
			else silent();
		};
		// We may have been too busy to read: what has arrived by now is read before anything is judged.
		const limit = setTimeout(() => setImmediate(() => setImmediate(judge)), within).unref();
		void (async () => {
			try {
				await probe(asked.signal);
				answered(performance.now() - began);
			} catch {
				// Whoever owns the connection knows when it broke; here only silence counts.
			}
			clearTimeout(limit);
			if (!stopped) timer = setTimeout(ask, every).unref();
		})();
	}
	return () => {
		stopped = true;
		clearTimeout(timer);
		probing?.abort();
	};
}
