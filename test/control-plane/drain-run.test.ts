import {type ChildProcess, spawn} from 'node:child_process';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest';
import {loadKubeconfig} from '../../source/cluster/kubeconfig/load.ts';
import {items, name, type Raw} from '../../source/cluster/raw.ts';
import {placeOf} from '../../source/commands/background.ts';
import {allowChanges} from '../../source/files/allowed.ts';
import {readRun, runNames} from '../../source/journal/runs.ts';
import {type Client, connect} from '../conformance/client.ts';
import {eventually, mergePatch, read} from '../conformance/subject.ts';
import {mustRun} from './kubectl.ts';
import {launching, newHome} from './midwatch.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

let controlPlane: ControlPlane;
let admin: Client;
const home = newHome();
const environment = {XDG_STATE_HOME: join(home.path, '.local', 'state')};

beforeAll(async () => {
	controlPlane = await startControlPlane({nodeMonitorGracePeriod: '5m'});
	await controlPlane.addNodes(2);
	admin = connect(controlPlane, 'http/1.1', controlPlane.admin);
	await allowChanges(environment, await placeOf(await loadKubeconfig({path: controlPlane.kubeconfig, env: {}})));
});

afterAll(async () => {
	admin?.close();
	await controlPlane?.stop();
	await home[Symbol.asyncDispose]();
});

beforeEach(async () => {
	await kubectl('uncordon', 'node-0', 'node-1');
});

const kubectl = (...args: string[]) => mustRun(controlPlane.kubectl, args);
const apply = (object: object) => mustRun(controlPlane.kubectl, ['apply', '--server-side', '-f', '-'], JSON.stringify(object));
const node = (of: string) => read(admin, `/api/v1/nodes/${of}`);
const budgets = '/apis/policy/v1/namespaces/default/poddisruptionbudgets';

async function podsOn(of: string, app: string): Promise<readonly Raw[]> {
	const selector = new URLSearchParams({labelSelector: `app=${app}`, fieldSelector: `spec.nodeName=${of}`});
	return items((await read(admin, `/api/v1/namespaces/default/pods?${selector.toString()}`)).items);
}

const isReady = ({status}: Raw): boolean =>
	items(status?.conditions).some(each => name(each.type) === 'Ready' && name(each.status) === 'True');

const allReadyOn = (of: string, app: string, count: number) =>
	eventually(async () => expect((await podsOn(of, app)).filter(isReady)).toHaveLength(count), 60_000);

/** Runs so many pods of an application, all of them on one node; the other one is free to take them. */
async function deploy(app: string, replicas: number, on: string, more: object = {}): Promise<AsyncDisposable> {
	const other = on === 'node-0' ? 'node-1' : 'node-0';
	await kubectl('cordon', other);
	const labels = {app};
	const containers = [{name: 'main', image: 'example.org/main:1', resources: {requests: {cpu: '10m', memory: '16Mi'}}}];
	await apply({
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name: app, namespace: 'default'},
		spec: {replicas, selector: {matchLabels: labels}, template: {metadata: {labels, ...more}, spec: {containers}}},
	});
	await allReadyOn(on, app, replicas);
	await kubectl('uncordon', other);
	return {
		[Symbol.asyncDispose]: async () => {
			await kubectl('delete', 'deployment', app, '--wait=false');
			await eventually(
				async () => expect([...(await podsOn('node-0', app)), ...(await podsOn('node-1', app))]).toEqual([]),
				60_000,
			);
		},
	};
}

/** A budget that lets none of an application's pods go, once it was counted. */
async function block(app: string, healthy: number): Promise<AsyncDisposable> {
	await apply({
		apiVersion: 'policy/v1',
		kind: 'PodDisruptionBudget',
		metadata: {name: app, namespace: 'default'},
		spec: {minAvailable: healthy, selector: {matchLabels: {app}}},
	});
	await eventually(async () => {
		expect((await read(admin, `${budgets}/${app}`)).status).toMatchObject({currentHealthy: healthy, disruptionsAllowed: 0});
	});
	return {[Symbol.asyncDispose]: async () => void (await kubectl('delete', 'pdb', app))};
}

