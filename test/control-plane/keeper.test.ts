import {type ChildProcess, execFile, spawn, spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {describe, expect, test} from 'vitest';
import {eventually} from '../conformance/subject.ts';
import {sweep} from './keeper.ts';

const fixture = join(import.meta.dirname, '_fixtures', 'forgetful.ts');

describe('whatever ends the one who started a program', () => {
	test.each([
		['an interrupt', 'SIGINT'],
		['a termination', 'SIGTERM'],
		['a closed terminal', 'SIGHUP'],
		['a kill', 'SIGKILL'],
	] as const)('%s takes the program and its folder along', async (_, signal) => {
		const {owner, directory, pid} = await begin('signal');
		expect(isRunning(pid)).toBe(true);
		owner.kill(signal);
		await eventually(async () =>
			expect({runs: isRunning(pid), isThere: existsSync(directory)}).toEqual({runs: false, isThere: false}),
		);
	});

	test.each([
		['an uncaught error', 'throw'],
		['its own end', 'return'],
	])('%s takes the program and its folder along', async (_, ending) => {
		const {directory, pid} = await begin(ending);
		await eventually(async () =>
			expect({runs: isRunning(pid), isThere: existsSync(directory)}).toEqual({runs: false, isThere: false}),
		);
	});
});

test('what a run left whose keeper was killed too is swept away by the next one', async () => {
	const {owner, directory, pid} = await begin('signal');
	const keeper = await keeperOf(directory);
	process.kill(keeper, 'SIGKILL');
	owner.kill('SIGKILL');
	await new Promise(resolve => owner.once('close', resolve));
	expect({runs: isRunning(pid), isThere: existsSync(directory)}).toEqual({runs: true, isThere: true});
	await sweep();
	await eventually(async () =>
		expect({runs: isRunning(pid), isThere: existsSync(directory)}).toEqual({runs: false, isThere: false}),
	);
});

test('a run whose owner lives is left alone by the sweep', async () => {
	const {owner, directory, pid} = await begin('signal');
	await sweep();
	expect({runs: isRunning(pid), isThere: existsSync(directory)}).toEqual({runs: true, isThere: true});
	owner.kill('SIGTERM');
	await eventually(async () => expect(isRunning(pid)).toBe(false));
});

async function begin(ending: string): Promise<{owner: ChildProcess; directory: string; pid: number}> {
	const owner = spawn(process.execPath, [fixture, ending], {stdio: ['ignore', 'pipe', 'ignore']});
	const line = await new Promise<string>((resolve, reject) => {
		owner.stdout.once('data', chunk => resolve(String(chunk)));
		owner.once('error', reject);
	});
	const [directory = '', pid = ''] = line.trim().split(' ');
	return {owner, directory, pid: Number(pid)};
}

async function keeperOf(directory: string): Promise<number> {
	const {stdout} = await promisify(execFile)('ps', ['-eww', '-o', 'pid=,args=']);
	const line = stdout.split('\n').findLast(each => each.includes(`keeper ${directory}`));
	return Number.parseInt(line ?? '', 10);
}

/** A zombie, whom nobody has waited for yet, does not run. */
function isRunning(pid: number): boolean {
	const {stdout} = spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], {encoding: 'utf8'});
	return stdout.trim() !== '' && !stdout.startsWith('Z');
}
