import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {witness} from '../_helpers/witness.ts';
import type {Rule} from '../conformance/target.ts';
import {mustRun} from './kubectl.ts';
import {openMidwatch, runMidwatch} from './midwatch.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

let controlPlane: ControlPlane;

beforeAll(async () => {
	controlPlane = await startControlPlane();
	await controlPlane.applyCrds(['velero', 'longhorn']);
	await controlPlane.addNodes(2);
});

afterAll(async () => {
	await controlPlane?.stop();
});

const run = (...args: string[]) => mustRun(controlPlane.kubectl, args);
const apply = (object: object) => mustRun(controlPlane.kubectl, ['apply', '--server-side', '-f', '-'], JSON.stringify(object));

const velero = (verbs: readonly string[]): Rule => ({
	apiGroups: ['velero.io'],
	resources: ['schedules', 'backups', 'restores', 'backupstoragelocations'],
	verbs,
});
const schedule = (name: string, namespace: string) => ({
	apiVersion: 'velero.io/v1',
	kind: 'Schedule',
	metadata: {name, namespace},
	spec: {schedule: '@daily', template: {}},
});
const service = (name: string, namespace: string) => ({
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name, namespace},
	spec: {type: 'LoadBalancer', ports: [{port: 80}], selector: {app: name}},
});

describe('who may list in one namespace, watch nothing, and see nothing else', () => {
	const rules: readonly Rule[] = [
		{apiGroups: [''], resources: ['pods', 'services', 'persistentvolumeclaims'], verbs: ['get', 'list']},
		velero(['get', 'list']),
	];

	test('gets what may be seen, polled; what is missing is named once, and nothing is sprayed over the screen', async () => {
		const team = await controlPlane.limitedKubeconfig({namespace: 'team', rules});
		await apply(service('shop', 'team'));
		await apply(service('hidden', 'default'));
		await apply(schedule('team-nightly', 'team'));
		await apply(schedule('hidden-nightly', 'default'));
		await using screen = openMidwatch({on: team.kubeconfig});
		await screen.pane('BGP peers').shows(/team\/shop .* no address/);
		await screen.pane('Backup tiers').shows('team-nightly');
		await screen.pane('Backup tiers').shows(/polled every \d+s|polled/);
		await screen.pane('Nodes').shows('may not list nodes');
		await screen.shows('not permitted:');
		await screen.quiet();
		expect(screen.text()).not.toMatch(/hidden|the cluster has no/);
		// Help has room for all that is missing, below the keys.
		screen.press('?');
		await screen.shows('one row down, up');
		screen.press('G');
		for (const missing of ['list nodes', 'list storageclasses.storage.k8s.io', 'list persistentvolumes'])
			await screen.shows(missing);
		await screen.shows('only namespace team is read');
		screen.press('esc');
		await screen.hides('one row down, up');
		await screen.pane('Backup tiers').shows('team-nightly');
		// Nothing but the alternate screen was written to: it is left as it was.
		screen.press('q');
		expect(await screen.exited).toEqual({code: 0, signal: 0});
		expect(screen.terminal.state().buffer).toBe('normal');
		expect(screen.text().trim()).toBe('');
	});

	test('the snapshot of them ends with 3 and names what is missing', async () => {
		const team = await controlPlane.limitedKubeconfig({namespace: 'team', rules});
		const {stdout, stderr, code} = await runMidwatch('snapshot', '--kubeconfig', team.kubeconfig);
		expect(code).toBe(3);
		expect(stderr).toBe('');
		expect(stdout).toMatch(/team\/shop/);
		expect(stdout).toMatch(/team-nightly/);
		expect(stdout).toMatch(/nodes: not permitted: may not list nodes/);
		expect(stdout).not.toMatch(/hidden/);
	});
});

test('a permission that is revoked is named; granted again, all is live', {timeout: 240_000}, async () => {
	const user = await controlPlane.limitedKubeconfig({namespace: 'ops', rules: [velero(['get', 'list', 'watch'])]});
	await apply(schedule('ops-nightly', 'ops'));
	await using screen = openMidwatch({on: user.kubeconfig});
	const backups = screen.pane('Backup tiers');
	await backups.shows('ops-nightly');
	expect(backups.text()).not.toMatch(/polled|not permitted/);
	using seen = witness(screen);
	await user.revoke();
	// The API server lets a watch run on that was allowed when it began; all end with its next start.
	await controlPlane.processes['kube-apiserver'].restart();
	await backups.shows(/may not list schedules\.velero\.io in ops/, 60_000);
	expect(seen.screens().filter(shown => shown.includes('Velero has no schedule'))).toEqual([]);
	await user.grant();
	// What is missing is asked for again every half minute at first.
	await backups.shows('ops-nightly', 90_000);
	await backups.hides(/may not|not permitted|stale/, 90_000);
	await run('-n', 'ops', 'delete', 'schedules.velero.io', 'ops-nightly');
	await backups.hides('ops-nightly');
});