const allow = (app: string) => mergePatch(admin, `${budgets}/${app}`, {spec: {minAvailable: 0}});

/** The built program at work, and what it has said so far. */
type Midwatch = {
	readonly child: ChildProcess;
	readonly said: () => string;
	readonly says: (what: RegExp, within?: number) => Promise<void>;
	/** Its exit code; 128 and the signal's number where a signal ended it. */
	readonly ended: Promise<number>;
};

const midwatch = (...words: readonly string[]): Midwatch => midwatchOn(controlPlane.kubeconfig, ...words);

function midwatchOn(kubeconfig: string, ...words: readonly string[]): Midwatch {
	const [program, ...launched] = launching;
	const child = spawn(program, [...launched, ...words, '--kubeconfig', kubeconfig], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {PATH: process.env.PATH, HOME: home.path},
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
	const ended = new Promise<number>(resolve =>
		child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 128))),
	);
	return {
		child,
		said: () => said,
		says: (what, within) => eventually(async () => expect(said).toMatch(what), within),
		ended,
	};
}

const drain = (of: string, ...flags: readonly string[]) => midwatch('drain', of, '--yes', '--confirm', of, ...flags);

test('a budget keeps it waiting: it says which, and leaves on a signal what it says', async () => {
	await using _ = await deploy('web', 2, 'node-0');
	await using __ = await block('web', 2);
	const run = drain('node-0');
	await run.says(/^default\/web-\S+: budget web allows none: it needs 2 healthy and has 2/m);
	run.child.kill('SIGINT');
	expect(await run.ended).toBe(3);
	expect(run.said()).toMatch(/node-0 stays cordoned, 2 of 2 pods are left/);
	expect(run.said()).toMatch(/midwatch drain --resume \S+/);
	expect(await podsOn('node-0', 'web')).toHaveLength(2);
	expect((await node('node-0')).spec?.unschedulable).toBe(true);
});

test('what it leaves behind: its cordon with who made it, Events on the node, a lock that is free, and a roll back', async () => {
	await using _ = await deploy('web', 2, 'node-0');
	const run = drain('node-0');
	expect(await run.ended, run.said()).toBe(0);
	const drained = await node('node-0');
	const writer = items(drained.metadata?.managedFields).find(
		({fieldsV1}) => fieldsV1?.['f:spec']?.['f:unschedulable'] !== undefined,
	);
	expect(writer?.manager).toBe('midwatch');
	const [latest = ''] = await runNames(environment);
	expect(drained.metadata?.annotations?.['midwatch.dev/cordoned-by']).toContain(latest);
	const events = items((await read(admin, '/api/v1/namespaces/default/events')).items).filter(
		({reportingComponent, message}) => name(reportingComponent) === 'midwatch' && name(message).endsWith(latest),
	);
	expect(events.map(({reason}) => name(reason)).toSorted()).toEqual(['DrainEnded', 'DrainStarted']);
	expect(await kubectl('describe', 'node', 'node-0')).toContain('DrainStarted');
	const lease = await read(admin, '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/midwatch-drain');
	expect(lease.spec?.holderIdentity).toBe('');

	const undo = midwatch('uncordon', 'node-0', '--yes');
	expect(await undo.ended, undo.said()).toBe(0);
	expect(undo.said()).toMatch(/node-0 was cordoned by \S+ with midwatch, <10s ago/);
	const after = await node('node-0');
	expect(after.spec?.unschedulable).toBeUndefined();
	expect(after.metadata?.annotations?.['midwatch.dev/cordoned-by']).toBeUndefined();
});

