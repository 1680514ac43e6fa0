import {safeText} from '../cluster/safe-text.ts';
import {libraryTexts} from '../files/library.ts';
import {nearest} from '../files/nearest.ts';
import type {Environment} from '../files/places.ts';
import {projectRunbookFolder, readRunbookFile, runbookFiles, userRunbookFolders} from '../files/runbook-files.ts';
import {trustedRunbooks} from '../files/trusted.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {fitting} from './match/fitting.ts';
import type {Occasion} from './match/occasion.ts';
import {fileName, parseRunbooks} from './parse/parse.ts';
import type {Runbook} from './runbook.ts';

/** A runbook with what has to be known before it is walked. */
export type Shelved = {
	readonly runbook: Runbook;
	/** False for one of the working directory that nobody has looked at yet: it is listed, and neither matched nor run. */
	readonly trusted: boolean;
};

/** All runbooks that there are here. */
export type Shelf = {
	/** In the order in which they are looked for: the user's, those of the working directory, those shipped. One per id. */
	readonly runbooks: readonly Shelved[];
	/** Files that could not be read, one sentence each. */
	readonly unreadable: readonly SafeText[];
};

type Placed = {readonly file: string; readonly origin: Runbook['origin']; readonly text: () => Promise<string>};

const onDisk = (origin: Runbook['origin'], files: readonly string[]): readonly Placed[] =>
	files.map(file => ({file, origin, text: () => readRunbookFile(file)}));

async function placed(environment: Environment, directory: string): Promise<readonly Placed[]> {
	const folders = await userRunbookFolders(environment);
	const users = await Promise.all(folders.map(runbookFiles));
	const project = await runbookFiles(projectRunbookFolder(directory));
	const texts = await libraryTexts();
	const library = Object.entries(texts).map(([file, text]): Placed => ({file, origin: 'library', text: async () => text}));
	return [...onDisk('user', users.flat()), ...onDisk('project', project), ...library];
}

/** Reads files in the order in which they are looked for. */
async function read(files: readonly Placed[], environment: Environment): Promise<Shelf> {
	const isTrusted = await trustedRunbooks(environment);
	const [seen, unreadable, runbooks] = [new Set<string>(), [] as SafeText[], [] as Shelved[]];
	for (const {file, origin, text} of files) {
		try {
			for (const runbook of parseRunbooks(await text(), file, origin).runbooks) {
				if (seen.has(runbook.id.toLowerCase())) continue;
				const trusted = origin !== 'project' || (await isTrusted({file, hash: runbook.hash}));
				// What nobody has looked at must not stand in the way of what is known.
				if (trusted) seen.add(runbook.id.toLowerCase());
				runbooks.push({runbook, trusted});
			}
		} catch (error) {
			unreadable.push((error as {sentence?: SafeText}).sentence ?? safeText((error as Error).message));
		}
	}
	return {runbooks, unreadable};
}

/**
 * Reads all runbooks: those of the user's directories, of the working directory, and those shipped with midwatch. No cluster is
 * asked.
 * @throws ConfigurationError
 */
export async function openShelf(environment: Environment, directory: string): Promise<Shelf> {
	return read(await placed(environment, directory), environment);
}

/**
 * Looks for one runbook, and reads no more than the files that bear its name; a sentence where there is none, as `onShelf` says it.
 * @throws ConfigurationError
 */
export async function takeRunbook(environment: Environment, directory: string, id: string): Promise<Shelved | SafeText> {
	const files = await placed(environment, directory);
	const [name = ''] = id.toLowerCase().split('#');
	const named = files.filter(({file}) => fileName(file).toLowerCase() === name);
	const found = onShelf(await read(named, environment), id);
	return typeof found === 'string' ? onShelf(await read(files, environment), id) : found;
}

/** The runbooks that fit, the best first; only those that are trusted. */
export function fittingOn({runbooks}: Shelf, occasion: Occasion): readonly Runbook[] {
	return runbooks
		.filter(({trusted}) => trusted)
		.map(({runbook}) => ({runbook, fits: fitting(runbook, occasion)}))
		.filter(({fits}) => fits > 0)
		.toSorted((a, b) => b.fits - a.fits)
		.map(({runbook}) => runbook);
}

/** The runbook of an id, or a sentence that says which there may be. Capitals do not matter; a trusted one comes first. */
export function onShelf({runbooks}: Shelf, id: string): Shelved | SafeText {
	const same = ({runbook}: Shelved): boolean => runbook.id.toLowerCase() === id.toLowerCase();
	const found = runbooks.find(one => one.trusted && same(one)) ?? runbooks.find(same);
	if (found !== undefined) return found;
	const ids = runbooks.map(({runbook}) => runbook.id);
	const parts = ids.filter(one => one.toLowerCase().startsWith(`${id.toLowerCase()}#`));
	const meant = nearest(id, ids);
	const shown = safeText(JSON.stringify(id), 80);
	if (parts.length > 0) return say`${shown} holds several runbooks: ${safeText(parts.slice(0, 5).join(', '))}; name one.`;
	const hint =
		meant === undefined ? own('midwatch runbook list tells which there are') : say`did you mean ${safeText(meant, 80)}`;
	return say`There is no runbook ${shown}; ${hint}${own(meant === undefined ? '.' : '?')}`;
}
