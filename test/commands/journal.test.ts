import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {beginRun} from '../../source/journal/runs.ts';
import {poison} from '../_helpers/hostile.ts';
import {began, newRun, place} from '../journal/home.ts';
import {type Home, newHome} from './program.ts';

let home: Home;
let environment: {readonly XDG_STATE_HOME: string};
let drain: string;
let backup: string;
beforeAll(async () => {
	home = await newHome();
	environment = {XDG_STATE_HOME: join(home.folder, '.local/state')};
	const first = await beginRun(environment, newRun);
	await first.write(began);
	await first.write({is: 'intent', step: 'cordon', title: `cordon nuc-2${poison}`});
	await first.write({is: 'outcome', step: 'cordon', result: 'done', text: 'cordoned'});
	await first.write({is: 'intent', step: 'evict', title: 'evict media/jellyfin-0'});
	await first.close();
	// The names of runs sort by the second.
	await new Promise(resolve => setTimeout(resolve, 1000 - (Date.now() % 1000)));
	const second = await beginRun(environment, {place, what: 'backup', subject: 'tier-0'});
	await second.write({...began, what: 'backup', title: 'backup tier-0', command: ['midwatch', 'backup', 'tier-0']});
	await second.write({is: 'ended', result: 'failed', text: 'PartiallyFailed'});
	await second.close();
	[drain, backup] = [first.run, second.run];
});
afterAll(() => home[Symbol.asyncDispose]());

const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u200b]/;

test('runs are listed, the newest first, with how they stand', async () => {
	const {code, stdout} = await home.run('journal');
	const lines = stdout.trimEnd().split('\n');
	expect(lines[0]).toBe('Runs · 2 runs');
	expect(lines[1]).toMatch(/^ {2}RUN +STATE +WHAT +CONTEXT +BY +AGE$/);
	expect(lines[2]).toMatch(new RegExp(`^✖ ${backup} +failed +backup tier-0 +homelab +me@nuc-1 +<10s$`));
	expect(lines[3]).toMatch(new RegExp(`^\\? ${drain} +unknown +drain nuc-2`));
	expect(code).toBe(0);
});

test('as data', async () => {
	const {stdout} = await home.run('journal', 'list', '-o', 'json');
	expect(JSON.parse(stdout)).toMatchObject({
		schema: 'midwatch.runs/1',
		runs: [
			{run: backup, state: 'failed', what: 'backup'},
			{run: drain, state: 'unknown', title: 'drain nuc-2'},
		],
	});
});

test('a run is shown with all its steps; one whose end was not seen is to be verified; nothing of it reaches the terminal', async () => {
	const {code, stdout} = await home.run('journal', 'show', drain.slice(0, -3));
	expect(stdout).toMatch(/^drain nuc-2: unknown$/m);
	expect(stdout).toMatch(new RegExp(`^${drain}: midwatch drain nuc-2$`, 'm'));
	expect(stdout).toMatch(/^● \d\d:\d\d:\d\d {2}done {4}cordon nuc-2 x: cordoned$/m);
	expect(stdout).toMatch(/^\? \d\d:\d\d:\d\d {2}unknown evict media\/jellyfin-0: begun, and its end was not seen/m);
	expect(stdout).not.toMatch(control);
	expect(code).toBe(0);
});

test('a run is exported as Markdown and as JSON', async () => {
	const markdown = (await home.run('journal', 'export', 'last')).stdout;
	expect(markdown).toMatch(/^# backup tier-0$/m);
	expect(markdown).toMatch(/^- state: failed$/m);
	expect(markdown).toMatch(/\| ended \| failed: PartiallyFailed \|$/m);
	const data: unknown = JSON.parse((await home.run('journal', 'export', 'last', '--format', 'json')).stdout);
	expect(data).toMatchObject({schema: 'midwatch.run/1', run: backup, state: 'failed', damage: [], entries: [{seq: 1}, {seq: 2}]});
});

test.each<[readonly string[], RegExp]>([
	[['show', 'nothing'], /^There is no run "nothing"; midwatch journal list tells which there are\.$/],
	[['show', '2'], /^"2" may be any of 2 runs, .*; say more of its name\.$/],
	[['show'], /^Say which RUN; midwatch journal --help tells what there is\.$/],
	[['show', 'last', 'x'], /^One RUN at a time, not also "x"; /],
	[['list', 'last'], /^One WHAT at a time, not also "last"; /],
	[['burn'], /^WHAT is one of list, show, export, not "burn"; /],
])('%j gets one sentence', async (words, sentence) => {
	const {code, stdout, stderr} = await home.run('journal', ...words);
	expect(stderr.trimEnd()).toMatch(sentence);
	expect(stderr.trimEnd().split('\n')).toHaveLength(1);
	expect({code, stdout}).toEqual({code: 2, stdout: ''});
});

test('a journal that was changed says so', async () => {
	const file = join(environment.XDG_STATE_HOME, 'midwatch/runs', backup, 'journal.jsonl');
	const whole = await readFile(file, 'utf8');
	await writeFile(file, whole.replace('failed', 'done'));
	const {stdout} = await home.run('journal', 'show', backup);
	expect(stdout).toMatch(/^The journal is damaged\n✖ line 2 is not as it was written$/m);
	await writeFile(file, whole);
});
