import {expect, test} from 'vitest';
import {newHome} from './program.ts';
import {newShelf} from './runbook-screen.ts';
import {configOf, joined, serve} from './served.ts';

const fence = '```';
const plain = `# Plain\n\n## Diagnosis\n\n1. Say it.\n\n   ${fence}sh\n   echo said\n   ${fence}\n\n1. Say it again.\n\n   ${fence}sh\n   echo again\n   ${fence}\n`;

test('without an API the runbook for that fits first, is read, and its commands can be run', async () => {
	await using home = await newHome();
	await using pty = home.open(['demo', '--scenario', 'control-plane-gone'], {columns: 80, rows: 24});
	await pty.shows('no connection to the API server');
	pty.press('r');
	await pty.shows('┏ r Runbooks for API server');
	await pty.shows(/▸▲ vip-without-owner/);
	pty.press('enter');
	await pty.shows('for: apiserver-unreachable');
	pty.press('enter');
	await pty.shows('Step 1 of');
});

test('the context stays while a runbook is walked in it', async () => {
	await using shelf = await newShelf({plain});
	await using other = await serve('calm', {world: 'talos-ceph'});
	const file = await shelf.home.put(
		'kubeconfig',
		joined([await configOf(shelf.cluster), await configOf(other)], shelf.cluster.contextName),
	);
	await using pty = shelf.home.open(['--kubeconfig', file], {columns: 80, rows: 24});
	await pty.shows('● live');
	await pty.hides('loading');
	await shelf.walk(pty, 'plain');
	pty.press('esc');
	await pty.shows('1 Nodes');
	pty.press('c');
	await pty.shows('┏ Contexts');
	pty.press('j', 'enter');
	await pty.shows(/runbook plain 1\/2 is under way here/);
	expect(pty.lines()[0]).toContain(shelf.cluster.contextName);
});

test('over ssh, a walk outside tmux and screen begins with a warning', async () => {
	await using shelf = await newShelf({plain});
	const over = {SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22', TMUX: '', STY: ''};
	await using pty = await shelf.open([], over);
	await shelf.walk(pty, 'plain');
	await pty.shows(/tmux or screen/);
});
