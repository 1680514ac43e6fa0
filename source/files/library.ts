import {readdir, readFile} from 'node:fs/promises';

const folder = new URL('../runbooks/library/', import.meta.url);

/** The runbooks that are shipped with midwatch: their text, by the file's name. A bundle carries them in the place of this module. */
export async function libraryTexts(): Promise<Readonly<Record<string, string>>> {
	const names = (await readdir(folder)).filter(name => name.endsWith('.md')).toSorted();
	return Object.fromEntries(
		await Promise.all(names.map(async name => [name, await readFile(new URL(name, folder), 'utf8')] as const)),
	);
}
