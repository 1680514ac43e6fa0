import {chown, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {appendPrivate, Refused, readPrivate, replacePrivate} from '../../source/files/private-file.ts';

let home: string;
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'midwatch-private-'));
});
afterEach(() => rm(home, {recursive: true, force: true}));

/** A folder of somebody else, and a file in it: root makes them, for others root's own will do. */
async function ofSomebodyElse(): Promise<{readonly folder: string; readonly file: string}> {
	if (process.getuid?.() !== 0) return {folder: '/etc', file: '/etc/passwd'};
	const folder = join(home, 'theirs');
	const file = join(folder, 'file');
	await mkdir(folder);
	await writeFile(file, 'theirs', {mode: 0o600});
	for (const path of [folder, file]) await chown(path, 65_534, 65_534);
	return {folder, file};
}

test('what belongs to somebody else is neither read nor written to', async () => {
	const {folder, file} = await ofSomebodyElse();
	await expect(readPrivate(file, 10_000)).rejects.toThrow(new Refused('it belongs to somebody else'));
	for (const write of [appendPrivate, replacePrivate])
		await expect(write(join(folder, 'another'), 'x')).rejects.toThrow(new Refused('its folder belongs to somebody else'));
});

test('what is not there is told from what is empty', async () => {
	const file = join(home, 'file');
	expect(await readPrivate(file, 100)).toBeUndefined();
	await replacePrivate(file, '');
	expect(await readPrivate(file, 100)).toBe('');
});

test('no more is read than asked for', async () => {
	const file = join(home, 'file');
	await replacePrivate(file, 'x'.repeat(2000));
	expect(await readPrivate(file, 2000)).toHaveLength(2000);
	await expect(readPrivate(file, 1999)).rejects.toThrow('it is larger than 2 kB');
});

test('a line that is added begins where a line begins, whatever stood there', async () => {
	const file = join(home, 'file');
	await replacePrivate(file, 'cut in the mid');
	await appendPrivate(file, 'whole');
	expect(await readPrivate(file, 100)).toBe('cut in the mid\nwhole\n');
});
