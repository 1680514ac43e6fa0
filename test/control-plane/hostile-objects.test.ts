import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {foreignIn} from '../_helpers/terminal-bytes.ts';
import {type Client, connect} from '../conformance/client.ts';
import {create, mergePatch} from '../conformance/subject.ts';
import {openMidwatch, runMidwatch} from './midwatch.ts';
import {makeNode} from './nodes.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

let controlPlane: ControlPlane;
let admin: Client;

/** Around a word that can be looked for: everything a terminal would take for more than text, none of which we write. */
const hostile = (word: string) =>
	`${word}\u001b[6n\u001b]52;c;ZXZpbA==\u0007\u001b]0;owned\u001b\\\u001bP+q\u001b\\\u001bc\u009b31m\u009d52;c;x\u009c\r\n\t\b\u0085\u202e\u2066\u200b\ufeff\u{e0041}`;

const now = () => new Date().toISOString().replace(/\.\d+/, '');

/** A condition that is as bad as a text may be. */
const condition = (type: string, status: string, word: string) => ({
	type,
	status,
	reason: hostile(`${word}-reason`),
	message: hostile(`${word}-message`),
	lastTransitionTime: now(),
	lastHeartbeatTime: now(),
});

async function putNode(): Promise<void> {
	const node = makeNode('evil-1', {capacity: {'nvidia.com/gpu': '2'}, allocatable: {'nvidia.com/gpu': '1'}});
	await create(admin, '/api/v1/nodes', {
		...node,
		metadata: {...node.metadata, annotations: {evil: hostile('annotation')}},
		status: {
			...node.status,
			// kwok takes it for one that it has brought up already, and leaves it as it is.
			phase: 'Running',
			conditions: [condition('Ready', 'False', 'ready'), condition('DiskPressure', 'True', 'disk')],
			nodeInfo: {
				...node.status.nodeInfo,
				kubeletVersion: hostile('v1.36'),
				osImage: hostile('system'),
				kernelVersion: hostile('kernel'),
				architecture: hostile('arch'),
			},
		},
	});
}

async function putStorage(): Promise<void> {
	await create(admin, '/apis/storage.k8s.io/v1/storageclasses', {
		metadata: {name: 'evil-class'},
		provisioner: 'driver.longhorn.io',
		parameters: {numberOfReplicas: '2', diskSelector: hostile('selector')},
	});
	await create(admin, '/apis/longhorn.io/v1beta2/namespaces/default/volumes', {
		apiVersion: 'longhorn.io/v1beta2',
		kind: 'Volume',
		metadata: {name: 'evil-volume'},
		spec: {size: '1073741824', numberOfReplicas: 2, diskSelector: [hostile('tag')]},
	});
	await mergePatch(admin, '/apis/longhorn.io/v1beta2/namespaces/default/volumes/evil-volume/status', {
		status: {
			state: 'attached',
			robustness: 'degraded',
			currentNodeID: hostile('node'),
			conditions: [condition('Scheduled', 'False', 'scheduled')],
			kubernetesStatus: {workloadsStatus: [{podName: hostile('pod'), workloadName: hostile('workload')}]},
		},
	});
}

async function putBgp(): Promise<void> {
	const peer = {name: hostile('peer'), peerAddress: '10.0.0.1', peerASN: 64512};
	await create(admin, '/apis/cilium.io/v2/ciliumbgpnodeconfigs', {
		apiVersion: 'cilium.io/v2',
		kind: 'CiliumBGPNodeConfig',
		metadata: {name: 'evil-1'},
		spec: {bgpInstances: [{name: 'instance', localASN: 64513, peers: [peer]}]},
	});
	await mergePatch(admin, '/apis/cilium.io/v2/ciliumbgpnodeconfigs/evil-1/status', {
		status: {
			bgpInstances: [{name: 'instance', localASN: 64513, peers: [{...peer, peeringState: hostile('active')}]}],
			conditions: [{...condition('cilium.io/BGPReconcileError', 'True', 'bgp'), reason: 'BGPReconcileError'}],
		},
	});
}

