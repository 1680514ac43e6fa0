import {dirname, resolve} from 'node:path';
import type {Hands} from '../../actions/hands.ts';
import type {ClusterTarget} from '../../cluster/kubeconfig/target.ts';
import {readConfiguration} from '../../files/configuration.ts';
import {removePinned} from '../../files/pinned-files.ts';
import type {Entry, Happening} from '../../journal/entry.ts';
import type {RunJournal} from '../../journal/journal.ts';
import {beginRun, JournalError, resumeRun} from '../../journal/runs.ts';
import type {SafeText} from '../../vocabulary.ts';
import type {Ended, Order} from '../execute/order.ts';
import {type Pinned, pinContext} from '../execute/pin.ts';
import type {Runbook} from '../runbook.ts';
import {asWritten, type LiveSession, openSession, type Performer} from '../session/open-session.ts';
import {performerOf} from '../session/performer.ts';
import {newSession, runningStep} from '../session/session.ts';
import {shellSteps} from '../session/shell-steps.ts';
import {stepsOf} from '../session/steps.ts';
import {waitSteps} from '../session/wait-steps.ts';
import {planOf} from '../session/written-plan.ts';
import {guardedSteps, rulesOf} from './guarded.ts';

/** Where a runbook is walked: a cluster, this machine, and who answers. */
export type Ground = {
	readonly hands: Hands;
	readonly target: ClusterTarget;
	/** The words that start a supervisor. */
	readonly supervisor: readonly string[];
	/** Makes what does our own command lines; `shell` runs those that change nothing. */
	readonly ours: (parameters: Readonly<Record<string, string>>, shell: Performer) => Performer;
	/** Whether a finding is there no more; undefined while nobody can tell. */
	readonly isCleared: (finding: string) => boolean | undefined;
	/** Where a runbook that comes with midwatch is walked; absolute. */
	readonly directory: string;
	/** Runs what draws on a whole terminal in the one that one sits before; missing where there is none to give away. */
	readonly inTerminal?: (order: Order) => Promise<Ended>;
};

/** What is walked: a runbook with its values, and the finding that it is walked for. */
export type Errand = {
	readonly runbook: Runbook;
	readonly parameters: Readonly<Record<string, string>>;
	readonly finding?: string;
};

/** A runbook that is being walked. */
export type Walk = {
	readonly live: LiveSession;
	/** Its name in the journal. */
	readonly run: string;
	/** The run's own folder. */
	readonly folder: string;
	/** What could not be pinned and was therefore taken away, where the runbook has use for it. */
	readonly note?: SafeText;
	/** Writes something down that belongs to no step; nothing where the session is over. */
	readonly write: (happening: Happening) => Promise<void>;
	/** Resolves when it is closed, and what it was given for its commands is taken away. */
	readonly closed: Promise<void>;
};

/** The command line that walks the same: `midwatch runbook run node-failure --finding node-not-ready:nuc-2`. Raw words. */
export function walkCommand({runbook, parameters, finding}: Errand, {flags = []}: Pick<Hands, 'flags'>): readonly string[] {
	const {id, origin, file} = runbook;
	const part = id.includes('#') ? `#${id.slice(id.indexOf('#') + 1)}` : '';
	const what = origin === 'library' ? id : `${file}${part}`;
	const values = Object.entries(parameters).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
	return ['midwatch', 'runbook', 'run', what, ...(finding === undefined ? [] : ['--finding', finding]), ...values, ...flags];
}

/**
 * Begins to walk a runbook.
 * @throws JournalError, KubeconfigError or ConfigurationError: then nothing is done
 */
export async function beginWalk(ground: Ground, errand: Errand): Promise<Walk> {
	const {environment, place, secrets = [], by, version} = ground.hands;
	const {runbook, parameters, finding} = errand;
	const journal = await beginRun(environment, {place, what: 'runbook', subject: runbook.id, secrets});
	return walkOn(ground, errand, journal, {
		is: 'began',
		what: 'runbook',
		title: `runbook ${runbook.id}${finding === undefined ? '' : ` for ${finding}`}`,
		command: walkCommand(errand, ground.hands),
		context: place.context,
		server: place.server,
		by,
		version,
		plan: planOf(runbook, parameters, finding),
	});
}

/** What a run was begun on. */
const beginning = (entries: readonly Entry[]) => entries.find(entry => entry.is === 'began');

/**
 * Takes up a walk again, on the context that it was begun on and no other.
 * @throws JournalError, KubeconfigError or ConfigurationError: then nothing is done
 */
export async function resumeWalk(ground: Ground, errand: Errand, run: string): Promise<Walk> {
	const {environment, place, secrets = [], by, version} = ground.hands;
	const journal = await resumeRun(environment, run, {place, secrets});
	const began = beginning(journal.before);
	if (began?.is === 'began' && began.context !== place.context) {
		await journal.close();
		throw new JournalError(
			`The run ${run} is not taken up again: it was begun on the context ${began.context}, and this is ${place.context}; a session stays on its context.`,
		);
	}
	return walkOn(ground, errand, journal, {is: 'resumed', by, version});
}

async function walkOn(ground: Ground, errand: Errand, journal: RunJournal, first: Happening): Promise<Walk> {
	try {
		const pinned = await pinContext(ground.target, journal.folder, ground.hands.environment);
		return await opened(ground, errand, journal, first, pinned);
	} catch (error) {
		await journal.close().catch(() => {});
		throw error;
	}
}

const usesTalos = (runbook: Runbook): boolean =>
	stepsOf(runbook).some(({doing}) => doing.is === 'shell' && doing.script.includes('talosctl'));

async function opened(
	{hands, supervisor, ours, isCleared, directory, inTerminal}: Ground,
	{runbook, parameters}: Errand,
	journal: RunJournal,
	first: Happening,
	pinned: Pinned,
): Promise<Walk> {
	const {environment, secrets = []} = hands;
	const {journal: keeping} = await readConfiguration(environment);
	const shell = guardedSteps(
		shellSteps({
			pinned,
			environment,
			parameters,
			directory: runbook.origin === 'library' ? directory : dirname(resolve(runbook.file)),
			folder: journal.folder,
			secrets,
			output: keeping?.output ?? 'full',
			supervisor,
			inTerminal,
		}),
		hands,
	);
	const live = openSession({
		session: asWritten(newSession(runbook, parameters, rulesOf(hands)), journal.before),
		journal,
		first,
		performer: performerOf({
			shell,
			midwatch: ours(parameters, shell),
			wait: waitSteps({parameters, isCleared, shell}),
		}),
		now: Date.now,
	});
	let isClosed = false;
	const closed = live.closed.then(async () => {
		isClosed = true;
		// A command that goes on without us still needs them.
		if (runningStep(live.session()) === undefined) await removePinned(journal.folder);
	});
	return {
		live,
		run: journal.run,
		folder: journal.folder,
		...(pinned.note === undefined || !usesTalos(runbook) ? {} : {note: pinned.note}),
		write: async happening => {
			if (!isClosed && live.session().over === undefined) await journal.write(happening).catch(() => {});
		},
		closed,
	};
}
