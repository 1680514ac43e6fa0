import {readdir, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {claim, type Holder, holderOf} from './claim.ts';
import {type ClusterPlace, type Environment, identity, runsFolder} from './places.ts';
import {type Appending, makePrivateFolder, openAppending, readPrivate, replacePrivate} from './private-file.ts';

/** As many bytes of journal as a run may have and still be read: years of lines. */
const most = 64_000_000;

/** A run that this process has for itself. */
export type OpenRun = {
	readonly folder: string;
	/** The journal as it was found. */
	readonly found: string;
	readonly journal: Appending;
	/** Closes the journal and gives the run back. */
	readonly close: () => Promise<void>;
};

const journalOf = (folder: string): string => join(folder, 'journal.jsonl');
const clusterOf = (folder: string): string => join(folder, 'cluster');

async function openRun(folder: string): Promise<OpenRun> {
	const giveBack = await claim(folder);
	try {
		const journal = await openAppending(journalOf(folder));
		let closed = false;
		const close = async () => {
			if (closed) return;
			closed = true;
			await journal.close();
			await giveBack();
		};
		return {folder, found: (await readPrivate(journalOf(folder), most)) ?? '', journal, close};
	} catch (error) {
		await giveBack();
		throw error;
	}
}

/** Makes the folder of a new run on a cluster, and takes it. Rejects with EEXIST where there is a run of that name. */
export async function makeRun(environment: Environment, run: string, place: ClusterPlace): Promise<OpenRun> {
	const folder = join(runsFolder(environment), run);
	await makePrivateFolder(folder);
	try {
		await replacePrivate(clusterOf(folder), identity(place));
		return await openRun(folder);
	} catch (error) {
		await rm(folder, {recursive: true, force: true});
		throw error;
	}
}

/** Whether a run was begun on this cluster, whatever its context was called then. */
export async function isRunOf(environment: Environment, run: string, place: ClusterPlace): Promise<boolean> {
	return (await readPrivate(clusterOf(join(runsFolder(environment), run)), 100)) === identity(place);
}

/** Takes a run that is there. @throws Held where another process is at it */
export async function takeRun(environment: Environment, run: string): Promise<OpenRun> {
	return openRun(join(runsFolder(environment), run));
}

/** The names of all runs, the newest first. */
export async function namesOfRuns(environment: Environment): Promise<readonly string[]> {
	try {
		const found = await readdir(runsFolder(environment), {withFileTypes: true});
		const folders = found.filter(each => each.isDirectory() && /^\d{8}-\d{6}-[\w.-]+$/.test(each.name));
		return folders
			.map(({name}) => name)
			.sort()
			.reverse();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw error;
	}
}

/** A run as it is found, whoever is at it. */
export async function readRunFolder(
	environment: Environment,
	run: string,
): Promise<{readonly folder: string; readonly found: string; readonly holder: Holder | undefined}> {
	const folder = join(runsFolder(environment), run);
	// Asked first: whoever ends it meanwhile has written its end by then.
	const holder = await holderOf(folder);
	return {folder, found: (await readPrivate(journalOf(folder), most)) ?? '', holder};
}
