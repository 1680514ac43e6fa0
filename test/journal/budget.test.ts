import {constants} from 'node:fs';
import {open, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {lineOf} from '../../source/journal/line.ts';
import {beginRun, readRun} from '../../source/journal/runs.ts';
import {began, type JournalHome, newJournalHome, newRun, smallRun} from './home.ts';

let home: JournalHome;
beforeEach(async () => {
	home = await newJournalHome();
});
afterEach(() => home[Symbol.asyncDispose]());

const timed = async (what: () => Promise<unknown>): Promise<number> => {
	const from = performance.now();
	await what();
	return performance.now() - from;
};

const median = (of: readonly number[]): number => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;

test('100,000 lines open in no more than four times what their JSON takes to be read', async () => {
	const {run, file} = await smallRun(home.environment);
	const lines = Array.from({length: 100_000}, (_, at) =>
		lineOf({
			is: 'outcome',
			step: `evict-${at}`,
			result: 'done',
			text: `media/jellyfin-${at} is gone`,
			seq: at + 1,
			at: 1_700_000_000_000 + at,
		}),
	);
	await writeFile(file, `${lines.join('\n')}\n`);
	const bare = async () => (await readFile(file, 'utf8')).split('\n').map(line => line && (JSON.parse(line) as unknown));
	const [ours, theirs]: [number[], number[]] = [[], []];
	for (let round = 0; round < 5; round++) {
		theirs.push(await timed(bare));
		ours.push(await timed(async () => expect((await readRun(home.environment, run)).entries).toHaveLength(100_000)));
	}
	console.log(`100,000 lines: ${median(ours).toFixed(0)} ms, bare JSON ${median(theirs).toFixed(0)} ms`);
	expect(median(ours)).toBeLessThan(4 * median(theirs));
});

test('a line costs no more than twice what its bytes cost the disk', async () => {
	const journal = await beginRun(home.environment, newRun);
	const bytes = Buffer.from(`${lineOf({...began, seq: 1, at: Date.now()})}\n`);
	const file = await open(join(home.folder, 'bare'), constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, 0o600);
	const [ours, theirs]: [number[], number[]] = [[], []];
	for (let round = 0; round < 200; round++) {
		ours.push(await timed(() => journal.write(began)));
		theirs.push(
			await timed(async () => {
				await file.write(bytes);
				await file.datasync();
			}),
		);
	}
	await Promise.all([file.close(), journal.close()]);
	console.log(`a line: ${median(ours).toFixed(2)} ms, bare ${median(theirs).toFixed(2)} ms`);
	expect(median(ours)).toBeLessThan(2 * median(theirs));
});
