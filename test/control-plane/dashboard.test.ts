import {type ChildProcess, spawn} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type Client, connect} from '../conformance/client.ts';
import {create, mergePatch, read} from '../conformance/subject.ts';
import {buildControlPlane} from './build.ts';
import {furnish} from './furnish.ts';
import {type Midwatch, openMidwatch} from './midwatch.ts';
import {makeNode} from './nodes.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

let controlPlane: ControlPlane;
let admin: Client;

beforeAll(async () => {
	controlPlane = await startControlPlane();
	await furnish(controlPlane);
	admin = connect(controlPlane, 'h2', controlPlane.admin);
});

afterAll(async () => {
	admin?.close();
	await controlPlane?.stop();
});

type Change = {
	/** Resolves when the API server has taken it. */
	readonly happens: () => Promise<unknown>;
	/** Where and how it is seen. */
	readonly pane: string;
	readonly seen: RegExp;
	readonly undone: () => Promise<unknown>;
};

/** The promise, in milliseconds. */
const promised = 1000;

/**
 * Milliseconds from the API server's answer to the screen. The best of up to three tries: one try may meet a machine that
 * is busy with something else, three in a row mean that midwatch is slow.
 */
async function toScreen(screen: Midwatch, {happens, pane, seen, undone}: Change): Promise<number> {
	let best = Number.POSITIVE_INFINITY;
	for (let tries = 0; tries < 3 && best > promised; tries++) {
		await screen.pane(pane).hides(seen);
		await happens();
		const from = performance.now();
		await screen.pane(pane).shows(seen);
		best = Math.min(best, performance.now() - from);
		await undone();
	}
	await screen.pane(pane).hides(seen);
	return best;
}

const nodePath = (name: string) => `/api/v1/nodes/${name}`;
const longhornVolumes = '/apis/longhorn.io/v1beta2/namespaces/longhorn-system/volumes';
const agents = '/apis/cilium.io/v2/ciliumbgpnodeconfigs';
const backups = '/apis/velero.io/v1/namespaces/velero/backups';

const setReady = (name: string, status: 'True' | 'False') =>
	admin.ask(`${nodePath(name)}/status`, {
		method: 'PATCH',
		type: 'application/strategic-merge-patch+json',
		json: {status: {conditions: [{type: 'Ready', status, reason: 'Test', lastTransitionTime: new Date().toISOString()}]}},
	});
const cordon = (name: string, unschedulable: boolean) => mergePatch(admin, nodePath(name), {spec: {unschedulable}});
const remove = (path: string) => admin.ask(path, {method: 'DELETE'});

async function setRobustness(robustness: string): Promise<unknown> {
	const volumes = (await read(admin, longhornVolumes)).items as unknown as ReadonlyArray<{
		metadata: {name: string};
		status: {state: string; kubernetesStatus: {pvcName: string}};
	}>;
	const name = volumes.find(({status}) => status.kubernetesStatus.pvcName === 'vaultwarden-data')?.metadata.name;
	return mergePatch(admin, `${longhornVolumes}/${name}/status`, {status: {robustness, state: 'attached'}});
}

async function setPeering(node: string, peeringState: string): Promise<unknown> {
	const status = (await read(admin, `${agents}/${node}`)).status as unknown as {bgpInstances: Array<{peers: object[]}>};
	const bgpInstances = status.bgpInstances.map(instance => ({
		...instance,
		peers: instance.peers.map(peer => ({...peer, peeringState})),
	}));
	return mergePatch(admin, `${agents}/${node}/status`, {status: {bgpInstances}});
}

const partialBackup = () => {
	const startTimestamp = new Date().toISOString().replace(/\.\d+/, '');
	return {
		apiVersion: 'velero.io/v1',
		kind: 'Backup',
		metadata: {name: 'tier-1-by-test', labels: {'velero.io/schedule-name': 'tier-1'}},
		spec: {storageLocation: 'b2'},
		status: {phase: 'PartiallyFailed', startTimestamp, completionTimestamp: startTimestamp, errors: 3},
	};
};

const waitingService = {
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name: 'waiting'},
	spec: {type: 'LoadBalancer', ports: [{port: 80}], selector: {app: 'waiting'}},
};

const changes: Readonly<Record<string, Change>> = {
	'a node that is not ready': {
		happens: () => setReady('nuc-2', 'False'),
		pane: 'Nodes',
		seen: /✖ nuc-2 .* not ready/,
		undone: () => setReady('nuc-2', 'True'),
	},
	'a node that is cordoned': {
		happens: () => cordon('pi4-1', true),
		pane: 'Nodes',
		seen: /◐ pi4-1 .* cordoned/,
		undone: () => cordon('pi4-1', false),
	},
	'a node that joins': {
		happens: () => create(admin, '/api/v1/nodes', makeNode('new-1')),
		pane: 'Nodes',
		seen: /new-1 /,
		undone: () => remove(nodePath('new-1')),
	},
	'a volume that is degraded': {
		happens: () => setRobustness('degraded'),
		pane: 'Storage tiers',
		seen: /▲ nvme .* 1 degraded/,
		undone: () => setRobustness('healthy'),
	},
	'a session that is down': {
		happens: () => setPeering('nuc-3', 'active'),
		pane: 'BGP peers',
		seen: /nuc-3 .* down/,
		undone: () => setPeering('nuc-3', 'established'),
	},
	'a service that waits for an address': {
		happens: () => create(admin, '/api/v1/namespaces/default/services', waitingService),
		pane: 'BGP peers',
		seen: /default\/waiting .* no address/,
		undone: () => remove('/api/v1/namespaces/default/services/waiting'),
	},
	'a backup that failed in part': {
		happens: () => create(admin, backups, partialBackup()),
		pane: 'Backup tiers',
		seen: /tier-1 .* partial/,
		undone: () => remove(`${backups}/tier-1-by-test`),
	},
	'a GPU that cannot be given out': {
		happens: () => mergePatch(admin, `${nodePath('gpu-1')}/status`, {status: {allocatable: {'nvidia.com/gpu': '0'}}}),
		pane: 'GPU',
		seen: /1 not allocatable/,
		undone: () => mergePatch(admin, `${nodePath('gpu-1')}/status`, {status: {allocatable: {'nvidia.com/gpu': '1'}}}),
	},
};

