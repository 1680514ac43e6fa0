import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import type {KubeObject} from '../../source/demo/model.ts';
import {blocking, podsOn} from '../actions/drain/run/arrange.ts';
import {answer, type Bench, newActingBench} from './acting.ts';
import {serve} from './served.ts';

let bench: Bench;
const start = async (...objects: readonly KubeObject[]) => {
	bench = await newActingBench(objects);
};
afterEach(() => bench[Symbol.asyncDispose]());

const pods = () =>
	bench.cluster.stage.store
		.list('', 'pods')
		.map(({metadata: {name}}) => name)
		.sort();
const isCordoned = (name = 'n1') => (bench.node(name)?.spec as {unschedulable?: boolean} | undefined)?.unschedulable === true;
const put = (object: KubeObject) => bench.cluster.stage.store.put(object);
const remove = (name: string) =>
	bench.cluster.stage.store.remove({group: 'policy', plural: 'poddisruptionbudgets', namespace: 'default', name});
/** Pods that nothing makes again: `--force` deletes them. */
const drain = ['drain', 'n1', '--force'] as const;

type Printed = {
	readonly data: object;
	readonly concerns: readonly {readonly weight: string; readonly check: string; readonly text: string}[];
};

describe('a dry run', () => {
	test('prints the plan for programs, as kubectl people type it', async () => {
		await start(...podsOn('n1', 3));
		const {code, stdout, stderr} = await bench.run(...drain, '--grace-period=5', '--timeout=2m', '--dry-run', '--output', 'json');
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		expect(JSON.parse(stdout)).toMatchObject({
			schema: 'midwatch.plan/1',
			action: 'drain',
			title: 'drain n1',
			likewise: expect.arrayContaining(['kubectl', 'drain', 'n1', '--force', '--grace-period=5', '--timeout=120s']),
			refused: false,
			exit: 0,
		});
		expect(pods()).toHaveLength(3);
		expect(isCordoned()).toBe(false);
	});

	test('what preflight refuses ends with 1, and names the flag', async () => {
		await start(...podsOn('n1', 1));
		const {code, stdout} = await bench.run('drain', 'n1', '--dry-run');
		expect(code).toBe(1);
		expect(stdout).toMatch(/^Refused$/m);
		expect(stdout).toContain('--force');
		expect(stdout).toMatch(/It cannot be done like this\.\n$/);
	});

	test('what preflight refuses is refused for good, with the way out, also when it is to be done', async () => {
		await start(...podsOn('n1', 1));
		await bench.allow();
		const {code, stdout, stderr} = await bench.run('drain', 'n1', '--yes', '-o', 'json');
		expect(code).toBe(1);
		expect(stderr).toMatch(/way out: --force deletes it for good/);
		expect(JSON.parse(stdout)).toMatchObject({result: 'refused', by: 'preflight', concerns: [{weight: 'refuses'}], exit: 1});
		expect(isCordoned()).toBe(false);
	});

	test('of a node of a whole cluster is as wide as a screen, and the same twice', async () => {
		await start();
		await using cluster = await serve('calm');
		const dry = async (...more: readonly string[]) =>
			await bench.home.run('drain', 'nuc-2', '--delete-emptydir-data', '--dry-run', '--kubeconfig', cluster.kubeconfig, ...more);
		const text = (await dry()).stdout.split('\n').filter(line => !line.includes(cluster.kubeconfig));
		expect(Math.max(...text.map(line => line.length))).toBeLessThanOrEqual(80);
		const texts = async () => (JSON.parse((await dry('-o', 'json')).stdout) as Printed).concerns.map(({text: said}) => said);
		expect(await texts()).toEqual(await texts());
	});
});

