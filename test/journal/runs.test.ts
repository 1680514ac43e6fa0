import {mkdir, readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {beginRun, JournalError, listRuns, readRun, resumeRun} from '../../source/journal/runs.ts';
import {withoutOutcome} from '../../source/journal/state.ts';
import {began, type JournalHome, newJournalHome, newRun, place, smallRun} from './home.ts';

let home: JournalHome;
beforeEach(async () => {
	home = await newJournalHome();
});
afterEach(() => home[Symbol.asyncDispose]());

const sentenceOf = async (doing: Promise<unknown>) => {
	const error = await doing.catch((reason: unknown) => reason);
	expect(error).toBeInstanceOf(JournalError);
	return (error as JournalError).sentence;
};

test('a run outlasts the program, in order, for its owner only', async () => {
	const {run, file} = await smallRun(home.environment);
	expect(run).toMatch(/^\d{8}-\d{6}-drain-nuc-2-[0-9a-z]{4}$/);
	const {entries, damage, state} = await readRun(home.environment, run);
	expect(entries.map(({seq, is}) => [seq, is])).toEqual([
		[1, 'began'],
		[2, 'intent'],
		[3, 'outcome'],
		[4, 'intent'],
	]);
	expect(damage).toEqual([]);
	expect(state).toBe('unknown');
	expect(withoutOutcome(entries).map(({title}) => title)).toEqual(['evict media/jellyfin-0']);
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	expect((await stat(join(file, '..'))).mode & 0o777).toBe(0o700);
});

test('it is running while somebody is at it, and then what its end says', async () => {
	const journal = await beginRun(home.environment, newRun);
	await journal.write(began);
	expect(await readRun(home.environment, journal.run)).toMatchObject({state: 'running'});
	await journal.write({is: 'ended', result: 'stopped', text: 'nuc-2 stays cordoned'});
	await journal.close();
	await journal.close();
	expect(await readRun(home.environment, journal.run)).toMatchObject({state: 'stopped'});
	const again = await resumeRun(home.environment, journal.run, {place});
	await again.write({is: 'resumed', by: 'me', version: '0'});
	await again.close();
	expect(await readRun(home.environment, journal.run)).toMatchObject({state: 'unknown'});
});

test('cut at every byte and taken up again, it has all whole lines, and the next one too', async () => {
	const {run, file} = await smallRun(home.environment);
	const whole = await readFile(file);
	const ends = [...whole.entries()].filter(([, byte]) => byte === 10).map(([at]) => at);
	for (let at = 0; at <= whole.length; at++) {
		await writeFile(file, whole.subarray(0, at));
		const journal = await resumeRun(home.environment, run, {place});
		// A line is whole also without its line feed.
		expect(journal.before).toHaveLength(ends.filter(end => end <= at).length);
		await journal.write({is: 'resumed', by: 'me', version: '0'});
		await journal.close();
		const {entries, damage} = await readRun(home.environment, run);
		expect(entries.map(({seq}) => seq)).toEqual([...journal.before.map(({seq}) => seq), journal.before.length + 1]);
		expect(entries.at(-1)).toMatchObject({is: 'resumed'});
		expect(damage.filter(({is}) => is === 'damaged')).toEqual([]);
	}
});

test('damage in the middle is told and stays as it is', async () => {
	const {run, file} = await smallRun(home.environment);
	const damaged = (await readFile(file, 'utf8')).replace('cordoned', 'corroded');
	await writeFile(file, damaged);
	const journal = await resumeRun(home.environment, run, {place});
	await journal.write({is: 'resumed', by: 'me', version: '0'});
	await journal.close();
	const {entries, damage} = await readRun(home.environment, run);
	expect(entries.map(({seq}) => seq)).toEqual([1, 2, 4, 5]);
	expect(damage).toEqual([{is: 'damaged', line: 3, text: 'line 3 is not as it was written'}]);
	expect((await readFile(file, 'utf8')).startsWith(damaged)).toBe(true);
});

test('lines that were taken out or put in twice are told', async () => {
	const {run, file} = await smallRun(home.environment);
	const [first = '', second = '', , fourth = ''] = (await readFile(file, 'utf8')).split('\n');
	await writeFile(file, [first, second, second, fourth, ''].join('\n'));
	expect((await readRun(home.environment, run)).damage.map(({text}) => text)).toEqual([
		'line 3 is number 2 once more',
		'number 3 is missing before line 4',
	]);
});

test('writes that are not waited for come in their order', async () => {
	const journal = await beginRun(home.environment, newRun);
	await Promise.all(Array.from({length: 20}, (_, at) => journal.write({is: 'noted', text: String(at)})));
	await journal.close();
	const {entries} = await readRun(home.environment, journal.run);
	expect(entries.map(entry => entry.is === 'noted' && entry.text)).toEqual(Array.from({length: 20}, (_, at) => String(at)));
});

test('no secret is written down, wherever it stands', async () => {
	const journal = await beginRun(home.environment, {...newRun, secrets: ['opaque-token-1', 'c0rrect-h0rse']});
	await journal.write({
		...began,
		title: 'drain with opaque-token-1',
		plan: {deep: [{DB_PASSWORD: 'hunter2'}, 'DB_PASSWORD=hunter2']},
	});
	await journal.write({is: 'noted', text: `data:\n  a: ${btoa('hunter2!')}\nkind: Secret`, detail: btoa('c0rrect-h0rse')});
	await journal.close();
	const written = await readFile(join(journal.folder, 'journal.jsonl'), 'utf8');
	expect(written).not.toMatch(/opaque-token|hunter2|c0rrect|aHVudGVyMiE|YzBycmVjd/);
	expect(await readRun(home.environment, journal.run)).toMatchObject({damage: [], entries: [{is: 'began'}, {is: 'noted'}]});
});

test('two at a time is refused, with who is at it; another cluster too', async () => {
	const {run} = await smallRun(home.environment);
	const journal = await resumeRun(home.environment, run, {place});
	expect(await sentenceOf(resumeRun(home.environment, run, {place}))).toMatch(
		new RegExp(`^The run ${run} is not taken up again: process ${process.pid} on .* is at it\\.$`),
	);
	await journal.close();
	const other = {...place, authority: 'another PEM'};
	expect(await sentenceOf(resumeRun(home.environment, run, {place: other}))).toMatch(
		/it was begun on another cluster than homelab/,
	);
	expect(await sentenceOf(resumeRun(home.environment, '../../etc', {place}))).toMatch(/^There is no run /);
});

test('where nothing can be kept, nothing begins', async () => {
	await writeFile(join(home.folder, 'midwatch'), 'a file where a folder is to be');
	expect(await sentenceOf(beginRun(home.environment, newRun))).toMatch(
		/^Nothing is done, for it could not be written down in .*\/midwatch\/runs \(.*\): make room there, or set XDG_STATE_HOME\.$/,
	);
});

test('runs are listed, the newest first; one that cannot be read does not hide the others', async () => {
	expect(await listRuns(home.environment)).toEqual({runs: [], unreadable: []});
	const {run} = await smallRun(home.environment);
	const newer = join(home.folder, 'midwatch/runs/29990101-000000-drain-nuc-1-aaaa');
	await mkdir(join(newer, 'journal.jsonl'), {recursive: true});
	const {runs, unreadable} = await listRuns(home.environment);
	expect(runs.map(each => each.run)).toEqual([run]);
	expect(unreadable).toEqual([expect.stringMatching(/^The run 29990101-\S+ in .* cannot be read \(.*\)\.$/)]);
});
