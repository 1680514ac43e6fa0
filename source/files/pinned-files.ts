import {readFile, rm} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join} from 'node:path';
import type {Environment} from './places.ts';
import {replacePrivate} from './private-file.ts';

/** The configurations that commands of a run are given instead of the user's own. */
export type PinnedFiles = {
	readonly kubeconfig: string;
	readonly talosconfig: string;
	readonly omniconfig: string;
	readonly argocd: string;
};

const filesIn = (folder: string): PinnedFiles => ({
	kubeconfig: join(folder, 'pinned', 'kubeconfig'),
	talosconfig: join(folder, 'pinned', 'talosconfig'),
	omniconfig: join(folder, 'pinned', 'omniconfig'),
	// A folder in which nothing is.
	argocd: join(folder, 'pinned', 'argocd'),
});

/** Writes them into the folder of a run, for their owner only. */
export async function writePinned(folder: string, kubeconfig: object, talosconfig: object): Promise<PinnedFiles> {
	const files = filesIn(folder);
	await replacePrivate(files.kubeconfig, JSON.stringify(kubeconfig));
	await replacePrivate(files.talosconfig, JSON.stringify(talosconfig));
	await replacePrivate(files.omniconfig, '{}');
	await replacePrivate(join(files.argocd, '.keep'), '');
	return files;
}

/** Takes them away: they hold credentials. */
export async function removePinned(folder: string): Promise<void> {
	await rm(join(folder, 'pinned'), {recursive: true, force: true});
}

/** The user's own talosconfig; undefined where there is none that can be read. */
export async function readTalosconfig({TALOSCONFIG, HOME}: Environment): Promise<string | undefined> {
	const file = TALOSCONFIG === undefined || TALOSCONFIG === '' ? join(HOME ?? homedir(), '.talos', 'config') : TALOSCONFIG;
	return readFile(file, 'utf8').catch(() => undefined);
}
