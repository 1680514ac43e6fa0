import {randomBytes} from 'node:crypto';
import {constants} from 'node:fs';
import {chmod, type FileHandle, mkdir, open, rename, rm, stat} from 'node:fs/promises';
import {dirname} from 'node:path';

/** A file that cannot be believed: somebody else could have put it there. */
export class Refused extends Error {}

const isOurs = (uid: number): boolean => process.getuid === undefined || uid === process.getuid();

/** Opens a file of ours: no link, no pipe, nobody else's. */
async function openOurs(path: string, flags: number): Promise<FileHandle> {
	const file = await open(path, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o600);
	try {
		const found = await file.stat();
		const {uid, mode} = found;
		if (!found.isFile()) throw new Refused('it is no file');
		if (!isOurs(uid)) throw new Refused('it belongs to somebody else');
		if ((mode & 0o022) !== 0) throw new Refused('others may write to it');
		return file;
	} catch (error) {
		await file.close();
		throw error;
	}
}

/** The folder of a file, for us only. @throws Refused where it is somebody else's */
async function ourFolder(path: string): Promise<void> {
	const folder = dirname(path);
	await mkdir(folder, {recursive: true, mode: 0o700});
	const {uid, mode} = await stat(folder);
	if (!isOurs(uid)) throw new Refused('its folder belongs to somebody else');
	if ((mode & 0o077) !== 0) await chmod(folder, 0o700);
}

/**
 * Reads a file that only we can have written.
 * @returns undefined where there is none
 * @throws Refused where it is a link or somebody else's, or larger than `most` bytes
 */
export async function readPrivate(path: string, most: number): Promise<string | undefined> {
	let file: FileHandle;
	try {
		file = await openOurs(path, constants.O_RDONLY);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') return undefined;
		throw code === 'ELOOP' ? new Refused('it is a link') : error;
	}
	try {
		const {size} = await file.stat();
		if (size > most) throw new Refused(`it is larger than ${Math.round(most / 1000)} kB`);
		return await file.readFile('utf8');
	} finally {
		await file.close();
	}
}

/** Puts a file of ours in the place of the one that is there, if any: whoever reads finds the old one or the new one, whole. */
export async function replacePrivate(path: string, content: string): Promise<void> {
	await ourFolder(path);
	const beside = `${path}.${randomBytes(6).toString('hex')}`;
	try {
		const file = await open(beside, 'wx', 0o600);
		try {
			await file.writeFile(content);
		} finally {
			await file.close();
		}
		await rename(beside, path);
	} catch (error) {
		await rm(beside, {force: true});
		throw error;
	}
}

/** Writes in one go, and resolves when the disk has it. */
async function add(file: FileHandle, text: string): Promise<void> {
	const bytes = Buffer.from(text);
	const {bytesWritten} = await file.write(bytes);
	if (bytesWritten < bytes.length) throw new Error('the disk is full');
	await file.datasync();
}

/**
 * Adds a line to a file of ours, in one write, and returns when the disk has it. It begins with a line feed of its own: should
 * the last line have been cut, it is sealed rather than continued.
 */
export async function appendPrivate(path: string, line: string): Promise<void> {
	await ourFolder(path);
	const file = await openOurs(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT);
	try {
		await add(file, `\n${line}\n`);
	} finally {
		await file.close();
	}
}

/** A file of ours that is kept open, and only grows. */
export type Appending = {
	/** Adds a line, in one write, and resolves when the disk has it. Not to be called again before that. */
	readonly append: (line: string) => Promise<void>;
	readonly close: () => Promise<void>;
};

/** Opens a file of ours to add lines to it, and makes it where it is missing. A last line that was cut is sealed, not continued. */
export async function openAppending(path: string): Promise<Appending> {
	await ourFolder(path);
	const file = await openOurs(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT);
	try {
		if (await isCut(file)) await add(file, '\n');
	} catch (error) {
		await file.close();
		throw error;
	}
	let failed = false;
	return {
		append: async line => {
			const seal = failed ? '\n' : '';
			failed = true;
			await add(file, `${seal}${line}\n`);
			failed = false;
		},
		close: () => file.close(),
	};
}

async function isCut(file: FileHandle): Promise<boolean> {
	const {size} = await file.stat();
	if (size === 0) return false;
	const {buffer} = await file.read(Buffer.alloc(1), 0, 1, size - 1);
	return buffer.toString() !== '\n';
}

/** Makes a folder for us only, which must not be there yet, and lets the disk have it. Rejects with EEXIST where it is there. */
export async function makePrivateFolder(path: string): Promise<void> {
	await ourFolder(path);
	await mkdir(path, {mode: 0o700});
	await keepNames(dirname(path));
}

/** Lets the disk have the names of what is in a folder. */
async function keepNames(folder: string): Promise<void> {
	const opened = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
	try {
		await opened.sync();
	} finally {
		await opened.close();
	}
}
