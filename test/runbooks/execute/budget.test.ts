import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {execute} from '../../../source/runbooks/execute/execute.ts';
import {program} from '../../commands/program.ts';
import {newSteps, type Steps} from './running.ts';

let steps: Steps;
beforeEach(async () => {
	steps = await newSteps();
});
afterEach(() => steps[Symbol.asyncDispose]());

const onlooker = {report: () => {}, stop: new AbortController().signal};
/** The supervisor of what is built: from source, types would have to be stripped first. */
const built = [program.file, ...program.words, '__supervise'];

const timed = async (what: () => Promise<unknown>): Promise<number> => {
	const from = performance.now();
	await what();
	return performance.now() - from;
};

const median = (of: readonly number[]): number => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;

async function times(what: () => Promise<unknown>): Promise<number> {
	const all: number[] = [];
	for (let round = 0; round < 15; round++) all.push(await timed(what));
	return median(all);
}

test('a command costs little more than it does bare', async () => {
	const bare = await times(async () =>
		once(spawn('/bin/sh', ['-c', 'echo hello'], {stdio: ['ignore', 'pipe', 'pipe']}), 'close'),
	);
	const reading = await times(() => steps.run('echo hello'));
	const changing = await times(async () => execute(await steps.order('echo hello', {class: 'changing'}), onlooker, built));
	const node = await times(async () => once(spawn(process.execPath, ['-e', '0'], {stdio: 'ignore'}), 'close'));
	const ms = [bare, reading, changing, node].map(each => each.toFixed(1));
	console.log(`bare ${ms[0]} ms, reading ${ms[1]} ms, changing ${ms[2]} ms (an empty Node ${ms[3]} ms)`);
	expect(reading - bare).toBeLessThan(30);
	// A machine on which Node itself takes longer to start than usual is forgiven.
	expect(changing - bare).toBeLessThan(Math.max(100, 3 * node));
});
