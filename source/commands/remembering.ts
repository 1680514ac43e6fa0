import {safeText} from '../cluster/safe-text.ts';
import {keepingLastKnown, type LastKnownKeeper} from '../files/last-known.ts';
import {keptOf} from '../findings/keep.ts';
import {isLoading} from '../findings/unseen.ts';
import type {LiveWorld} from '../findings/world.ts';
import type {LastKnown} from '../last-known.ts';
import type {Kept} from './unkept.ts';

/** What is known of a cluster, remembered from when all of it was seen. */
export type Remembering = {
	/** As it was seen last, in this run or in an earlier one. */
	readonly last: () => LastKnown | undefined;
	/** Keeps it, where it is kept at all. */
	readonly close: () => Promise<void>;
};

/**
 * Remembers a cluster once everything was read, and as long as it answers: for the next run, at most once a minute and at the
 * end, and for when its API is gone. What is stale is never remembered as seen.
 */
export function rememberWorld({current, subscribe, cluster}: LiveWorld, context: string, {place, known}: Kept): Remembering {
	const keeper: LastKnownKeeper | undefined = place && keepingLastKnown(process.env, place);
	const shown = safeText(context);
	let hasSettled = false;
	let last: () => LastKnown | undefined = () => known;
	const look = () => {
		hasSettled ||= !isLoading(cluster);
		if (!hasSettled || cluster.transport.line().is !== 'up') return;
		const [world, seenAt] = [current(), cluster.now()];
		const seen = () => ({...keptOf(world, cluster, shown, known), seenAt});
		last = seen;
		keeper?.offer(seen);
	};
	// The last source to be read may change no fact, and yet everything is read then.
	const stops = [subscribe(look), cluster.onChange(() => (hasSettled ? undefined : look()))];
	look();
	return {
		last: () => last(),
		close: async () => {
			for (const stop of stops) stop();
			await keeper?.close();
		},
	};
}
