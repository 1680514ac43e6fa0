import {expect, test} from 'vitest';
import {newHome} from './program.ts';
import {configOf, joined, serve} from './served.ts';

test('c goes to another cluster in place, with its own marks and words, and back', async () => {
	await using one = await serve('node-lost');
	await using other = await serve('calm', {world: 'talos-ceph'});
	await using home = await newHome();
	const file = await home.put('kubeconfig', joined([await configOf(one), await configOf(other)], one.contextName));
	await using pty = home.open(['--kubeconfig', file]);
	await pty.shows('▸✖ nuc-2: kubelet silent');
	await pty.hides('loading');
	pty.press('c');
	await pty.shows('┏ Contexts');
	await pty.shows(`▸ ${one.contextName}`);
	pty.press('j', 'enter');
	await pty.shows(`midwatch  ${other.contextName}`);
	await pty.hides('nuc-2');
	await pty.shows('● live');
	await pty.shows('control-1');
	pty.press('1', 'y');
	await pty.shows(`--context ${other.contextName}`);
	pty.press('c');
	await pty.shows('┏ Contexts');
	pty.press('g', 'enter');
	await pty.shows('▸✖ nuc-2: kubelet silent');
	await pty.shows(`midwatch  ${one.contextName}`);
	pty.press('q');
	expect(await pty.exited).toEqual({code: 0, signal: 0});
});

test('a context that cannot be opened is said, and the old one stays', async () => {
	await using one = await serve('calm');
	await using home = await newHome();
	const config = await configOf(one);
	const dead = {
		contexts: [{name: 'dead', context: {cluster: 'dead', user: config.users[0]?.name}}],
		clusters: [{name: 'dead', cluster: {server: 'https://127.0.0.1:1'}}],
		users: [],
	};
	const file = await home.put('kubeconfig', joined([config, dead], one.contextName));
	await using pty = home.open(['--kubeconfig', file]);
	await pty.shows('● live');
	await pty.hides('loading');
	pty.press('c');
	await pty.shows('┏ Contexts');
	pty.press('j', 'enter');
	await pty.shows('dead is not opened: nothing listens on 127.0.0.1:1');
	await pty.shows(`midwatch  ${one.contextName}`);
	await pty.shows('● live');
});

test('the demo has one cluster', async () => {
	await using home = await newHome();
	await using pty = home.open(['demo', '--speed', '0.1']);
	await pty.shows('● live');
	pty.press('c');
	await pty.shows('The demo has one cluster.');
});
