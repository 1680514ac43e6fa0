import {expect, test} from 'vitest';
import {newHome} from './program.ts';
import {serve} from './served.ts';

test('l shows why a pod fails: the run before this one of the worst pod, and leads back', async () => {
	await using home = await newHome();
	await using pty = home.open(['demo', '--scenario', 'dns-down', '--speed', '0.1'], {columns: 80, rows: 24});
	await pty.shows('▸✖ coredns');
	await pty.hides('loading');
	pty.press('l');
	await pty.shows('┏ log of kube-system/coredns-');
	await pty.shows('Corefile');
	await pty.shows('that run has ended');
	pty.press('l');
	await pty.shows('▸✖ coredns');
	pty.press('1', 'l');
	await pty.shows('There is no log of this: no pod stands behind it.');
});

test('a log is followed while it is open', async () => {
	await using home = await newHome();
	await using pty = home.open(['demo', '--speed', '30']);
	await pty.shows('ai/ollama-0');
	pty.press('5', 'j', 'l');
	await pty.shows('┏ log of ai/ollama-0');
	await pty.shows('following');
	const before = pty.lines().slice(2, -2).join('\n');
	await pty.until(() => pty.lines().slice(2, -2).join('\n') !== before, 'nothing came after it', 20_000);
	pty.press('esc');
	await pty.shows('┏ 5 GPU');
});

test('w shows who wrote what last, and says so where nobody is told', async () => {
	await using cluster = await serve('node-lost');
	await using home = await newHome();
	await using pty = home.open(['--kubeconfig', cluster.kubeconfig]);
	await pty.shows('▸✖ nuc-2: kubelet silent');
	await pty.hides('loading');
	pty.press('w');
	await pty.shows('┏ who wrote nodes nuc-2, the last first');
	await pty.shows(/\d\d:\d\d {2}\S+ {2}(Update|Apply)|the object does not tell/);
	pty.press('w');
	await pty.shows('▸✖ nuc-2: kubelet silent');
	expect(pty.terminal.state().buffer).toBe('alternate');
});

test('a node tells its top pods, asked for only when it is opened', async () => {
	await using home = await newHome();
	await using pty = home.open(['demo', '--speed', '0.1']);
	await pty.shows('ai/ollama-0');
	pty.press('1', 'enter', 'G');
	await pty.shows('Top pods');
	await pty.shows(/most memory +\S+ [\d.]+[GM]i, [\d.]+ cores/);
});

test('a pod has a detail of its own: in what state it is, what keeps it, where it runs', async () => {
	await using home = await newHome();
	await using pty = home.open(['demo', '--speed', '0.1']);
	// Until its exporter has answered, the holder stands below its node.
	await pty.shows('RTX 4000');
	pty.press('5', 'j', 'enter');
	await pty.shows('┏ pod ai/ollama-0 ━');
	await pty.shows(/kept by +StatefulSet ai\/ollama|kept by +Deployment ai\/ollama/);
	await pty.shows(/node +gpu-1/);
});

test('the story of pods that fail lists them, and tells all of the one that is worst off', async () => {
	await using home = await newHome();
	await using pty = home.open(['demo', '--scenario', 'dns-down', '--speed', '0.1'], {columns: 120, rows: 60});
	await pty.shows('▸✖ coredns');
	await pty.hides('loading');
	pty.press('0');
	await pty.shows('┏ 0 Incidents');
	pty.type('/pods-failing');
	pty.press('enter', 'j', 'enter');
	await pty.shows(/^┃ Pods /m);
	await pty.shows(/Containers of \S+\/\S+/);
});