describe('a drain', () => {
	test('is followed line by line to its end', async () => {
		await start(...podsOn('n1', 3), ...podsOn('n2', 1, 'other'));
		await bench.allow();
		const {code, stdout, stderr} = await bench.run(...drain, '--yes', '-o', 'json');
		expect(code).toBe(0);
		expect(JSON.parse(stdout)).toMatchObject({result: 'done', text: expect.stringContaining('all 3 pods'), exit: 0});
		for (const name of ['web-0', 'web-1', 'web-2']) expect(stderr).toMatch(new RegExp(`^.*default/${name}.*gone`, 'm'));
		expect(stderr).not.toContain('\u001b');
		expect(pods()).toEqual(['other-0']);
		expect(isCordoned()).toBe(true);
	});

	test('that preflight refuses changes nothing: 1', async () => {
		await start(...podsOn('n1', 1));
		await bench.allow();
		expect(await bench.run('drain', 'n1', '--yes')).toMatchObject({code: 1});
		expect(isCordoned()).toBe(false);
	});

	test('that a budget blocks is stopped with ctrl-c, says how to go on, and goes on', async () => {
		await start(...podsOn('n1', 2), ...podsOn('n1', 2, 'free'), blocking('web', 2));
		await bench.allow();
		let run = '';
		{
			await using pty = bench.open(...drain);
			await answer(pty, 'Do it? (yes/no)', 'yes');
			await pty.shows(/^default\/web-\d: budget web allows none/m);
			await pty.until(() => pods().length === 2, 'the free pods go');
			pty.press('ctrl-c');
			await pty.shows('stopping at the next safe point; once more leaves at once');
			expect(await pty.exited).toEqual({code: 3, signal: 0});
			const text = pty.text().replaceAll('\n', '');
			run = /to go on: midwatch drain --resume (\S+)/.exec(text)?.[1]?.slice(0, 'yyyymmdd-hhmmss-drain-n1-xxxx'.length) ?? '';
			expect(text).toContain('what was done: midwatch journal show');
		}
		expect(isCordoned()).toBe(true);
		expect(await bench.run('drain', 'n1', '--resume', run, '--yes')).toMatchObject({code: 2});
		const none = await bench.run('drain', '--resume', '../../etc', '--yes');
		expect(none).toMatchObject({code: 2, stderr: expect.stringMatching(/^There is no run "..\/..\/etc"; midwatch journal list/)});
		remove('web');
		const {code, stdout} = await bench.run('drain', '--resume', run, '--yes');
		expect(stdout).toContain('n1 is drained');
		expect(code).toBe(0);
		expect(pods()).toEqual([]);
	});

	test('that became another between the plan and the yes is shown again, with the difference', async () => {
		await start(...podsOn('n1', 1));
		await bench.allow();
		await using pty = bench.open(...drain);
		await pty.shows('Do it? (yes/no)');
		for (const pod of podsOn('n1', 1, 'late')) put(pod);
		put(blocking('web'));
		pty.type('yes');
		pty.press('enter');
		await pty.shows('It is not as it was when you said yes:');
		await pty.shows('1 object more: default/late-0');
		await pty.quiet();
		expect(pods()).toEqual(['late-0', 'web-0']);
		expect(isCordoned()).toBe(false);
		pty.type('no');
		pty.press('enter');
		expect(await pty.exited).toMatchObject({code: 1});
	});

	test('whose reader leaves is stopped, not broken off', async () => {
		await start(...podsOn('n1', 2), blocking('web', 2));
		await bench.allow();
		await using pty = bench.open(...drain, '--yes');
		await pty.shows(/^default\/web-1: budget web allows none/m);
		pty.kill('SIGHUP');
		expect(await pty.exited).toMatchObject({code: 3});
		const runs = await readdir(join(bench.home.folder, '.local/state/midwatch/runs'));
		const {stdout} = await bench.home.run('journal', 'show', runs.find(name => name.includes('drain')) ?? '');
		expect(stdout).toContain('stopped');
	});
});

describe('bad input', () => {
	test.each([
		['neither node nor run', ['drain'], /^Say which NODE to drain, or --resume RUN/],
		['a node that is not there', ['drain', 'n3', '--dry-run'], /^there is no node n3/],
		['no time', ['drain', 'n1', '--timeout', 'soon'], /^--timeout wants a time like 90s or 5m, not "soon"/],
		['a run where none was', ['drain', '--resume', '20261126-021405-drain-n1-k3f9'], /^No run was ever written down here/],
		['a run that is a path', ['drain', '--resume', '../../etc'], /^No run was ever written down here/],
		['a selector that is none', ['drain', 'n1', '--pod-selector', 'a in b', '--dry-run'], /unable to parse requirement: a in b/],
	])('%s: one sentence, and 2', async (_, args, said) => {
		await start();
		const {code, stdout, stderr} = await bench.run(...args);
		expect(stderr).toMatch(said);
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
		expect(stderr.trimEnd().split('\n')).toHaveLength(1);
	});
});
