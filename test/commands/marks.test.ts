import {mkdir, readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {newHome} from './program.ts';
import {serve} from './served.ts';

const acknowledged = /▸◐ nuc-2: kubelet silent .*\n?.*\(acknowledged/;

test('an acknowledged incident stays acknowledged over restarts, until it is taken back', async () => {
	await using cluster = await serve('node-lost');
	await using home = await newHome();
	const open = () => home.open(['--kubeconfig', cluster.kubeconfig]);
	const first = open();
	await first.shows('▸✖ nuc-2: kubelet silent');
	await first.hides('loading');
	first.press('a');
	await first.shows('acknowledge, with a note:');
	first.type('2h power supply ordered');
	first.press('enter');
	await first.shows(/acknowledged until \d\d:\d\d|acknowledged until \d+ \w+ \d\d:\d\d/);
	await first.shows(acknowledged);
	first.press('q');
	expect(await first.exited).toEqual({code: 0, signal: 0});

	const second = open();
	await second.shows(acknowledged);
	second.press('enter');
	await second.shows('power supply ordered');
	second.press('esc');
	await second.shows(acknowledged);
	second.press('a');
	await second.shows('taken back: node-not-ready nuc-2');
	await second.shows('▸✖ nuc-2: kubelet silent');
	second.press('q');
	await second.exited;

	await using third = open();
	await third.shows('▸✖ nuc-2: kubelet silent');
	expect(third.text()).not.toContain('acknowledged');
});

test('an accepted risk is told apart, and comes back when its time is over', async () => {
	await using cluster = await serve('calm');
	await using home = await newHome();
	const pty = home.open(['--kubeconfig', cluster.kubeconfig]);
	await pty.shows('nothing wrong');
	pty.press('R');
	await pty.shows('0 accepted, 4 open');
	pty.press('a');
	pty.type('until the new disks');
	pty.press('enter');
	await pty.shows('1 accepted, 3 open');
	await pty.shows(/◐ tier-1 .* until \d+ \w+.* \d\d:\d\d: until/);
	pty.press('ctrl-c');
	await pty.exited;

	const folder = join(home.folder, '.local/state/midwatch/marks');
	const [file = ''] = await readdir(folder);
	const line = (await readFile(join(folder, file), 'utf8')).trim();
	const ninety = 90 * 86_400_000;
	const {at, until} = /"at":(?<at>\d+).*?"until":(?<until>\d+)/.exec(line)?.groups ?? {};
	expect(Number(until) - Number(at)).toBe(ninety);
	await home.put(`.local/state/midwatch/marks/${file}`, `${line.replace(String(until), String(Date.now() - 1000))}\n`);
	await using again = home.open(['--kubeconfig', cluster.kubeconfig]);
	await again.shows('nothing wrong');
	again.press('R');
	await again.shows('0 accepted, 4 open');
});

test('the demo takes marks, and keeps none of them', async () => {
	await using home = await newHome();
	const open = () => home.open(['demo', '--scenario', 'node-lost', '--speed', '0.1']);
	const first = open();
	await first.shows('▸✖ nuc-2: kubelet silent');
	await first.hides('loading');
	first.press('a', 'enter');
	await first.shows(acknowledged);
	first.press('ctrl-c');
	await first.exited;
	expect(await readdir(join(home.folder, '.local')).catch(() => [])).toEqual([]);
	await using second = open();
	await second.shows('▸✖ nuc-2: kubelet silent');
});

test('a mistake in the configuration is one sentence, the terminal as it was', async () => {
	await using cluster = await serve('calm');
	await using home = await newHome();
	const folder = join(home.folder, '.config/midwatch');
	await mkdir(folder, {recursive: true});
	await home.put('.config/midwatch/config.json', JSON.stringify({contexts: {'demo-homelab': {stateles: true}}}));
	await using pty = home.open(['--kubeconfig', cluster.kubeconfig]);
	expect(await pty.exited).toEqual({code: 2, signal: 0});
	await pty.shows('stateles is not known');
	expect(pty.terminal.state().buffer).toBe('normal');
});