async function showsEverything(screen: Midwatch): Promise<void> {
	await screen.shows('● live');
	await screen.pane('Nodes').shows('8 of 8 · etcd 3/3, may lose 1');
	await screen.pane('Nodes').shows(/● ryzen-1 .*ready/);
	await screen.pane('Storage tiers').shows('33 volumes');
	await screen.pane('Storage tiers').shows(/● nvme +longhorn ×2 +11 /);
	await screen.pane('BGP peers').shows('7 of 7 up');
	await screen.pane('BGP peers').shows(/● pi4-2 +10\.0\.0\.1 +up \d+d/);
	await screen.pane('Backup tiers').shows('3 of 3 good');
	await screen.pane('GPU').shows(/gpu-1 +RTX-4000-SFF-Ada/);
}

describe('on 120×40', () => {
	let screen: Midwatch;

	beforeAll(() => {
		screen = openMidwatch({on: controlPlane.kubeconfig});
	});

	afterAll(async () => {
		await screen[Symbol.asyncDispose]();
	});

	test('all five panes show what is there', async () => {
		await showsEverything(screen);
	});

	test.each(Object.keys(changes))('%s shows within a second', async what => {
		const change = changes[what];
		if (change === undefined) throw new Error(`there is no change ${what}`);
		const taken = await toScreen(screen, change);
		console.log(`${what}: on the screen after ${taken.toFixed(0)} ms`);
		expect(taken).toBeLessThan(promised);
	});

	test('a node that is deleted goes within a second', async () => {
		let best = Number.POSITIVE_INFINITY;
		for (let tries = 0; tries < 3 && best > promised; tries++) {
			await create(admin, '/api/v1/nodes', makeNode('leaving-1'));
			await screen.pane('Nodes').shows(/● leaving-1/);
			await remove(nodePath('leaving-1'));
			const from = performance.now();
			await screen.pane('Nodes').hides('leaving-1');
			best = Math.min(best, performance.now() - from);
		}
		console.log(`a node that is deleted: off the screen after ${best.toFixed(0)} ms`);
		expect(best).toBeLessThan(promised);
		await screen.pane('Nodes').shows('8 of 8');
	});

	test('q leads out', async () => {
		screen.press('q');
		expect(await screen.exited).toEqual({code: 0, signal: 0});
		expect(screen.terminal.state().buffer).toBe('normal');
	});
});

test('on 80×24 the strip tells of all panes, and each is one key away', async () => {
	await using screen = openMidwatch({on: controlPlane.kubeconfig, columns: 80, rows: 24});
	await screen.pane('Nodes').shows('8 of 8 · etcd 3/3, may lose 1');
	await screen.shows(/1▸Nodes ● .*4 Backup tiers ●/);
	screen.press('2');
	await screen.pane('Storage tiers').shows('33 volumes');
	screen.press('3');
	await screen.pane('BGP peers').shows('7 of 7 up');
	screen.press('4');
	await screen.pane('Backup tiers').shows('3 of 3 good');
	screen.press('5');
	await screen.pane('GPU').shows('RTX-4000-SFF-Ada');
	await setReady('nuc-2', 'False');
	await screen.shows(/1 Nodes ✖1/);
	await setReady('nuc-2', 'True');
	await screen.shows(/1 Nodes ●/);
});

describe('through kubectl proxy, which speaks HTTP/1.1 only', () => {
	let proxy: ChildProcess;
	let address: string;

	beforeAll(async () => {
		const kubectl = join(await buildControlPlane(), 'kubectl');
		proxy = spawn(kubectl, ['--kubeconfig', controlPlane.kubeconfig, 'proxy', '--port=0'], {
			env: {PATH: process.env.PATH, HOME: controlPlane.directory},
		});
		for await (const line of createInterface({input: proxy.stdout as NodeJS.ReadableStream})) {
			address = `http://${/127\.0\.0\.1:\d+/.exec(line)?.[0]}`;
			break;
		}
	});

	afterAll(() => {
		proxy.kill();
	});

	const seesAllAndChanges = async (screen: Midwatch) => {
		await showsEverything(screen);
		await cordon('pi4-2', true);
		await screen.pane('Nodes').shows(/◐ pi4-2 .* cordoned/);
		await cordon('pi4-2', false);
		await screen.pane('Nodes').shows(/● pi4-2 .* ready/);
	};

	test('--server leads there', async () => {
		await using screen = openMidwatch({on: controlPlane.kubeconfig, arguments: ['--server', address]});
		await screen.shows(address.slice('http://'.length));
		await seesAllAndChanges(screen);
	});

	test('a kubeconfig with an http server needs no certificates', async () => {
		const on = join(controlPlane.directory, 'proxy.kubeconfig');
		const context = {name: 'proxied', context: {cluster: 'proxied', user: ''}};
		const cluster = {name: 'proxied', cluster: {server: address}};
		await writeFile(
			on,
			JSON.stringify({apiVersion: 'v1', kind: 'Config', 'current-context': 'proxied', contexts: [context], clusters: [cluster]}),
		);
		await using screen = openMidwatch({on});
		await seesAllAndChanges(screen);
	});
});
