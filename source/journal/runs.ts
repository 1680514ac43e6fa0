import {randomInt} from 'node:crypto';
import {safeText} from '../cluster/safe-text.ts';
import {sentenceOf} from '../cluster/sentence.ts';
import {Held} from '../files/claim.ts';
import {type ClusterPlace, type Environment, runName, runsFolder} from '../files/places.ts';
import {redaction} from '../files/redaction.ts';
import {isRunOf, makeRun, namesOfRuns, type OpenRun, readRunFolder, takeRun} from '../files/run-folder.ts';
import type {SafeText} from '../vocabulary.ts';
import type {Entry, RunKind} from './entry.ts';
import type {RunJournal} from './journal.ts';
import {lineOf} from './line.ts';
import {type Damage, replay} from './replay.ts';
import {type RunState, stateOf} from './state.ts';
import {withoutSecrets} from './without-secrets.ts';

/** The journal cannot be kept or read: one sentence with its place. What was to be written down must not be done. */
export class JournalError extends Error {
	readonly sentence: SafeText;
	constructor(sentence: string, cause?: unknown) {
		super(sentence, {cause});
		this.sentence = safeText(sentence);
	}
}

export type NewRun = {
	readonly place: ClusterPlace;
	readonly what: RunKind;
	/** For its name: `nuc-2`, `tier-0`, `bgp-session-down`. */
	readonly subject: string;
	/** What is never written down: tokens, keys and passwords of the kubeconfig. */
	readonly secrets?: readonly string[];
};

/**
 * Begins to write down a run. Whoever begins it writes `began` first.
 * @throws JournalError where nothing can be kept, because the disk is full or may not be written to: nothing is to be done then
 */
export async function beginRun(environment: Environment, {place, what, subject, secrets = []}: NewRun): Promise<RunJournal> {
	const run = runName(Date.now(), what, subject, randomInt(36 ** 3, 36 ** 4).toString(36));
	try {
		return openJournal(run, await makeRun(environment, run, place), secrets);
	} catch (error) {
		throw new JournalError(
			`Nothing is done, for it could not be written down in ${runsFolder(environment)} (${(error as Error).message}): make room there, or set XDG_STATE_HOME.`,
			error,
		);
	}
}

/**
 * Takes up a run again, which nobody else may be at; `before` is what was written so far. Whoever takes it up writes `resumed` first.
 * @param place the cluster it goes on with, which must be the one it was begun on
 * @throws JournalError
 */
export async function resumeRun(
	environment: Environment,
	run: string,
	{place, secrets = []}: Pick<NewRun, 'place' | 'secrets'>,
): Promise<RunJournal> {
	if (!(await namesOfRuns(environment)).includes(run))
		throw new JournalError(`There is no run ${run} in ${runsFolder(environment)}.`);
	try {
		if (!(await isRunOf(environment, run, place))) throw new Error(`it was begun on another cluster than ${place.context}`);
		return openJournal(run, await takeRun(environment, run), secrets);
	} catch (error) {
		const why = error instanceof Held ? `process ${error.holder.pid} on ${error.holder.host} is at it` : (error as Error).message;
		throw new JournalError(`The run ${run} is not taken up again: ${why}.`, error);
	}
}

function openJournal(run: string, {folder, found, journal, close}: OpenRun, secrets: readonly string[]): RunJournal {
	const redact = redaction(secrets);
	const before = replay(found).entries;
	let last = before.at(-1)?.seq ?? 0;
	/** Writes one after the other, however they are called. */
	let turn: Promise<unknown> = Promise.resolve();
	const inTurn = (what: () => Promise<void>): Promise<void> => {
		const done = turn.then(what);
		turn = done.catch(() => {});
		return done;
	};
	return {
		run,
		folder,
		before,
		write: happening =>
			inTurn(async () => {
				const entry: Entry = {...withoutSecrets(happening, redact), seq: last + 1, at: Date.now()};
				try {
					await journal.append(lineOf(entry));
				} catch (error) {
					throw new JournalError(`The journal in ${folder} cannot be written on (${(error as Error).message}).`, error);
				}
				last = entry.seq;
			}),
		close: () => inTurn(close),
	};
}

/** A run as it is written down. */
export type ReadRun = {
	readonly run: string;
	readonly folder: string;
	readonly state: RunState;
	readonly entries: readonly Entry[];
	/** What is not as it was written; nothing is mended. */
	readonly damage: readonly Damage[];
};

/** Reads a run by its whole name. @throws JournalError */
export async function readRun(environment: Environment, run: string): Promise<ReadRun> {
	try {
		const {folder, found, holder} = await readRunFolder(environment, run);
		const {entries, damage} = replay(found);
		return {run, folder, entries, damage, state: stateOf(entries, holder !== undefined)};
	} catch (error) {
		throw new JournalError(`The run ${run} in ${runsFolder(environment)} cannot be read (${(error as Error).message}).`, error);
	}
}

/** All runs that can be read, the newest first, and a sentence for each of the others. */
export type Runs = {readonly runs: readonly ReadRun[]; readonly unreadable: readonly SafeText[]};

/** @throws JournalError where they cannot even be listed */
export async function listRuns(environment: Environment): Promise<Runs> {
	const runs: ReadRun[] = [];
	const unreadable: SafeText[] = [];
	for (const run of await runNames(environment)) {
		try {
			runs.push(await readRun(environment, run));
		} catch (error) {
			unreadable.push(sentenceOf(error));
		}
	}
	return {runs, unreadable};
}

/** The names of all runs, the newest first. @throws JournalError */
export async function runNames(environment: Environment): Promise<readonly string[]> {
	try {
		return await namesOfRuns(environment);
	} catch (error) {
		throw new JournalError(`The runs in ${runsFolder(environment)} cannot be listed (${(error as Error).message}).`, error);
	}
}
