import {spawnSync} from 'node:child_process';
import {chmod, link, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {keepingLastKnown, keepLastKnown, readLastKnown} from '../../source/files/last-known.ts';
import {lastKnownFile} from '../../source/files/places.ts';
import {textOf} from '../../source/last-known-text.ts';
import {own} from '../../source/vocabulary.ts';
import {knownOf} from '../_helpers/known.ts';

const place = {context: 'homelab', server: 'https://10.0.0.10:6443/', authority: 'PEM'};

let home: string;
let file: string;
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'midwatch-last-known-'));
	file = lastKnownFile(environment(), place);
});
afterEach(() => rm(home, {recursive: true, force: true}));

const environment = () => ({XDG_STATE_HOME: home});
const read = () => readLastKnown(environment(), place);
const keep = (nodes = 2) => keepLastKnown(environment(), place, knownOf(nodes));
const named = (context: string) => ({...knownOf(1), context: own(context)});

test('what is kept is found again, for its owner only, with nothing beside it', async () => {
	expect(await read()).toBeUndefined();
	expect(await keep()).toBe(true);
	expect(await read()).toEqual(knownOf(2));
	expect(await keep(3)).toBe(true);
	expect(await read()).toEqual(knownOf(3));
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	for (const folder of [dirname(file), dirname(dirname(file))]) expect((await stat(folder)).mode & 0o777).toBe(0o700);
	expect(await readdir(dirname(file))).toEqual([file.slice(dirname(file).length + 1)]);
});

test('a folder that others could look into is closed to them', async () => {
	await mkdir(dirname(file), {recursive: true, mode: 0o755});
	await keep();
	expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
});

describe('a file of its own has', () => {
	const other = (change: Partial<typeof place>) => lastKnownFile(environment(), {...place, ...change});

	test('each context, each server, each CA', () => {
		const files = [file, other({context: 'prod'}), other({server: 'https://10.0.0.11:6443/'}), other({authority: 'other PEM'})];
		expect(new Set(files).size).toBe(4);
		expect(other({authority: 'PEM\n'})).toBe(file);
	});

	test.each(['../../etc/passwd', '.hidden', 'a/b', 'arn:aws:eks:eu-west-1:1:cluster/x', 'x'.repeat(300), '', '\u001b[2J', 'ä'])(
		'the context %j, in its folder, under a name that no file system minds',
		async context => {
			const path = other({context});
			expect(dirname(path)).toBe(dirname(file));
			expect(path.slice(dirname(path).length + 1)).toMatch(/^[\w-][\w.-]{0,90}\.json$/);
			expect(await keepLastKnown(environment(), {...place, context}, knownOf(1))).toBe(true);
		},
	);
});

describe('nothing is believed, and nothing thrown, of', () => {
	beforeEach(async () => {
		await keep();
	});
	afterEach(async () => {
		expect(await read()).toBeUndefined();
	});

	test('a file cut at any byte', async () => {
		const whole = await readFile(file);
		for (let at = 0; at < whole.length - 1; at += 7) {
			await writeFile(file, whole.subarray(0, at));
			expect(await read()).toBeUndefined();
		}
	});

	test('a link, even to one that could be believed', async () => {
		const elsewhere = join(home, 'elsewhere.json');
		await link(file, elsewhere);
		await rm(file);
		await symlink(elsewhere, file);
	});

	test('a folder', async () => {
		await rm(file);
		await mkdir(file);
	});

	test('a pipe that nobody writes to', async () => {
		await rm(file);
		spawnSync('sh', ['-c', 'mkfifo -m 600 "$1"', 'sh', file]);
	});

	test('a file that others may write to', async () => {
		await chmod(file, 0o666);
	});

	test('a file that is too large', async () => {
		await writeFile(file, `${textOf(knownOf(2))}${' '.repeat(200_000)}`);
	});
});

describe('it is said, not thrown, that nothing can be kept', () => {
	test('where the folder is a file', async () => {
		await writeFile(join(home, 'midwatch'), '');
		expect(await keep()).toBe(false);
		expect(await read()).toBeUndefined();
	});

	test('where a folder stands in its place; nothing is left beside it', async () => {
		await mkdir(file, {recursive: true});
		expect(await keep()).toBe(false);
		expect(await readdir(dirname(file))).toHaveLength(1);
	});

	test('where there is no room', async () => {
		expect(await keepLastKnown({XDG_STATE_HOME: '/dev/full'}, place, knownOf(1))).toBe(false);
	});

	test('where nothing can be written', async () => {
		expect(await keepLastKnown({XDG_STATE_HOME: '/sys'}, place, knownOf(1))).toBe(false);
	});
});

test('a link in its place is replaced, and what it led to stays', async () => {
	const victim = join(home, 'victim');
	await writeFile(victim, 'precious');
	await mkdir(dirname(file), {recursive: true});
	await symlink(victim, file);
	expect(await keep()).toBe(true);
	expect(await readFile(victim, 'utf8')).toBe('precious');
	expect((await lstat(file)).isFile()).toBe(true);
});

test('whoever reads while many write finds one of them, whole', async () => {
	await keep();
	const writers = Array.from({length: 8}, async (_, at) => {
		for (let round = 0; round < 10; round++) await keep(1 + at);
	});
	let done = false;
	const all = Promise.all(writers).then(() => {
		done = true;
	});
	while (!done) {
		const found = await read();
		expect(found).toEqual(knownOf(found?.nodes?.length ?? 0));
	}
	await all;
	expect(await readdir(dirname(file))).toHaveLength(1);
});

describe('a dashboard', () => {
	test('keeps what it is offered first, then the latest, once in a while', async () => {
		const keeper = keepingLastKnown(environment(), place, 200);
		let made = 0;
		const offer = (context: string) =>
			keeper.offer(() => {
				made += 1;
				return named(context);
			});
		for (const context of ['one', 'two', 'three']) offer(context);
		await pause(100);
		expect((await read())?.context).toBe('one');
		await pause(200);
		expect((await read())?.context).toBe('three');
		expect(made).toBe(2);
		await keeper.close();
		expect(made).toBe(2);
	});

	test('keeps what it was offered last when it is closed', async () => {
		const keeper = keepingLastKnown(environment(), place);
		keeper.offer(() => named('one'));
		keeper.offer(() => named('two'));
		await keeper.close();
		expect((await read())?.context).toBe('two');
	});

	test('closed without an offer, it keeps nothing', async () => {
		await keepingLastKnown(environment(), place).close();
		expect(await read()).toBeUndefined();
	});
});