test('who has the roles to read and to drain that midwatch prints needs nothing else: the lock and the Events are theirs too', async () => {
	await using _ = await deploy('web', 2, 'node-0');
	for (const role of ['read', 'drain']) {
		const printed = midwatch('rbac', role);
		expect(await printed.ended).toBe(0);
		await mustRun(controlPlane.kubectl, ['apply', '-f', '-'], printed.said());
		const bindings = [...printed.said().matchAll(/^# kubectl (create \S*rolebinding .*)--user=USER$/gm)];
		for (const [, binding = ''] of bindings) await kubectl(...binding.trim().split(' '), '--user=drainer');
	}
	const {kubeconfig} = await controlPlane.issueUser({user: 'drainer'});
	const run = midwatchOn(kubeconfig, 'drain', 'node-0', '--yes');
	expect(await run.ended, run.said()).toBe(0);
	expect(run.said()).not.toMatch(/not permitted|could not be/);
	expect(run.said()).toMatch(/node-0 is drained/);
	const events = items((await read(admin, '/api/v1/namespaces/default/events')).items);
	const [latest = ''] = await runNames(environment);
	expect(events.filter(({message}) => name(message).endsWith(latest))).toHaveLength(2);
});

test('an API server that is restarted in the middle is waited for', async () => {
	await using _ = await deploy('web', 2, 'node-0');
	await using __ = await block('web', 2);
	const run = drain('node-0');
	await run.says(/^default\/web-\S+: budget web allows none/m);
	await controlPlane.processes['kube-apiserver'].kill();
	await run.says(/it goes on when the server is back/);
	await controlPlane.processes['kube-apiserver'].start();
	await eventually(() => allow('web'));
	expect(await run.ended, run.said()).toBe(0);
	expect(run.said()).toMatch(/node-0 is drained and stays cordoned: all 2 pods that had to go are gone/);
	expect(await podsOn('node-0', 'web')).toEqual([]);
});

test('of two at once, the second is refused with who drains', async () => {
	await using _ = await deploy('web', 2, 'node-0');
	await using __ = await block('web', 2);
	const first = drain('node-0');
	await first.says(/^default\/web-\S+: budget web allows none/m);
	const second = drain('node-1');
	expect(await second.ended).toBeGreaterThan(0);
	expect(second.said()).toMatch(/drains with midwatch since <10s/);
	expect((await node('node-1')).spec?.unschedulable).toBeUndefined();
	first.child.kill('SIGTERM');
	await first.ended;
	// The lock was given up: the next one gets it.
	await allow('web');
	const third = drain('node-0');
	expect(await third.ended, third.said()).toBe(0);
});

test('killed and taken up again, it evicts nothing twice, knows its own cordon, and comes to the end', async () => {
	await using _ = await deploy('web', 2, 'node-0');
	await using __ = await block('web', 2);
	await using ___ = await deploy('stuck', 1, 'node-0', {finalizers: ['example.org/test']});
	const first = drain('node-0');
	await first.says(/^default\/web-\S+: budget web allows none/m);
	await eventually(async () => expect((await podsOn('node-0', 'stuck'))[0]?.metadata?.deletionTimestamp).toBeDefined());
	first.child.kill('SIGKILL');
	await first.ended;
	const before = await podsOn('node-0', 'stuck');
	const [run = ''] = await runNames(environment);
	await allow('web');

	const second = midwatch('drain', '--resume', run, '--yes', '--confirm', 'node-0');
	await eventually(async () => expect(await podsOn('node-0', 'web')).toEqual([]), 60_000);
	// What the first life evicted is only waited for: nobody has written to it since.
	expect((await podsOn('node-0', 'stuck')).map(({metadata}) => metadata)).toEqual(before.map(({metadata}) => metadata));
	for (const {metadata} of before) {
		await mergePatch(admin, `/api/v1/namespaces/default/pods/${name(metadata?.name)}`, {metadata: {finalizers: null}});
	}
	expect(await second.ended, second.said()).toBe(0);
	expect(second.said()).toMatch(/midwatch uncordon node-0/);
	const {entries, damage} = await readRun(environment, run);
	expect(damage).toEqual([]);
	const intents = entries.flatMap(entry => (entry.is === 'intent' && entry.step.startsWith('evict ') ? [entry.step] : []));
	expect(intents.filter(step => step.includes('stuck'))).toHaveLength(1);
	expect(entries.at(-1)).toMatchObject({is: 'ended', result: 'done'});
	await eventually(async () => expect((await podsOn('node-1', 'stuck')).length).toBe(1));
	for (const pod of await podsOn('node-1', 'stuck')) {
		await mergePatch(admin, `/api/v1/namespaces/default/pods/${name(pod.metadata?.name)}`, {metadata: {finalizers: null}});
	}
});
