import {type ChildProcess, spawn} from 'node:child_process';
import {chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {MarksError, readMarks, setMark} from '../../source/files/marks.ts';
import {marksFile} from '../../source/files/places.ts';
import type {Mark} from '../../source/marks.ts';
import {own} from '../../source/vocabulary.ts';

const place = {context: 'homelab', server: 'https://10.0.0.10:6443/', authority: 'PEM'};
const mark: Mark = {kind: 'acknowledged', note: own('on it'), at: 1000, fingerprint: 'f'};

let home: string;
let file: string;
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'midwatch-marks-'));
	file = marksFile(environment(), place);
});
afterEach(() => rm(home, {recursive: true, force: true}));

const environment = () => ({XDG_STATE_HOME: home});
const read = async () => [...(await readMarks(environment(), place)).keys()];
const set = (name: string, what: Mark | undefined = mark) => setMark(environment(), place, name, what);
const sentenceOf = async (doing: Promise<unknown>) => {
	const error = await doing.catch((reason: unknown) => reason);
	expect(error).toBeInstanceOf(MarksError);
	return (error as MarksError).sentence;
};

test('marks outlast the program, for their owner only', async () => {
	expect(await read()).toEqual([]);
	await set('node-not-ready:nuc-2');
	await set('not-offsite:tier-0', {...mark, kind: 'accepted', until: 5000});
	expect(await readMarks(environment(), place)).toEqual(
		new Map([
			['node-not-ready:nuc-2', mark],
			['not-offsite:tier-0', {...mark, kind: 'accepted', until: 5000}],
		]),
	);
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
	await setMark(environment(), place, 'node-not-ready:nuc-2');
	expect(await read()).toEqual(['not-offsite:tier-0']);
});

test('all contexts of a cluster share them; another cluster of the same name does not', async () => {
	await set('a');
	expect([...(await readMarks(environment(), {...place, context: 'admin'})).keys()]).toEqual(['a']);
	expect((await readMarks(environment(), {...place, authority: 'other PEM'})).size).toBe(0);
});

test('a secret in a note is not written down', async () => {
	await set('a', {...mark, note: own('used DB_PASSWORD=hunter2 for it')});
	expect(await readFile(file, 'utf8')).not.toContain('hunter2');
});

test('cut at any byte, it keeps the whole lines, and the next one too', async () => {
	await set('a');
	await set('b');
	const whole = await readFile(file);
	for (let at = 0; at <= whole.length; at += 5) {
		await writeFile(file, whole.subarray(0, at), {mode: 0o600});
		const before = await read();
		await set('c');
		expect(await read()).toEqual([...before, 'c']);
	}
});

describe('others who set marks at the same time', () => {
	const source = `
		const {setMark} = await import(${JSON.stringify(new URL('../../source/files/marks.ts', import.meta.url).href)});
		const [, , who, rounds] = process.argv;
		for (let at = 0; at < Number(rounds); at++) {
			await setMark(process.env, ${JSON.stringify(place)}, who + at, ${JSON.stringify(mark)});
			process.stdout.write(who + at + '\\n');
		}`;
	const setter = async (who: string, rounds: number): Promise<ChildProcess> => {
		const script = join(home, 'set.mjs');
		await writeFile(script, source);
		return spawn(process.execPath, [script, who, String(rounds)], {
			env: {...process.env, XDG_STATE_HOME: home},
			stdio: ['ignore', 'pipe', 'inherit'],
		});
	};
	const ended = (child: ChildProcess) => new Promise(resolve => child.once('close', resolve));

	test('lose none of them', async () => {
		const processes = await Promise.all(['a', 'b', 'c'].map(who => setter(who, 40)));
		for (const child of processes) child.stdout?.resume();
		await Promise.all(processes.map(ended));
		const wanted = ['a', 'b', 'c'].flatMap(who => Array.from({length: 40}, (_, at) => `${who}${at}`));
		expect((await read()).toSorted()).toEqual(wanted.toSorted());
	});

	test('lose none that was set, killed at any moment', async () => {
		for (let round = 0; round < 5; round++) {
			const child = await setter(`r${round}-`, 1000);
			let said = '';
			child.stdout?.on('data', chunk => {
				said += String(chunk);
				if (said.split('\n').length > round * 3) child.kill('SIGKILL');
			});
			await ended(child);
			const told = said.split('\n').slice(0, -1);
			expect(told.length).toBeGreaterThan(0);
			expect(await read()).toEqual(expect.arrayContaining(told));
		}
	});
});

describe('in one sentence, with the file, it is told that', () => {
	test('it is a link', async () => {
		await set('a');
		await rm(file);
		await symlink('/dev/null', file);
		expect(await sentenceOf(read())).toBe(`What was acknowledged and accepted in ${file} is not read: it is a link.`);
		expect(await sentenceOf(set('b'))).toMatch(/^The mark could not be kept in .+ \(.+\)\.$/);
	});

	test('others may write to it', async () => {
		await set('a');
		await chmod(file, 0o622);
		expect(await sentenceOf(read())).toContain('others may write to it');
		expect(await sentenceOf(set('b'))).toContain('others may write to it');
	});

	test('a folder stands in its place', async () => {
		await mkdir(file, {recursive: true});
		expect(await sentenceOf(read())).toContain('it is no file');
		expect(await sentenceOf(set('b'))).toContain('EISDIR');
	});

	test('there is no folder to be had', async () => {
		await writeFile(join(home, 'midwatch'), '');
		expect(await sentenceOf(set('b'))).toMatch(/EEXIST|ENOTDIR/);
		expect(await sentenceOf(read())).toContain('ENOTDIR');
	});
});
