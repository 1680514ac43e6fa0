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

/**
 * Adds a line to a file of ours, in one write, and returns when the disk has it. It begins with a line feed of its own: should
 * the last line have been cut, it is sealed rather than continued.
 */
export async function appendPrivate(path: string, line: string): Promise<void> {
	await ourFolder(path);
	const file = await openOurs(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT);
	try {
		const bytes = Buffer.from(`\n${line}\n`);
		const {bytesWritten} = await file.write(bytes);
		if (bytesWritten < bytes.length) throw new Error('the disk is full');
		await file.datasync();
	} finally {
		await file.close();
	}
}
