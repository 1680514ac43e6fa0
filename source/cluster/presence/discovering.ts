import {createBackoff, fully, slightly} from '../backoff.ts';
import {type Discovered, discover} from '../discovery.ts';
import {createRest} from '../rest.ts';
import type {Timings} from '../timings.ts';
import type {Transport} from '../transport.ts';

export type DiscoveringOptions = {
	readonly transport: Transport;
	readonly timings: Timings;
	readonly random: () => number;
	/** Told of every answer, also where it says the same as before. `settled`: none more is due soon. */
	readonly found: (discovered: Discovered, settled: boolean) => void;
	readonly failed: (error: unknown) => void;
};

/** Asks again and again what the server serves, until it is stopped. */
export type Discovering = {
	/** Something that is served was added or removed: asks now, and a few times more, for it takes the server some seconds to say so. */
	readonly hurry: () => void;
	/** Asks once more, now. */
	readonly again: () => void;
	readonly stop: () => void;
};

const hurriedWaits = [250, 500, 1000, 2000, 4000];

export function keepDiscovering({transport, timings, random, found, failed}: DiscoveringOptions): Discovering {
	const stopping = new AbortController();
	const rest = createRest(stopping.signal);
	const retry = createBackoff(timings.retry, time => fully(time, random));
	let hurried: number[] = [];
	let known: Discovered | undefined;

	const ask = async (): Promise<number> => {
		try {
			known = await discover(transport, known);
		} catch (error) {
			if (!stopping.signal.aborted) failed(error);
			return retry.next();
		}
		retry.reset();
		if (!stopping.signal.aborted) found(known, hurried.length === 0);
		return hurried.shift() ?? slightly(timings.discovery, random);
	};
	const run = async () => {
		while (!stopping.signal.aborted) await rest.sleep(await ask());
	};

	void run();
	return {
		hurry: () => {
			if (hurried.length === 0) rest.wake();
			retry.reset();
			hurried = [...hurriedWaits];
		},
		again: rest.wake,
		stop: () => stopping.abort(),
	};
}