async function putBackups(): Promise<void> {
	const velero = '/apis/velero.io/v1/namespaces/default';
	await create(admin, `${velero}/schedules`, {
		apiVersion: 'velero.io/v1',
		kind: 'Schedule',
		metadata: {name: 'evil-schedule'},
		spec: {schedule: hostile('cron'), template: {includedNamespaces: [hostile('namespace')]}},
		status: {phase: 'FailedValidation', validationErrors: [hostile('validation')]},
	});
	await create(admin, `${velero}/backups`, {
		apiVersion: 'velero.io/v1',
		kind: 'Backup',
		metadata: {name: 'evil-backup', labels: {'velero.io/schedule-name': 'evil-schedule'}},
		spec: {storageLocation: 'evil-location'},
		status: {phase: 'Failed', failureReason: hostile('failure'), startTimestamp: now(), completionTimestamp: now()},
	});
	await create(admin, `${velero}/backupstoragelocations`, {
		apiVersion: 'velero.io/v1',
		kind: 'BackupStorageLocation',
		metadata: {name: 'evil-location'},
		spec: {provider: hostile('provider'), default: true, objectStorage: {bucket: hostile('bucket')}},
		status: {phase: 'Unavailable', message: hostile('location')},
	});
}

/** A kubeconfig whose context has a name that no one would type. */
async function hostileKubeconfig(): Promise<string> {
	const config = JSON.parse(await readFile(controlPlane.kubeconfig, 'utf8')) as {contexts: [{name: string}]};
	const name = hostile('context');
	config.contexts[0].name = name;
	const path = join(controlPlane.directory, 'hostile.kubeconfig');
	await writeFile(path, JSON.stringify({...config, 'current-context': name}), {mode: 0o600});
	return path;
}

beforeAll(async () => {
	controlPlane = await startControlPlane();
	await controlPlane.applyCrds(['longhorn', 'cilium', 'velero']);
	admin = connect(controlPlane, 'http/1.1', controlPlane.admin);
	await Promise.all([putNode(), putStorage(), putBgp(), putBackups()]);
});

afterAll(async () => {
	admin?.close();
	await controlPlane?.stop();
});

test.each([
	[120, 40],
	[80, 24],
])('on %i×%i nothing of what they carry reaches the terminal but words', async (columns, rows) => {
	await using screen = openMidwatch({on: await hostileKubeconfig(), columns, rows});
	await screen.pane('Nodes').shows(/evil-1 .*not ready/);
	await screen.shows('context');
	// What is said in each detail: it was there to be seen, and so was the rest of it.
	const said = [
		['2', 'Storage tiers', /evil-class/, 'evil-class'],
		['3', 'BGP peers', /evil-1/, 'bgp-message'],
		['4', 'Backup tiers', /evil-sch/, 'failure'],
		['5', 'GPU', /evil-1/, 'evil-1'],
		['1', 'Nodes', /evil-1/, 'ready-message'],
	] as const;
	for (const [key, title, row, word] of said) {
		screen.press(key);
		await screen.pane(title).shows(row);
		await screen.quiet(50);
		// Alone on the whole screen it has more columns.
		screen.press(key);
		await screen.quiet(50);
		screen.press('enter');
		await screen.shows(word);
		screen.press('G');
		await screen.quiet(50);
		screen.press('y');
		await screen.quiet(50);
		screen.press('esc', 'esc');
		await screen.quiet(50);
	}
	expect(foreignIn(screen.written())).toEqual([]);
	for (const shown of ['kernel', 'v1.36', 'validation']) expect(screen.written()).toContain(shown);
});

test('neither has the snapshot any of it, as text or as data', async () => {
	const on = await hostileKubeconfig();
	const text = await runMidwatch('snapshot', '--kubeconfig', on);
	expect(text.stdout).toMatch(/evil-1/);
	expect(foreignIn(text.stdout + text.stderr)).toEqual([]);
	const data = await runMidwatch('snapshot', '--kubeconfig', on, '--output', 'json');
	expect(JSON.stringify(JSON.parse(data.stdout))).toMatch(/evil-1/);
	// Control characters are escaped in JSON: there may not even be an escaped one.
	expect(foreignIn(data.stdout + data.stderr)).toEqual([]);
	expect(data.stdout).not.toMatch(/\\u(00[01]|007f|008|009|200b|202e|2066|feff)|\\[bfrt]/i);
});
