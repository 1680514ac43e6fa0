import type {LastKnown} from '../last-known.ts';
import {lastKnownOf, mostKept, textOf} from '../last-known-text.ts';
import {type ClusterPlace, type Environment, lastKnownFile} from './places.ts';
import {readPrivate, replacePrivate} from './private-file.ts';

/** What was known when the cluster was last seen as this context; undefined where that was never, or cannot be believed. */
export async function readLastKnown(environment: Environment, place: ClusterPlace): Promise<LastKnown | undefined> {
	try {
		const text = await readPrivate(lastKnownFile(environment, place), mostKept);
		return text === undefined ? undefined : lastKnownOf(text);
	} catch {
		return undefined;
	}
}

/**
 * Keeps what is known now. Nobody's work is lost where that fails, so it fails in silence but for what it returns.
 * @returns whether it was kept
 */
export async function keepLastKnown(environment: Environment, place: ClusterPlace, known: LastKnown): Promise<boolean> {
	try {
		await replacePrivate(lastKnownFile(environment, place), textOf(known));
		return true;
	} catch {
		return false;
	}
}

/** For a dashboard: takes what is known as often as it changes, and keeps it once a minute. */
export type LastKnownKeeper = {
	/** What is known is only made up when it is to be kept. */
	readonly offer: (known: () => LastKnown) => void;
	/** Keeps what was offered last, unless it has been; for the end. */
	readonly close: () => Promise<void>;
};

/** `every` in milliseconds. */
export function keepingLastKnown(environment: Environment, place: ClusterPlace, every = 60_000): LastKnownKeeper {
	let latest: (() => LastKnown) | undefined;
	let timer: NodeJS.Timeout | undefined;
	let keeping: Promise<unknown> = Promise.resolve();
	const keep = () => {
		const known = latest;
		latest = undefined;
		if (known !== undefined) keeping = keeping.then(() => keepLastKnown(environment, place, known()));
	};
	const rest = () => {
		timer = setTimeout(() => {
			timer = undefined;
			if (latest === undefined) return;
			keep();
			rest();
		}, every).unref();
	};
	return {
		offer: known => {
			latest = known;
			if (timer !== undefined) return;
			keep();
			rest();
		},
		close: async () => {
			clearTimeout(timer);
			keep();
			await keeping;
		},
	};
}
