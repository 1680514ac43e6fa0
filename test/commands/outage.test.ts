import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {doorTo} from '../_helpers/door.ts';
import {newHome} from './program.ts';
import {configOf, joined, serve} from './served.ts';

test('a cluster that does not answer is shown as it was known last, dated; when it answers again, it is live', async () => {
	await using cluster = await serve('node-lost');
	await using door = await doorTo(cluster.server);
	await using home = await newHome();
	const file = await home.put('kubeconfig', joined([await configOf(cluster, door.server)], cluster.contextName));
	expect(await home.run('check', '--kubeconfig', file)).toMatchObject({code: 2, stderr: ''});
	await door.shut();

	await using pty = home.open(['--kubeconfig', file], {columns: 80, rows: 24});
	await pty.shows('✖ no connection to the API server: nothing listens on 127.0.0.1');
	await pty.shows(/last seen \d\d:\d\d \(.*: CRIT, 7\/8 nodes/);
	await pty.shows('nuc-2: kubelet silent, since');
	await pty.shows(/stale .*known last; the API server does not answer/);
	await pty.shows(/gpu-1 +was ready/);
	expect(pty.text()).not.toContain('● live');
	pty.press('1', 'G', 'enter');
	await pty.shows('Known last');
	pty.press('esc');

	const {code, stdout} = await home.run('snapshot', '--kubeconfig', file);
	expect(code).toBe(3);
	expect(stdout).toContain('nuc-2    was not ready');
	expect(stdout).toMatch(/\? last seen \d\d:\d\d/);

	await door.open();
	await pty.shows('● live', 25_000);
	await pty.shows('nuc-2: kubelet silent since');
	await pty.hides('was ready');
});

test('a cluster never seen before is not made up', async () => {
	await using home = await newHome();
	await using cluster = await serve('calm');
	const file = await home.put('kubeconfig', joined([await configOf(cluster, 'https://127.0.0.1:1')], cluster.contextName));
	await using pty = home.open(['--kubeconfig', file]);
	await pty.shows('never seen before from here, so there is nothing to compare with');
	await pty.shows('1 Nodes');
	expect(pty.text()).not.toContain('was ready');
});

test('a running dashboard keeps its panes, stale, and knocks after fifteen seconds', {timeout: 60_000}, async () => {
	await using cluster = await serve('calm');
	await using door = await doorTo(cluster.server);
	await using home = await newHome();
	const file = await home.put('kubeconfig', joined([await configOf(cluster, door.server)], cluster.contextName));
	await using pty = home.open(['--kubeconfig', file]);
	await pty.shows('● live');
	await pty.until(() => existsSync(join(home.folder, '.local/state/midwatch/last-known')), 'nothing was kept');
	await door.shut();
	await pty.shows('no connection to the API server');
	await pty.shows(/ryzen-1 .*ready/);
	expect(pty.text()).not.toMatch(/last seen/);
	await pty.shows(/last seen \d\d:\d\d/, 25_000);
	await pty.shows(/ryzen-1 .*ready/);
	await pty.shows(/stale \d+s/);
});
