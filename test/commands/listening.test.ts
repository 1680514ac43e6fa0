import {mkdir} from 'node:fs/promises';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {nodeLost} from '../../source/demo/scenarios/node-lost.ts';
import {homelab} from '../../source/demo/worlds/homelab/homelab.ts';
import {startHostile} from '../_helpers/hostile-cluster.ts';
import {openPty, type Pty} from '../_helpers/pty.ts';
import {type Home, newHome, quoted} from './program.ts';

let home: Home;
beforeAll(async () => {
	home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

/** What was written, line by line; nothing may stand in it but text. */
function linesOf(pty: Pty): readonly string[] {
	expect(pty.written()).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f]/);
	return pty
		.written()
		.split('\r\n')
		.filter(line => line !== '');
}

const opened = (pty: Pty) => pty.until(() => pty.written().includes('q quits.'), 'never spoke');
const says = (pty: Pty, text: string) => pty.until(() => pty.written().includes(text), `never said ${text}`);

test('--screen-reader: sentences without an escape sequence, and nothing twice', async () => {
	await using pty = home.open(['demo', '--scenario', 'node-lost', '--screen-reader'], {columns: 200});
	await opened(pty);
	const lines = linesOf(pty);
	expect(lines[1]).toMatch(/^Demo, demo-homelab at 127\.0\.0\.1:\d+: 1 incident/);
	expect(lines).toContainEqual(expect.stringMatching(/^1\. critical: nuc-2: kubelet silent since/));
	expect(lines).toContainEqual(expect.stringMatching(/^Nodes: 7 of 8, .*; bad: nuc-2\.$/));
	await pty.quiet(2500);
	const later = linesOf(pty);
	expect(new Set(later).size).toBe(later.length);
	pty.press('enter');
	await says(pty, 'Evidence.');
	await says(pty, 'kubectl describe nodes nuc-2');
	pty.press('esc', '1');
	await says(pty, '1 of 8: bad: name nuc-2');
	pty.press('/');
	await says(pty, 'Filter of Nodes');
	pty.type('gpu');
	pty.press('enter');
	await says(pty, 'filter gpu: 1 of 8 rows.');
	pty.press('?');
	await says(pty, 'j, k, down, up: one row down, up.');
	linesOf(pty);
	pty.press('ctrl-c');
	expect(await pty.exited).toMatchObject({code: 0});
	linesOf(pty);
});

test.each([
	['the environment', {INK_SCREEN_READER: 'true'}],
	['a dumb terminal, asked for by the environment', {INK_SCREEN_READER: 'true', TERM: 'dumb'}],
])('chosen by %s', async (_, environment) => {
	await using pty = home.open(['demo'], {environment});
	await opened(pty);
	linesOf(pty);
	pty.press('q');
	expect(await pty.exited).toMatchObject({code: 0});
});

test('chosen by the configuration', async () => {
	await mkdir(`${home.folder}/config/midwatch`, {recursive: true});
	await home.put('config/midwatch/config.json', '{"screenReader": true}');
	await using pty = home.open(['demo'], {environment: {XDG_CONFIG_HOME: `${home.folder}/config`}});
	await opened(pty);
	linesOf(pty);
	pty.kill('SIGTERM');
	const {code, signal} = await pty.exited;
	expect(code === 143 || signal === 15).toBe(true);
	linesOf(pty);
});

test('what a cluster says is text, whatever it says', async () => {
	const cluster = await startHostile(homelab, nodeLost);
	try {
		cluster.spoil({texts: ['\u001b[2JMARK\u001b]52;c;ZXZpbA==\u0007', '\r\n\u009b1mMARK\u202e'], share: 0.6, seed: 7});
		await using pty = home.open(['--screen-reader', '--kubeconfig', await cluster.writeKubeconfig()]);
		await opened(pty);
		for (const view of ['0', '1', '2', '3', '4', '5', '6', 't', 'R']) {
			pty.press(view, 'j', 'enter', 'y', 'esc');
			await pty.quiet(100);
		}
		expect(pty.written()).toContain('MARK');
		linesOf(pty);
		pty.press('ctrl-c');
		expect(await pty.exited).toMatchObject({code: 0});
	} finally {
		await cluster.close();
	}
});

test('ctrl-z stops it as a shell expects, and fg comes back', async () => {
	await using pty = openPty({command: 'bash', arguments: ['--norc', '-i'], environment: {...home.environment, PS1: '$ '}});
	pty.type(`${quoted} demo --screen-reader\r`);
	await opened(pty);
	pty.press('ctrl-z');
	await says(pty, 'Stopped');
	pty.type('stty -a | grep -o "[-]*icanon"; echo done\r');
	await pty.until(() => /^icanon\r?\n.*done/ms.test(pty.written()), 'the shell did not get its terminal back');
	pty.type('fg\r');
	pty.press('j');
	await says(pty, '2 of 8: ');
	pty.press('q');
	await pty.until(() => pty.written().endsWith('$ '), 'the shell never came back');
	pty.type('exit\r');
	await pty.exited;
});
