/** A pause that somebody else can cut short. */
export type Rest = {
	/** Resolves after so many milliseconds, or when woken or stopped; `Infinity` waits for that alone. */
	readonly sleep: (milliseconds: number) => Promise<void>;
	readonly wake: () => void;
};

export function createRest(stop: AbortSignal): Rest {
	let wake = () => {};
	stop.addEventListener('abort', () => wake());
	return {
		wake: () => wake(),
		sleep: async milliseconds => {
			if (stop.aborted) return;
			const {promise, resolve} = Promise.withResolvers<void>();
			const timer = Number.isFinite(milliseconds) ? setTimeout(resolve, milliseconds) : undefined;
			wake = resolve;
			await promise;
			clearTimeout(timer);
		},
	};
}
