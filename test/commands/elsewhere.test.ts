import {chmod, mkdir, readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {openPty, type Pty} from '../_helpers/pty.ts';
import {type Home, newHome, quoted} from './program.ts';

let home: Home;
beforeAll(async () => {
	home = await newHome();
	for (const folder of ['with-k9s', 'empty', 'temporary']) await mkdir(join(home.folder, folder));
	await script('with-k9s/k9s');
	await script('my-shell');
});
afterAll(() => home[Symbol.asyncDispose]());

/** Says what it was given, takes a line from the terminal, and ends. */
async function script(name: string): Promise<void> {
	const says = [
		'#!/bin/sh',
		'echo "opened $0 $*"',
		'echo "KUBECONFIG=$KUBECONFIG"',
		'IFS=:',
		'set -- $KUBECONFIG',
		'/bin/cat "$1"',
	];
	const text = [...says, 'read line', 'echo "read $line"', ''].join('\n');
	await chmod(await home.put(name, text), 0o755);
}

async function opened(environment: Readonly<Record<string, string>>): Promise<Pty> {
	const args = ['demo', '--scenario', 'node-lost', '--speed', '0.1'];
	const pty = home.open(args, {environment: {TMPDIR: join(home.folder, 'temporary'), ...environment}});
	await pty.shows('▸✖ nuc-2: kubelet silent');
	await pty.shows('ai/ollama-0');
	await pty.hides('loading');
	pty.press('1');
	await pty.shows(/▸✖ nuc-2 .*silent/);
	return pty;
}

/** What stays the same as long as the cluster does: not the header, which tells the latency, nor ages and loads. */
const panesOf = (pty: Pty) =>
	pty
		.lines()
		.slice(1)
		.map(line => line.replaceAll(/\d/g, '0'));

/** The namespace and the context of the kubeconfig that was printed last. */
function chosen(pty: Pty): {readonly namespace: string | undefined; readonly context: string | undefined} {
	const printed = pty.text().replaceAll('\n', '');
	const last = (name: string) => [...printed.matchAll(new RegExp(`"${name}":"([^"]*)"`, 'g'))].at(-1)?.[1];
	return {namespace: last('namespace'), context: last('current-context')};
}

test('o opens k9s where the cursor is, gives it the terminal, and comes back intact', async () => {
	await using pty = await opened({PATH: `${home.folder}/with-k9s:/usr/bin:/bin`});
	await pty.quiet();
	const before = panesOf(pty);
	pty.press('o');
	await pty.shows(/opened .*\/k9s --namespace default --command nodes/);
	await pty.shows('"current-context"');
	expect(pty.terminal.state().buffer).toBe('normal');
	expect(chosen(pty)).toEqual({namespace: 'default', context: 'demo-homelab'});
	const [, real = ''] = /KUBECONFIG=[^:]*:(.*?kubeconfig)/.exec(pty.text().replaceAll('\n', '')) ?? [];
	expect(JSON.parse(await readFile(real, 'utf8'))).toMatchObject({'current-context': 'demo-homelab'});
	pty.type('jjq\r');
	await pty.shows('● live');
	await pty.quiet();
	expect(pty.terminal.state().buffer).toBe('alternate');
	expect(panesOf(pty)).toEqual(before);
	pty.press('2', 'j', 'o');
	await pty.shows(/opened .*\/k9s --namespace apps --command persistentvolumeclaims/);
	await pty.until(() => chosen(pty).namespace === 'apps', 'the namespace was not that of the row');
	pty.type('\r');
	await pty.shows('┏ 2 Storage tiers');
	pty.press('q');
	expect(await pty.exited).toEqual({code: 0, signal: 0});
	expect(pty.terminal.state().buffer).toBe('normal');
	expect(await readdir(join(home.folder, 'temporary'))).toEqual([]);
});

test('without k9s o opens the shell that SHELL names, with kubectl pointing there', async () => {
	await using pty = await opened({PATH: join(home.folder, 'empty'), SHELL: join(home.folder, 'my-shell')});
	pty.press('o');
	await pty.shows('k9s is not installed. A shell on "demo-homelab", namespace "default"; exit leads back.');
	await pty.shows(/opened .*\/my-shell/);
	await pty.shows('"current-context"');
	expect(chosen(pty)).toEqual({namespace: 'default', context: 'demo-homelab'});
	pty.type('hello\r');
	await pty.shows('● live');
	pty.press('j');
	await pty.shows('▸● gpu-1');
});

test('without k9s and without a shell o says so in one sentence, and stays', async () => {
	await using pty = await opened({PATH: join(home.folder, 'empty'), SHELL: '/no/such/shell'});
	pty.press('o');
	await pty.shows('Neither k9s nor the shell "/no/such/shell" could be started; set SHELL to one that is there.');
	expect(pty.terminal.state().buffer).toBe('alternate');
	pty.press('j');
	await pty.shows('▸● gpu-1');
});

test('where SHELL is not set at all there is /bin/sh', async () => {
	await using pty = await opened({PATH: join(home.folder, 'empty')});
	pty.press('o');
	await pty.shows('A shell on "demo-homelab"');
	pty.type('echo I am $0\r');
	await pty.shows('I am /bin/sh');
	pty.type('exit\r');
	await pty.shows('● live');
});

/** The dashboard below a shell with job control, as a person has it. */
async function belowBash() {
	const environment = {...home.environment, PS1: 'ready> ', PID: join(home.folder, 'pid')};
	const pty = openPty({command: 'bash', arguments: ['--norc', '--noprofile', '-i'], environment});
	await pty.shows('ready>');
	pty.type(`sh -c 'echo $$ >$PID; exec ${quoted} demo --scenario node-lost --speed 0.1'\r`);
	await pty.shows('▸✖ nuc-2: kubelet silent');
	await pty.shows('ai/ollama-0');
	await pty.hides('loading');
	pty.press('1');
	await pty.shows(/▸✖ nuc-2 .*silent/);
	return {pty, pid: Number(await readFile(join(home.folder, 'pid'), 'utf8'))};
}

test('ctrl-z gives the shell its screen, fg brings the dashboard back, as often as one likes', async () => {
	const {pty} = await belowBash();
	await using _ = pty;
	pty.press('j');
	await pty.shows('▸● gpu-1');
	await pty.quiet();
	const before = panesOf(pty);
	for (let turn = 1; turn <= 2; turn++) {
		pty.press('ctrl-z');
		await pty.until(() => pty.text().split('Stopped').length === turn + 1, 'the job was not stopped');
		expect(pty.terminal.state().buffer).toBe('normal');
		pty.type(`echo meanwhile $((${turn} + 40))\r`);
		await pty.shows(`meanwhile 4${turn}`);
		pty.type('fg\r');
		await pty.until(() => pty.terminal.state().buffer === 'alternate', 'the dashboard did not come back');
		await pty.shows('● live');
		await pty.quiet();
		expect(panesOf(pty)).toEqual(before);
	}
	pty.press('k');
	await pty.shows('▸✖ nuc-2');
	pty.press('q');
	await pty.shows(/ready> *\n*$/);
	pty.type('echo left with $?\r');
	await pty.shows('left with 0');
});

test('stopped from outside it gives the screen back, and is there again after fg', async () => {
	const {pty, pid} = await belowBash();
	await using _ = pty;
	process.kill(pid, 'SIGTSTP');
	await pty.until(() => pty.terminal.state().buffer === 'normal', 'the screen was not given back');
	await pty.shows('Stopped');
	pty.type('fg\r');
	await pty.until(() => pty.terminal.state().buffer === 'alternate', 'the dashboard did not come back');
	await pty.shows('▸✖ nuc-2');
	pty.press('j');
	await pty.shows('▸● gpu-1');
});

test('stopped for good and continued it draws everything again, whatever was written meanwhile', async () => {
	await using pty = await opened({});
	await pty.quiet();
	const before = panesOf(pty);
	pty.kill('SIGSTOP');
	await pty.terminal.write('\u001b[8;8Hsomebody wrote this\u001b[?25h');
	await pty.shows('somebody wrote this');
	pty.kill('SIGCONT');
	await pty.hides('somebody wrote this');
	await pty.quiet();
	expect(panesOf(pty)).toEqual(before);
	pty.press('j');
	await pty.shows('▸● gpu-1');
});
