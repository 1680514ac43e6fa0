import {cp, mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {execute} from '../../../source/runbooks/execute/execute.ts';
import {program} from '../../commands/program.ts';
import {newSteps, type Steps} from './running.ts';

let steps: Steps;
let folder: string;
beforeEach(async () => {
	steps = await newSteps();
	folder = await mkdtemp(join(tmpdir(), 'midwatch-without-'));
});
afterEach(async () => {
	await steps[Symbol.asyncDispose]();
	await rm(folder, {recursive: true, force: true});
});

/** What is built, without the binary that makes terminals: as it is on another platform, and in the single-file executable. */
async function withoutBinary(): Promise<readonly string[]> {
	const [launcher] = program.words;
	if (launcher === undefined) return [program.file];
	await cp(dirname(launcher), folder, {recursive: true});
	const binaries = (await readdir(folder)).filter(name => name.endsWith('.node'));
	expect(binaries).not.toEqual([]);
	for (const name of binaries) await rm(join(folder, name));
	return [program.file, join(folder, 'midwatch.cjs')];
}

test('without a terminal to be had, a command runs in pipes, and that is said', async () => {
	const supervisor = [...(await withoutBinary()), '__supervise'];
	const order = await steps.order('test -t 1 || echo no terminal; (sleep 30) & echo one; echo two >&2; exit 3', {
		class: 'changing',
	});
	const ended = await execute(order, {report: () => {}, stop: new AbortController().signal}, supervisor);
	expect(ended).toMatchObject({
		result: 'failed',
		exit: 3,
		text: 'exit code 3; it ran without a terminal of its own, for this midwatch carries none; it left something running in the background',
	});
	expect(ended.lines.toSorted()).toEqual(['no terminal', 'one', 'two']);
	expect(ended.until - ended.from).toBeLessThan(5000);
});
