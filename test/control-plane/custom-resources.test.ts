import {afterAll, beforeAll, expect, test} from 'vitest';
import {witness} from '../_helpers/witness.ts';
import {eventually, pod} from '../conformance/subject.ts';
import {mustRun} from './kubectl.ts';
import {type Midwatch, openMidwatch} from './midwatch.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

let controlPlane: ControlPlane;
let screen: Midwatch;

beforeAll(async () => {
	controlPlane = await startControlPlane();
	await controlPlane.addNodes(1);
	// Without it what it left behind is stale.
	await eventually(() => mustRun(controlPlane.kubectl, ['apply', '-f', '-'], JSON.stringify(server)));
	screen = openMidwatch({on: controlPlane.kubeconfig});
});

afterAll(async () => {
	await screen?.[Symbol.asyncDispose]();
	await controlPlane?.stop();
});

/** The server says itself what it serves only some seconds after a definition came or went. */
const patience = 45_000;

const velero = ['schedules', 'backups', 'backupstoragelocations', 'restores'].map(plural => `${plural}.velero.io`);

const server = pod('velero-0', 'node-0', {'app.kubernetes.io/name': 'velero'});

const schedule = {
	apiVersion: 'velero.io/v1',
	kind: 'Schedule',
	metadata: {name: 'nightly', namespace: 'default'},
	spec: {schedule: '@daily', template: {}},
};

test('what is not installed is said not to be, and nothing else is wrong', async () => {
	await screen.pane('Nodes').shows('1 of 1');
	await screen.pane('Backup tiers').shows('not installed');
	await screen.pane('BGP peers').shows('not installed');
	await screen.hides('loading');
	await screen.shows('● live');
	expect(screen.text()).not.toMatch(/stale|not permitted/);
});

test('installed while it runs, its pane comes to life', async () => {
	await controlPlane.applyCrds(['velero']);
	const from = performance.now();
	await screen.pane('Backup tiers').hides('not installed', patience);
	await screen.pane('Backup tiers').shows('Velero has no schedule and no backup', patience);
	console.log(`a definition that came: all is seen after ${((performance.now() - from) / 1000).toFixed(1)} s`);
	await mustRun(controlPlane.kubectl, ['apply', '--server-side', '-f', '-'], JSON.stringify(schedule));
	await screen.pane('Backup tiers').shows('nightly');
});

test('removed while it runs, its pane says so, and the others do not care', async () => {
	using seen = witness(screen);
	await mustRun(controlPlane.kubectl, ['delete', 'crd', ...velero]);
	const from = performance.now();
	await screen.pane('Backup tiers').shows('not installed', patience);
	console.log(`a definition that went: seen after ${((performance.now() - from) / 1000).toFixed(1)} s`);
	await screen.pane('Backup tiers').hides('nightly');
	expect(screen.pane('Nodes').text()).toMatch(/1 of 1/);
	expect(seen.screens().filter(shown => /no connection|1 Nodes [━─]+ stale/.test(shown))).toEqual([]);
});

test('installed again, it is back', async () => {
	await controlPlane.applyCrds(['velero']);
	await mustRun(controlPlane.kubectl, ['apply', '--server-side', '-f', '-'], JSON.stringify(schedule));
	await screen.pane('Backup tiers').shows('nightly', patience);
	await screen.pane('Backup tiers').hides(/not installed|stale/, patience);
});
