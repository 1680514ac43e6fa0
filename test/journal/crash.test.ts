import {once} from 'node:events';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {inTurn} from '../../source/cluster/in-turn.ts';
import {JournalError, readRun, resumeRun} from '../../source/journal/runs.ts';
import {type JournalHome, newJournalHome, place, smallRun} from './home.ts';

let home: JournalHome;
beforeEach(async () => {
	home = await newJournalHome();
});
afterEach(() => home[Symbol.asyncDispose]());

const notes = async (run: string): Promise<readonly string[]> => {
	const {entries, damage} = await readRun(home.environment, run);
	expect(damage.filter(({is}) => is === 'damaged')).toEqual([]);
	expect(entries.map(({seq}) => seq)).toEqual(entries.map((_, at) => at + 1));
	return entries.flatMap(entry => (entry.is === 'noted' ? [entry.text] : []));
};

test('killed 200 times at any moment, it has what was acknowledged, in order', {timeout: 240_000}, async () => {
	const series = async (rounds: number) => {
		const {run} = await smallRun(home.environment);
		const acknowledged: string[] = [];
		for (let round = 0; round < rounds; round++) {
			const child = await home.start(`
				const run = await journal.resumeRun(environment, ${JSON.stringify(run)}, {place});
				for (let at = 0; ; at++) {
					await run.write({is: 'noted', text: '${round}-' + at + ' ' + 'x'.repeat(at % 5000)});
					say('${round}-' + at);
				}`);
			await Promise.race([once(child.stdout ?? child, 'data'), child.gone]);
			await new Promise(resolve => setTimeout(resolve, Math.random() * 15));
			child.kill('SIGKILL');
			await child.gone;
			acknowledged.push(...(await child.said).split('\n').slice(0, -1));
			const kept = (await notes(run)).map(text => text.split(' ')[0] ?? '');
			// What was written and not acknowledged may be there too: the last of each round.
			const wanted = new Set(acknowledged);
			expect(kept.filter(each => wanted.has(each))).toEqual(acknowledged);
			expect(kept.length - acknowledged.length).toBeLessThanOrEqual(round + 1);
		}
		expect(acknowledged.length).toBeGreaterThan(rounds);
	};
	// A journal that has grown long takes longer to be read than its writer lives.
	await inTurn(Array<number>(10).fill(20), 3, series);
});

test('of many who take up the run of a dead process at once, one has it', async () => {
	const {run} = await smallRun(home.environment);
	const holding = `const run = await journal.resumeRun(environment, ${JSON.stringify(run)}, {place}).catch(error => error);
		say(run.sentence ?? 'has it');
		if (run.sentence === undefined) setInterval(() => {}, 1000);`;
	for (let round = 0; round < 3; round++) {
		const children = await Promise.all(Array.from({length: 6}, () => home.start(holding)));
		await Promise.all(children.map(child => once(child.stdout ?? child, 'data')));
		const error = await resumeRun(home.environment, run, {place}).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(JournalError);
		for (const child of children) child.kill('SIGKILL');
		const said = await Promise.all(children.map(child => child.said));
		await Promise.all(children.map(child => child.gone));
		expect(said.filter(text => text === 'has it\n')).toHaveLength(1);
	}
	const journal = await resumeRun(home.environment, run, {place});
	await journal.close();
});

// A limit on the size of files acts as a disk that is full: what fits is written, the rest is refused.
test('a disk that is full refuses before anything begins', async () => {
	const child = await home.start(
		`const error = await journal.beginRun(environment, {place, what: 'drain', subject: 'nuc-2'}).catch(reason => reason);
		say(error.name + ' ' + error.sentence);
		say(JSON.stringify(await journal.listRuns(environment)));`,
		['bash', '-c', 'ulimit -f 0; exec "$0" "$@"'],
	);
	expect((await child.said).split('\n')).toEqual([
		expect.stringMatching(/^Error Nothing is done, for it could not be written down in .*: make room there/),
		'{"runs":[],"unreadable":[]}',
		'',
	]);
});

test('a disk that becomes full refuses what was not written down; what fits again is kept', async () => {
	const child = await home.start(
		`const run = await journal.beginRun(environment, {place, what: 'drain', subject: 'nuc-2'});
		say(run.run);
		for (;;) {
			const error = await run.write({is: 'noted', text: 'x'.repeat(1500)}).then(() => undefined, reason => reason);
			say(error?.sentence ?? 'kept');
			if (error !== undefined) break;
		}`,
		['bash', '-c', 'ulimit -f 8; exec "$0" "$@"'],
	);
	const [run = '', ...said] = (await child.said).trimEnd().split('\n');
	expect(said.at(-1)).toMatch(/^The journal in .* cannot be written on \(.*\)\.$/);
	expect(said.slice(0, -1)).toEqual(Array.from({length: said.length - 1}, () => 'kept'));
	expect(await notes(run)).toHaveLength(said.length - 1);
	const journal = await resumeRun(home.environment, run, {place});
	await journal.write({is: 'noted', text: 'room again'});
	await journal.close();
	expect((await notes(run)).at(-1)).toBe('room again');
});
