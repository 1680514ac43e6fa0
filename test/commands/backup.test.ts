import {afterAll, beforeAll, expect, test} from 'vitest';
import type {KubeObject} from '../../source/demo/model.ts';
import {answer} from './acting.ts';
import {type Home, newHome} from './program.ts';
import {type Served, serve} from './served.ts';

let home: Home;
let cluster: Served;
beforeAll(async () => {
	home = await newHome();
	cluster = await serve('calm', {speed: 20});
});
afterAll(async () => {
	await cluster[Symbol.asyncDispose]();
	await home[Symbol.asyncDispose]();
});

const run = (...args: readonly string[]) => home.run('backup', ...args, '--kubeconfig', cluster.kubeconfig);
const schedule = () =>
	cluster.stage.store.get({group: 'velero.io', plural: 'schedules', namespace: 'velero', name: 'tier-1'}) as KubeObject & {
		spec: {paused?: boolean};
	};
const backups = () => cluster.stage.store.list('velero.io', 'backups', 'velero').map(({metadata: {name}}) => name);

test('without a tier, those that there are: as text, and for programs with what can be asked of each', async () => {
	const {code, stdout} = await run();
	expect(code).toBe(0);
	expect(stdout).toMatch(/^tier-0: schedule of Velero$/m);
	expect(stdout).toMatch(/^etcd: snapshots of etcd by k3s; not now: /m);
	const {tiers} = JSON.parse((await run('-o', 'json')).stdout) as {tiers: readonly object[]};
	expect(tiers).toContainEqual(expect.objectContaining({name: 'tier-0', path: 'schedule/velero/tier-0', pausing: 'pause'}));
	expect(tiers).toContainEqual(expect.objectContaining({name: 'etcd', why: expect.stringContaining('etcd-snapshot save')}));
});

test('a tier is paused at a terminal, and unpaused without one', async () => {
	{
		await using pty = home.open(['backup', 'tier-1', '--pause', '--kubeconfig', cluster.kubeconfig], {columns: 100, rows: 50});
		await pty.shows('pause schedule velero/tier-1');
		await answer(pty, 'Allow them from now on? (yes/no)', 'yes');
		await answer(pty, 'Do it? (yes/no)', 'yes');
		expect(await pty.exited).toEqual({code: 0, signal: 0});
	}
	expect(schedule().spec.paused).toBe(true);
	expect(await run('tier-1', '--pause', '--yes')).toMatchObject({code: 0, stdout: 'tier-1 is paused already\n'});
	expect(await run('tier-1', '--unpause', '--yes')).toMatchObject({code: 0});
	expect(schedule().spec.paused ?? false).toBe(false);
});

test('a tier is backed up now, and followed to its end', async () => {
	const before = backups();
	const {code, stdout, stderr} = await run('tier-1', '--yes', '-o', 'json');
	expect({code, stderr}).toEqual({code: 0, stderr: expect.stringContaining('tier-1')});
	expect(JSON.parse(stdout)).toMatchObject({schema: 'midwatch.outcome/1', action: 'backup', result: 'done', exit: 0});
	expect(backups().filter(name => !before.includes(name))).toEqual([expect.stringMatching(/^tier-1-\d{14}$/)]);
});

test.each([
	['a tier that is not there', ['tier-9'], /^there is no backup tier tier-9: did you mean tier-/],
	['both at once', ['tier-0', '--pause', '--unpause'], /^Say --pause or --unpause, not both\.$/m],
	['nothing to pause', ['--pause'], /^Say which TIER to pause/],
	['two tiers', ['tier-0', 'tier-1'], /^One TIER at a time, not also "tier-1"/],
	['flags as a name', ['--', '--all'], /--all/],
	['escape sequences', ['tier-0\u001b[2J'], /^there is no backup tier tier-0/],
	['a run and a tier', ['tier-0', '--resume', 'x'], /^--resume takes the tier of the run/],
	['a run that is a drain, or none', ['--resume', '20261126-021405-drain-n1-k3f9'], /20261126-021405-drain-n1-k3f9/],
])('bad input: %s: one sentence, and 2', async (_, args, said) => {
	const {code, stdout, stderr} = await home.run('backup', '--kubeconfig', cluster.kubeconfig, ...args);
	expect(stderr).toMatch(said);
	expect({code, stdout}).toEqual({code: 2, stdout: ''});
	expect(stderr.trimEnd().split('\n')).toHaveLength(1);
	expect(stderr).not.toContain('\u001b');
});
