import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {processStart} from '../../../source/files/process-start.ts';
import {readEnded} from '../../../source/runbooks/execute/step-end.ts';
import {followSupervised} from '../../../source/runbooks/execute/supervised.ts';
import {openPty} from '../../_helpers/pty.ts';
import {type Asked, newSteps, type Steps} from './running.ts';

let steps: Steps;
beforeEach(async () => {
	steps = await newSteps();
});
afterEach(() => steps[Symbol.asyncDispose]());

const onlooker = () => ({report: () => {}, stop: new AbortController().signal});

/** The words of another midwatch that runs a command, and the folder of its step. */
async function elsewhere(script: string, asked: Asked): Promise<{readonly words: readonly string[]; readonly folder: string}> {
	const order = await steps.order(script, asked);
	return {words: [join(steps.folder, 'runner.mjs'), JSON.stringify(order), ...steps.supervisor], folder: order.folder};
}

async function started(words: readonly string[]): Promise<ChildProcess> {
	const child = spawn(process.execPath, words, {stdio: ['ignore', 'pipe', 'inherit']});
	await once(child.stdout, 'data');
	return child;
}

const pidOf = async (name: string): Promise<number> => Number(await readFile(join(steps.folder, name), 'utf8'));

// It minds no hangup, and neither does what it started.
const stubborn = 'trap "" HUP INT TERM; (trap "" HUP; sleep 60) & echo $! > child; echo $$ > leader; echo ready; wait; sleep 60';

test('a reading command dies with the midwatch that is killed, and with it all that it started', async () => {
	const {words, folder} = await elsewhere(stubborn, {class: 'reading'});
	const midwatch = await started(words);
	const pids = await Promise.all(['child', 'leader'].map(pidOf));
	midwatch.kill('SIGKILL');
	for (const pid of pids) await expect.poll(() => processStart(pid)).toBeUndefined();
	expect(await readEnded(folder)).toBeUndefined();
});

const slow = 'echo ready; sleep 1; echo done > proof; echo finished; exit 3';

test('a changing command is finished without the midwatch that is killed, and the next one tells its end', async () => {
	const {words, folder} = await elsewhere(slow, {class: 'changing'});
	const midwatch = await started(words);
	midwatch.kill('SIGKILL');
	expect(await readEnded(folder)).toBeUndefined();
	const seen: string[] = [];
	const ended = await followSupervised(folder, {report: ({lines}) => seen.push(...lines), stop: new AbortController().signal});
	expect(ended).toMatchObject({result: 'failed', text: 'exit code 3', exit: 3, lines: ['ready', 'finished']});
	expect(await readFile(join(steps.folder, 'proof'), 'utf8')).toBe('done\n');
	expect(await followSupervised(folder, onlooker())).toEqual(ended);
});

test('it is finished also where the whole terminal goes', async () => {
	const {words, folder} = await elsewhere(slow, {class: 'changing'});
	const pty = openPty({command: process.execPath, arguments: words});
	await pty.shows('ready');
	await pty[Symbol.asyncDispose]();
	expect(await followSupervised(folder, onlooker())).toMatchObject({exit: 3, lines: ['ready', 'finished']});
});

test('the next midwatch can stop it', async () => {
	const {words, folder} = await elsewhere('echo ready; sleep 60', {class: 'changing'});
	const midwatch = await started(words);
	midwatch.kill('SIGKILL');
	expect(await followSupervised(folder, {report: () => {}, stop: AbortSignal.abort()})).toMatchObject({result: 'stopped'});
});

test('where the supervisor is killed too, its end is unknown', async () => {
	const order = await steps.order('echo ready; sleep 60', {class: 'changing'});
	const {words, folder} = await elsewhere('echo $(ps -o ppid= -p $PPID) > supervisor; echo ready; sleep 60', {
		class: 'changing',
		folder: order.folder,
	});
	const midwatch = await started(words);
	process.kill(await pidOf('supervisor'), 'SIGKILL');
	midwatch.kill('SIGKILL');
	await expect.poll(async () => (await followSupervised(folder, onlooker())).result).toBe('unknown');
});
