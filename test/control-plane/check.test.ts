import {afterAll, beforeAll, expect, test} from 'vitest';
import {items} from '../../source/cluster/raw.ts';
import {type Client, connect} from '../conformance/client.ts';
import {eventually, read, textOf} from '../conformance/subject.ts';
import {furnish} from './furnish.ts';
import {mustRun} from './kubectl.ts';
import {newHome, openMidwatch, runMidwatchIn} from './midwatch.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

let controlPlane: ControlPlane;
let admin: Client;
/** Of the person who looks: what one look has seen, the next one knows. */
const home = newHome();

beforeAll(async () => {
	controlPlane = await startControlPlane({nodeMonitorGracePeriod: '16s'});
	await furnish(controlPlane);
	admin = connect(controlPlane, 'http/1.1', controlPlane.admin);
});

afterAll(async () => {
	admin?.close();
	await home[Symbol.asyncDispose]();
	await controlPlane?.stop();
});

/** What one look prints, by lines, and its exit code. */
async function check(on = controlPlane.kubeconfig) {
	const {stdout, stderr, code} = await runMidwatchIn(home.path, 'check', '--kubeconfig', on);
	expect(stderr).toBe('');
	expect(stdout).not.toMatch(/\u001b|.{81}/);
	return {lines: stdout.trimEnd().split('\n'), code};
}

/** Its kubelet renews the lease of a node no more, or does so again. */
async function setHeartbeat(node: string, isOn: boolean): Promise<void> {
	await mustRun(controlPlane.kubectl, ['label', 'node', node, isOn ? 'kwok.x-k8s.io/node=fake' : 'kwok.x-k8s.io/node-']);
}

/** A kubelet that is back says of its pods that they are ready; kwok does not. */
async function sayReady(node: string): Promise<void> {
	const pods = items((await read(admin, `/api/v1/pods?fieldSelector=spec.nodeName%3D${node}`)).items);
	for (const {metadata} of pods) {
		await admin.ask(`/api/v1/namespaces/${textOf(metadata?.namespace)}/pods/${textOf(metadata?.name)}/status`, {
			method: 'PATCH',
			type: 'application/strategic-merge-patch+json',
			json: {status: {conditions: [{type: 'Ready', status: 'True', lastTransitionTime: new Date().toISOString()}]}},
		});
	}
}

test('all is well: four lines, and 0', async () => {
	const {lines, code} = await check();
	expect(lines).toEqual([
		expect.stringMatching(/^OK {4}real {2}8\/8 nodes {2}etcd 3\/3, may lose 1 {2}v1\.\d+\.\d+ +\d\d:\d\d \S+ {2}\d\.\d s$/),
		expect.stringMatching(/^ok {4}33 volumes, 7\/7 BGP sessions, 0 addresses pending, 1\/1 GPU$/),
		expect.stringMatching(/^ok {4}recovery points: tier-0 \S+\/6h {2}tier-1 \S+\/24h {2}tier-2 \S+\/7d$/),
		expect.stringMatching(/^risk {2}0 accepted, \d new: /),
	]);
	expect(code).toBe(0);
});

test('who may see pods only is told what cannot be judged, nodes first, and 3', async () => {
	const rules = [{apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch']}];
	const {kubeconfig} = await controlPlane.limitedKubeconfig({namespace: 'blind', rules});
	const {lines, code} = await check(kubeconfig);
	expect(lines[0]).toMatch(/^UNKN {2}real {2}v1/);
	expect(lines[1]).toMatch(/^unkn {2}nodes: .*not permitted: list nodes/);
	expect(lines.at(-1)).toMatch(/\+\d+ more/);
	expect(lines.join('\n')).not.toMatch(/^(ok|risk)|\d+ nodes|volumes|0 addresses/m);
	expect(code).toBe(3);
});

test('a node whose heartbeats stop is told, on the screen and in a look; when they come back it is cleared', {
	timeout: 240_000,
}, async () => {
	await using screen = openMidwatch({on: controlPlane.kubeconfig});
	await screen.pane('Nodes').shows('8 of 8 · etcd 3/3, may lose 1');
	await setHeartbeat('nuc-2', false);
	await screen.pane('Nodes').shows(/✖ nuc-2 .*silent/, 60_000);
	// A minute after the last heartbeat it is worth telling, and not before; etcd may lose no other member meanwhile.
	await screen.shows(/✖ nuc-2: kubelet silent since \d\d:\d\d/, 90_000);
	await screen.shows('1 BGP session presumed down');
	await screen.pane('Nodes').shows('7 of 8 · etcd 2/3, may lose 0');
	const {lines, code} = await check();
	expect(lines[0]).toMatch(/^CRIT {2}real {2}7\/8 nodes {2}etcd 2\/3, may lose 0/);
	expect(lines.join(' ').replaceAll(/ +/g, ' ')).toMatch(
		/crit node-not-ready nuc-2: kubelet silent since \d\d:\d\d \(\S+\).* 1 BGP session presumed down/,
	);
	expect(code).toBe(2);

	await setHeartbeat('nuc-2', true);
	await screen.pane('Nodes').shows('8 of 8 · etcd 3/3, may lose 1', 60_000);
	await sayReady('nuc-2');
	// One look believes what it sees; who watches waits as long as it took to be told.
	await eventually(async () => expect((await check()).lines[0]).toMatch(/^OK {4}real {2}8\/8 nodes/));
	await screen.shows(/ · nuc-2: cleared \d\d:\d\d, lasted \d/, 90_000);
	await screen.hides('1 incident');
});

test('an API server that is gone is unknown, with what was seen last; when it is back, so is all', async () => {
	await check();
	await using screen = openMidwatch({on: controlPlane.kubeconfig});
	await screen.pane('Nodes').shows('8 of 8');
	await screen.pane('Storage tiers').shows('33 volumes');
	await screen.pane('BGP peers').shows('7 of 7 up');
	await screen.pane('Backup tiers').shows('3 of 3 good');
	await screen.shows('● live');
	const server = controlPlane.processes['kube-apiserver'];
	await server.kill();
	try {
		await screen.shows('no connection to the API server: nothing listens on 127.0.0.1');
		for (const title of ['Nodes', 'Storage tiers', 'BGP peers', 'Backup tiers', 'GPU'])
			await screen.pane(title).shows(/stale (<?\d+s|1m)/);
		await screen.pane('Nodes').shows('ryzen-1');
		const {lines, code} = await check();
		expect(lines).toEqual([
			expect.stringMatching(/^UNKN {2}real {2}https:\/\/127\.0\.0\.1:\d+ gave no answer +\d\d:\d\d \S+ {2}\d\.\d s$/),
			expect.stringMatching(/^unkn {2}all of them: gpu-1, nas-1, nuc-1 and 5 more can be reached from here, but$/),
			expect.stringMatching(/^ {6}no API server answers, so it is not the network$/),
			expect.stringMatching(/^last {2}seen \d\d:\d\d \(.+ ago\): OK, 8\/8 nodes, etcd 3\/3$/),
			expect.stringMatching(/^next {2}midwatch runbook show vip-without-owner +works offline$/),
		]);
		expect(code).toBe(3);
	} finally {
		await server.start();
	}
	await screen.shows('● live', 60_000);
	await screen.hides(/stale|no connection/, 60_000);
	await eventually(async () => expect((await check()).code).toBe(0));
});
