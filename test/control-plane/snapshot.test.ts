import {afterAll, beforeAll, expect, test} from 'vitest';
import {furnish} from './furnish.ts';
import {runMidwatch} from './midwatch.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

let controlPlane: ControlPlane;

beforeAll(async () => {
	controlPlane = await startControlPlane();
	await furnish(controlPlane);
});

afterAll(async () => {
	await controlPlane?.stop();
});

const snapshot = (...words: readonly string[]) => runMidwatch('snapshot', '--kubeconfig', controlPlane.kubeconfig, ...words);

test('as text: what is wrong, all panes, and 0', async () => {
	const {stdout, stderr, code} = await snapshot();
	expect(stderr).toBe('');
	expect(stdout).toMatch(/^midwatch · real · https:\/\/127\.0\.0\.1:\d+\/? · \d{4}-/);
	expect(stdout).toMatch(/^Incidents$/m);
	expect(stdout).toMatch(/^Nodes · 8 of 8 · etcd 3\/3, may lose 1$/m);
	expect(stdout).toMatch(/^● gpu-1 +worker +ready /m);
	expect(stdout).toMatch(/^Storage tiers · 33 volumes$/m);
	expect(stdout).toMatch(/^BGP peers · 7 of 7 up$/m);
	expect(stdout).toMatch(/^Backup tiers · 3 of 3 good$/m);
	expect(stdout).toMatch(/^GPU · 1 GPU$/m);
	expect(stdout).not.toMatch(/Could not be seen|\u001b/);
	expect(code).toBe(0);
});

test('without the word, where nobody looks at a terminal', async () => {
	const {stdout, code} = await runMidwatch('--kubeconfig', controlPlane.kubeconfig);
	expect(stdout).toMatch(/^Nodes · 8 of 8/m);
	expect(code).toBe(0);
});

test('of one pane', async () => {
	const {stdout, code} = await snapshot('backups');
	expect(stdout).toMatch(/^Backup tiers · 3 of 3 good$/m);
	expect(stdout).not.toMatch(/^Nodes|^GPU/m);
	expect(code).toBe(0);
});

test('as data: the same', async () => {
	const {stdout, stderr, code} = await snapshot('--output', 'json');
	const data = JSON.parse(stdout) as {
		schema: string;
		exit: number;
		unseen: string[];
		panes: Record<string, {state: {is: string}; rows: Array<{key: string; health: string; cells: Record<string, string>}>}>;
	};
	expect(data).toMatchObject({schema: 'midwatch.snapshot/1', context: 'real', demo: false, exit: 0, unseen: []});
	expect(Object.keys(data.panes)).toEqual(['nodes', 'storage', 'bgp', 'backups', 'gpu', 'platform']);
	const nodes = data.panes.nodes?.rows ?? [];
	expect(nodes.map(({key}) => key).toSorted()).toEqual(
		['nuc-1', 'nuc-2', 'nuc-3', 'ryzen-1', 'pi4-1', 'pi4-2', 'nas-1', 'gpu-1'].toSorted(),
	);
	expect(nodes[0]?.cells).toMatchObject({state: 'ready'});
	expect(Object.values(data.panes).map(({state}) => state.is)).toEqual(['live', 'live', 'live', 'live', 'live', 'live']);
	expect(stderr).toBe('');
	expect(code).toBe(0);
});

test('nodes that may not be listed: said so, the rest is there, and 3', async () => {
	const rules = [{apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch']}];
	const {kubeconfig} = await controlPlane.limitedKubeconfig({namespace: 'blind', rules});
	const {stdout, stderr, code} = await runMidwatch('snapshot', '--kubeconfig', kubeconfig);
	expect(stdout).toMatch(/nodes: not permitted: may not list nodes/);
	expect(stdout).not.toMatch(/the cluster has no nodes|loading/);
	expect(stderr).toBe('');
	expect(code).toBe(3);
});

test('a server that is gone: one sentence, what was known last, and 3', async () => {
	const server = controlPlane.processes['kube-apiserver'];
	await server.kill();
	try {
		const from = performance.now();
		const {stdout, stderr, code} = await snapshot('--timeout', '3');
		const taken = performance.now() - from;
		expect(code).toBe(3);
		expect(stderr).toBe('');
		const [head, ...rest] = stdout.trim().split('\n');
		expect(head).toMatch(/^midwatch · real/);
		expect(rest).toEqual([
			'',
			'Could not be seen',
			expect.stringMatching(/^\? nothing listens on 127\.0\.0\.1:\d+: is the API server running, and the address right\?$/),
			'? never seen before from here, so there is nothing to compare with',
			'? next: midwatch runbook show vip-without-owner  works offline',
		]);
		expect(taken).toBeLessThan(15_000);
	} finally {
		await server.start();
	}
});
