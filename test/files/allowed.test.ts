import {chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {AllowedError, allowChanges, changesAllowed} from '../../source/files/allowed.ts';
import {allowedFile} from '../../source/files/places.ts';

const place = {context: 'homelab', server: 'https://10.0.0.10:6443/', authority: 'PEM'};

let home: string;
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'midwatch-allowed-'));
});
afterEach(() => rm(home, {recursive: true, force: true}));

const environment = () => ({XDG_STATE_HOME: home});
const allowed = (of = place) => changesAllowed(environment(), of);

test('nothing is allowed until it was, and then on that cluster only, whatever its context is called', async () => {
	expect(await allowed()).toBe(false);
	await allowChanges(environment(), place);
	expect(await allowed()).toBe(true);
	expect(await allowed({...place, context: 'another name'})).toBe(true);
	expect(await allowed({...place, authority: 'another PEM'})).toBe(false);
	expect(await allowed({...place, server: 'https://10.0.0.11:6443/'})).toBe(false);
	expect((await stat(allowedFile(environment(), place))).mode & 0o777).toBe(0o600);
});

test.each([
	['what is no JSON', async (file: string) => writeFile(file, 'yes', {mode: 0o600}), 'it is not as it was written'],
	['null', async (file: string) => writeFile(file, 'null', {mode: 0o600}), 'it is of another cluster'],
	[
		'the word of another cluster',
		async (file: string) => writeFile(file, '{"allowed":true,"server":"https://elsewhere"}', {mode: 0o600}),
		'it is of another cluster',
	],
	[
		'a link',
		async (file: string) => {
			await writeFile(`${file}.real`, JSON.stringify({allowed: true, server: place.server}), {mode: 0o600});
			await symlink(`${file}.real`, file);
		},
		'it is a link',
	],
	[
		'what others may write',
		async (file: string) => {
			await writeFile(file, JSON.stringify({allowed: true, server: place.server}));
			await chmod(file, 0o666);
		},
		'others may write to it',
	],
])('%s allows nothing, and says so', async (_, put, why) => {
	const file = allowedFile(environment(), place);
	await mkdir(dirname(file), {recursive: true, mode: 0o700});
	await put(file);
	const error = await allowed().catch((reason: unknown) => reason);
	expect(error).toBeInstanceOf(AllowedError);
	expect((error as AllowedError).sentence).toBe(
		`Changes count as not allowed, for ${file} is not believed: ${why}. Delete it and allow them anew.`,
	);
	await rm(file);
	await allowChanges(environment(), place);
	expect(await allowed()).toBe(true);
});

test('where it cannot be kept, that is said', async () => {
	await writeFile(join(home, 'midwatch'), '');
	await expect(allowChanges(environment(), place)).rejects.toThrow(/^That changes are allowed could not be kept in /);
});
