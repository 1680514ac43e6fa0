import {createRest} from '../../cluster/rest.ts';
import {sentenceOf} from '../../cluster/sentence.ts';
import {JournalError} from '../../journal/runs.ts';
import {type SafeText, say} from '../../vocabulary.ts';
import type {Outcome, Progress, Running} from '../action.ts';
import {isPassing, outlast} from '../outlast.ts';

/** What is seen of something that goes on by itself: what is new of it, and how it ended once it is over. */
export type Sight = {
	readonly progress: Omit<Progress, 'lines'>;
	readonly lines?: readonly SafeText[];
	readonly end?: Outcome;
};

/** Between two looks, milliseconds: the first ones soon, for who waits for a small thing. */
const pauses = {first: 250, most: 1000};
/** Lines that are kept. */
const mostLines = 100;

type Looked = Sight | {readonly unseen: SafeText | undefined};

async function seen(look: () => Promise<Sight>, stop: AbortSignal, waiting: (why: SafeText) => void): Promise<Looked> {
	try {
		return await outlast(look, {stop, waiting});
	} catch (error) {
		if (error instanceof JournalError) throw error;
		const isCutShort = stop.aborted && isPassing(error);
		return {unseen: isCutShort ? undefined : say`it can no longer be seen: ${sentenceOf(error)}`};
	}
}

/**
 * Looks again and again, through restarts of the server, until it is over or somebody says stop; then it goes on without us,
 * and `left` says so, with why where nobody asked for that. What is new is told, and written down. Rejects only where the
 * journal fails.
 */
export async function follow(
	look: () => Promise<Sight>,
	{report, stop, journal}: Running,
	left: (why: SafeText | undefined) => Outcome,
): Promise<Outcome> {
	const rest = createRest(stop);
	let told: readonly SafeText[] = [];
	let last: Progress | undefined;
	const waiting = (why: SafeText) => {
		if (last !== undefined) report({...last, waiting: [say`the API server: ${why}`, ...last.waiting]});
	};
	for (let pause = pauses.first; !stop.aborted; pause = Math.min(2 * pause, pauses.most)) {
		const looked = await seen(look, stop, waiting);
		if ('unseen' in looked) return left(looked.unseen);
		const {progress, lines = [], end} = looked;
		for (const text of lines) await journal.write({is: 'noted', text});
		told = [...told, ...lines].slice(-mostLines);
		last = {...progress, lines: told};
		report(last);
		if (end !== undefined) return end;
		await rest.sleep(pause);
	}
	return left(undefined);
}
