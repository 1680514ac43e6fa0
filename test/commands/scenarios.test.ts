import {describe, expect, test, vi} from 'vitest';
import {scenarios, worlds} from '../../source/demo/catalog.ts';
import {startEmbedded} from '../../source/demo/embedded.ts';
import {newHome} from './program.ts';

/** What stands at the top of the first screen at 80×24 when midwatch is started after it happened, and in the story of it. */
const firstScreens: ReadonlyArray<readonly [id: string, band: readonly RegExp[], story: readonly RegExp[]]> = [
	[
		'node-lost',
		[/✖ nuc-2: kubelet silent since \d\d:\d\d \(3[45]m\)/, /down · 2 volumes degraded/],
		[/people miss +immich-machine-learning/, /Ready Unknown: NodeStatusUnknown/],
	],
	[
		'csi-broken',
		[/✖ driver\.longhorn\.io on nuc-3: plugin registers in \/var\/lib\/kubelet, kubelet +lives in \/data\/kubelet/],
		[/nuc-3: kubelet restarted, runs with --root-dir +\/data\/kubelet/],
	],
	[
		'longhorn-down',
		[/✖ longhorn-manager: not ready since .* frozen with it: 23 Longhorn +volumes/],
		[/longhorn-system\/longhorn-manager: changed by helm: wants +\S*longhorn-manager:v1\.11\.0/],
	],
	['bucket-failing', [/✖ b2: backup location unavailable since .*\(7d\)/], [/AccessDenied: not entitled/]],
	[
		'address-pending',
		[/✖ homelab: 0 of 9 addresses left, 1 service waiting/, /▲ nuc-2\/10\.0\.0\.1: session down, active since/],
		[/address pool homelab: changed by kubectl-edit/],
	],
	['gpu-gone', [/✖ gpu-1: 0 of 1 GPU left .* last XID 79 +GPU has fallen off the bus/], [/people miss +ollama/]],
	['nfs-gone', [/✖ 10\.0\.0\.41: mounts fail on 2 nodes since/], [/mount\.nfs: Connection timed out/]],
	[
		'dns-down',
		[/✖ coredns: not ready since/],
		[/coredns: its ConfigMap was changed by kubectl-edit/, /Corefile:10 - Error during parsing: Unknown directive +'forwrad'/],
	],
	[
		'webhook-down',
		[/✖ kyverno-resource-validating-webhook-cfg: no ready endpoint since .* blocks pods/],
		[/kyverno\/kyverno-admission-controller: changed by +kubectl-scale: wants 0 pods/],
	],
	[
		'quota',
		[/▲ shop-dev\/web: quota compute: requests\.memory 256Mi more/],
		[/shop-dev\/web: changed by kubectl: wants 10 pods/],
	],
];

const patience = {timeout: 10_000, interval: 50};

/** What stands between the frames, as running text. */
const running = (lines: readonly string[]): string => lines.map(line => line.replaceAll(/[┃│]/g, ' ').trim()).join(' ');

describe.each(firstScreens)('%s', (id, band, story) => {
	test('is named with its cause in the first screen at 80×24, and enter tells what came before', async () => {
		await using home = await newHome();
		await using pty = home.open(['demo', '--scenario', id, '--speed', '0.1'], {columns: 80, rows: 24});
		await vi.waitFor(() => {
			const top = running(pty.lines().slice(1, 7));
			for (const words of band) expect(top).toMatch(words);
		}, patience);
		pty.press('enter');
		await vi.waitFor(() => {
			for (const words of [/What/, ...story]) expect(running(pty.lines())).toMatch(words);
		}, patience);
	});
});

test('where there is no API the first screen says so, and why', async () => {
	await using home = await newHome();
	await using pty = home.open(['demo', '--scenario', 'control-plane-gone'], {columns: 80, rows: 24});
	await pty.shows(/✖ no connection to the API server: nothing listens on 127\.0\.0\.1:\d+/);
	expect(pty.text()).not.toMatch(/ 0 of 0|nothing wrong/);
});

test.each(worlds.map(({id}) => id))('check finds nothing wrong with %s, and ends with 0', async id => {
	const world = worlds.find(each => each.id === id);
	if (!world) throw new Error(`There is no ${id}.`);
	await using home = await newHome();
	const cluster = await startEmbedded({world});
	try {
		const {code, stdout} = await home.run('check', '--kubeconfig', await cluster.writeKubeconfig());
		expect(stdout).toMatch(/^OK /);
		expect(stdout).toMatch(/^risk {2}0 accepted, \d+ new/m);
		expect(code).toBe(0);
	} finally {
		await cluster.close();
	}
});

test.each([
	[10, 'ahead of'],
	[-10, 'behind'],
])("check says the same with the cluster's clock %i minutes %s ours", async minutes => {
	const [world] = worlds;
	const scenario = scenarios.find(({id}) => id === 'node-lost');
	if (!world || !scenario) throw new Error('There is no such scenario.');
	await using home = await newHome();
	const cluster = await startEmbedded({world, scenario, ahead: minutes * 60_000});
	try {
		const {code, stdout} = await home.run('check', '--kubeconfig', await cluster.writeKubeconfig());
		expect(stdout).toMatch(/^crit {2}node-not-ready nuc-2: kubelet silent since \d\d:\d\d \(3[45]m\)/m);
		expect(stdout).not.toMatch(/^(warn|unkn) /m);
		expect(code).toBe(2);
	} finally {
		await cluster.close();
	}
});
