import {mkdir, mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {ConfigurationError} from '../../source/files/configuration.ts';
import {readPreferences, remember} from '../../source/files/preferences.ts';

let home: string;
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'midwatch-preferences-'));
});
afterEach(() => rm(home, {recursive: true, force: true}));

test('nothing is asked for and nothing is made where there is no file', async () => {
	expect(await readPreferences({XDG_CONFIG_HOME: home})).toEqual({});
	await expect(stat(join(home, 'midwatch'))).rejects.toThrow('ENOENT');
});

test('a choice is kept, for its owner only', async () => {
	await remember({XDG_CONFIG_HOME: home}, {theme: 'light'});
	expect(await readPreferences({XDG_CONFIG_HOME: home})).toMatchObject({theme: 'light'});
	const file = join(home, 'midwatch', 'config.json');
	expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({theme: 'light'});
	expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a choice leaves alone what else stands in the file', async () => {
	await mkdir(join(home, 'midwatch'));
	const file = join(home, 'midwatch', 'config.json');
	await writeFile(file, JSON.stringify({theme: 'dark', contexts: {homelab: {stateless: true}}}));
	await remember({XDG_CONFIG_HOME: home}, {theme: 'light'});
	expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({theme: 'light', contexts: {homelab: {stateless: true}}});
});

test('where nothing can be written, that is said in one sentence', async () => {
	await writeFile(join(home, 'midwatch'), 'a file where a folder is to be');
	const error = await remember({XDG_CONFIG_HOME: home}, {theme: 'light'}).catch((reason: unknown) => reason);
	expect((error as ConfigurationError).sentence).toMatch(/^The choice could not be kept in .+config\.json \(.+\)\.$/);
});

test.each([['{"theme": '], ['{"theme": "pink"}']])('%s gets one sentence with the file', async content => {
	await mkdir(join(home, 'midwatch'));
	await writeFile(join(home, 'midwatch', 'config.json'), content);
	const error = await readPreferences({XDG_CONFIG_HOME: home}).catch((reason: unknown) => reason);
	expect(error).toBeInstanceOf(ConfigurationError);
	expect((error as ConfigurationError).sentence).toMatch(/config\.json cannot be used \(.+\); mend it/);
	expect((error as ConfigurationError).sentence).not.toContain('\n');
});
