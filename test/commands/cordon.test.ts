import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {answer, type Bench, newActingBench} from './acting.ts';
import {kubeconfig} from './program.ts';

let bench: Bench;
beforeEach(async () => {
	bench = await newActingBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const isCordoned = (name = 'n1') => (bench.node(name)?.spec as {unschedulable?: boolean} | undefined)?.unschedulable === true;
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

describe('at a terminal', () => {
	test('it is asked once whether the cluster may be changed at all, and each time whether to do it', async () => {
		{
			await using pty = bench.open('cordon', 'n1');
			await pty.shows('1. cordon n1: no new pods come to it');
			await pty.shows(/Changes were never allowed on \S+ \(https:\/\/127\.0\.0\.1:\d+\/\)\./);
			await answer(pty, 'Allow them from now on? (yes/no)', 'yes');
			await answer(pty, 'Do it? (yes/no)', 'yes');
			expect(await pty.exited).toEqual({code: 0, signal: 0});
			expect(pty.text()).toContain('n1 cordoned');
			expect(pty.text()).toMatch(/to take it back: midwatch uncordon n1 --kubeconfig/);
			expect(pty.text()).toMatch(/what was done: midwatch journal show \d{8}-\d{6}-cordon-n1-/);
			// Lines are appended: whoever reads a log of it finds no tricks.
			expect(pty.written()).not.toContain('\u001b[');
		}
		expect(isCordoned()).toBe(true);
		await using again = bench.open('uncordon', 'n1');
		await answer(again, 'Do it? (yes/no)', 'yes');
		expect(await again.exited).toEqual({code: 0, signal: 0});
		expect(again.text()).not.toContain('Allow them');
		expect(isCordoned()).toBe(false);
	});

	test.each(['no', '', 'y', 'YES please'])('only a yes allows changes, not %j', async typed => {
		await using pty = bench.open('cordon', 'n1');
		await answer(pty, 'Allow them from now on? (yes/no)', typed);
		expect(await pty.exited).toEqual({code: 1, signal: 0});
		expect(pty.text()).toContain('nothing was changed');
		expect(isCordoned()).toBe(false);
		expect(await readdir(join(bench.home.folder, '.local')).catch(() => [])).toEqual([]);
	});

	test('ctrl-c at a question changes nothing', async () => {
		await using pty = bench.open('cordon', 'n1');
		await pty.shows('Allow them from now on? (yes/no)');
		pty.press('ctrl-c');
		expect(await pty.exited).toEqual({code: 130, signal: 0});
		expect(pty.text()).toContain('nothing was changed');
		expect(isCordoned()).toBe(false);
	});

	test('the end of the input is a no', async () => {
		await using pty = bench.open('cordon', 'n1');
		await pty.shows('Allow them from now on? (yes/no)');
		pty.press('ctrl-d');
		expect(await pty.exited).toEqual({code: 1, signal: 0});
		expect(isCordoned()).toBe(false);
	});

	test('what was pasted behind an answer answers nothing else', async () => {
		await using pty = bench.open('cordon', 'n1');
		await pty.shows('Allow them from now on? (yes/no)');
		pty.type('yes\ryes\r');
		await pty.shows('Do it? (yes/no)');
		await pty.quiet();
		expect(isCordoned()).toBe(false);
	});
});

describe('without a terminal', () => {
	test('nothing is changed where that was never allowed at one', async () => {
		const {code, stderr} = await bench.run('cordon', 'n1', '--yes');
		expect(code).toBe(2);
		expect(stderr).toMatch(/^Changes were never allowed on \S+ \(\S+\)\. Run it once at a terminal, where that is asked\.\n$/);
		expect(isCordoned()).toBe(false);
	});

	test('a yes is wanted, and does', async () => {
		await bench.allow();
		expect(await bench.run('cordon', 'n1')).toMatchObject({
			code: 2,
			stderr: 'cordon n1 wants a yes: run it at a terminal, or say --yes.\n',
		});
		expect(isCordoned()).toBe(false);
		expect(await bench.run('cordon', 'n1', '--yes')).toMatchObject({code: 0, stderr: ''});
		expect(isCordoned()).toBe(true);
		expect(await bench.run('cordon', 'n1', '--yes')).toMatchObject({
			code: 0,
			stdout: expect.stringContaining('n1 is cordoned already'),
		});
	});

	test('for programs: one document, and what happens beside it', async () => {
		await bench.allow();
		const {code, stdout, stderr} = await bench.run('cordon', 'n1', 'n2', '--yes', '--output', 'json');
		expect(code).toBe(0);
		expect(JSON.parse(stdout)).toMatchObject({
			schema: 'midwatch.outcome/1',
			action: 'cordon',
			title: 'cordon n1 n2',
			run: expect.stringMatching(/^\d{8}-\d{6}-cordon-n1-/),
			result: 'done',
			exit: 0,
		});
		expect(stderr).toContain('n1 cordoned');
		expect(isCordoned('n2')).toBe(true);
	});
});

describe('a dry run', () => {
	test('shows what would be done, changes nothing and keeps nothing', async () => {
		const {code, stdout, stderr} = await bench.run('cordon', 'n1', '--dry-run');
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		expect(stdout).toContain('1. cordon n1: no new pods come to it');
		expect(stdout).toMatch(/kubectl cordon n1 --kubeconfig/);
		expect(isCordoned()).toBe(false);
		expect(await readdir(join(bench.home.folder, '.local')).catch(() => [])).toEqual([]);
	});

	test('for programs', async () => {
		const {code, stdout} = await bench.run('cordon', 'n1', '--dry-run', '-o', 'json');
		expect(code).toBe(0);
		expect(JSON.parse(stdout)).toMatchObject({
			schema: 'midwatch.plan/1',
			action: 'cordon',
			refused: false,
			confirm: {ask: 'yes'},
			permissions: [{verb: 'patch', resource: 'nodes', name: 'n1'}],
			objects: [{subject: {resource: 'nodes', name: 'n1'}, uid: expect.stringMatching(/^[\w-]{36}$/)}],
			exit: 0,
		});
	});
});

describe('bad input', () => {
	test.each([
		['no node', ['cordon'], /^Say which NODE; midwatch cordon --help/],
		['a node that is not there', ['cordon', 'n3'], /^there is no node n3/],
		['flags as a name', ['cordon', '--', '--force'], /"--force" cannot be the name of a node/],
		['a shell', ['cordon', '$(touch /tmp/x); `id`'], /cannot be the name of a node/],
		['a path', ['cordon', '../pods/x'], /cannot be the name of a node/],
		['escape sequences', ['cordon', 'n1\u001b]0;x\u0007\u001b[2J'], /cannot be the name of a node/],
		['what cannot be seen', ['cordon', 'n\u202e1'], /cannot be the name of a node/],
		['an unknown flag', ['cordon', 'n1', '--now'], /^Unknown flag --now/],
	])('%s: one sentence, and 2', async (_, args, said) => {
		// Whatever follows `--` is no flag.
		const {code, stdout, stderr} = await bench.home.run(args[0] ?? '', ...bench.reaching, ...args.slice(1));
		expect(code).toBe(2);
		expect(stderr).toMatch(said);
		expect(stderr.trimEnd().split('\n')).toHaveLength(1);
		expect(stdout + stderr).not.toMatch(control);
	});

	test('a server that is gone', async () => {
		const gone = await bench.home.put('gone', kubeconfig('https://127.0.0.1:1', {token: 'x'}));
		const {code, stdout} = await bench.home.run('cordon', 'n1', '--yes', '--kubeconfig', gone);
		expect(code).toBe(1);
		expect(stdout).toMatch(/nothing listens on 127\.0\.0\.1/);
	});
});
