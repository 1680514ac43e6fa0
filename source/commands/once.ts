import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import {safeText} from '../cluster/safe-text.ts';
import {type Unseen, unseen} from '../findings/unseen.ts';
import type {World} from '../findings/world.ts';
import {stateWords} from '../interface/widgets/source-state.ts';
import type {SafeText} from '../vocabulary.ts';
import type {Arguments} from './arguments.ts';
import {keepingOf} from './background.ts';
import {Complaint} from './complaint.ts';
import {settled} from './settle.ts';
import type {Kept} from './unkept.ts';
import {type Watched, watchOnce} from './watch.ts';

/** How long a server that cannot be reached at all is given to come, in milliseconds: it may be just starting. */
const hopeless = 1000;

/** A day: longer than anybody waits, and no more than a timer can. */
const mostSeconds = 86_400;

/** One look at a cluster, for what prints and ends. */
export type Once = {
	readonly cluster: Watched['world']['cluster'];
	readonly world: World;
	readonly keeping: Kept;
	/** Epoch ms on the server's clock. */
	readonly now: number;
	/** Not one source has answered. */
	readonly nothing: boolean;
	/** What could not be seen, one sentence per reason. */
	readonly blind: readonly string[];
	readonly head: Head;
};

/** What stands above everything that is printed of a cluster. `exit` is 3 where something required could not be seen. */
export type Head = {
	readonly context: SafeText;
	readonly server: SafeText;
	readonly demo: boolean;
	readonly time: string;
	readonly exit: 0 | 3;
};

function whyOf({state}: Unseen, seconds: number, now: number): string {
	if (state.is === 'loading') return state.waitingFor ?? `no answer within ${seconds} s`;
	return stateWords(state, now).sentence ?? state.is;
}

/** One sentence per reason: the reason alone where it keeps everything from being seen. */
function sentencesOf(blind: readonly Unseen[], isAll: boolean, seconds: number, now: number): readonly string[] {
	const byReason = Map.groupBy(blind, one => whyOf(one, seconds, now));
	if (isAll && byReason.size === 1) return [...byReason.keys()];
	return [...byReason].map(([why, of]) => `${[...new Set(of.map(({what}) => what))].join(', ')}: ${why}`);
}

async function kept(target: ClusterTarget): Promise<Kept> {
	try {
		return await keepingOf(target, process.env);
	} catch (error) {
		throw new Complaint((error as {sentence?: string}).sentence ?? (error as Error).message, 3);
	}
}

/**
 * Reads a cluster until everything has said what it knows or the time is up, and hands over what was seen.
 * @throws Complaint where the configuration has a mistake
 */
export async function lookOnce<T>(
	target: ClusterTarget,
	{timeout}: Arguments['flags'],
	look: (seen: Once) => T | Promise<T>,
	demo?: Kept,
): Promise<T> {
	const seconds = Math.min(Number(timeout ?? 5), mostSeconds);
	const keeping = demo ?? (await kept(target));
	const watched = watchOnce(target, keeping);
	try {
		await settled(watched, {whole: seconds * 1000, hopeless});
		const {cluster} = watched.world;
		const now = cluster.now();
		const {blind, nothing} = unseen(cluster);
		const head: Head = {
			context: safeText(target.contextName),
			server: safeText(target.server.href),
			demo: demo !== undefined,
			time: new Date(now).toISOString(),
			exit: blind.length === 0 ? 0 : 3,
		};
		const sentences = sentencesOf(blind, nothing, seconds, now);
		return await look({cluster, world: watched.world.current(), keeping, now, nothing, blind: sentences, head});
	} finally {
		for (const complaint of keeping.complaints) process.stderr.write(`${complaint}\n`);
		watched.close();
	}
}
