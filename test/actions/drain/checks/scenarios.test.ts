import {readFileSync} from 'node:fs';
import {afterAll, describe, expect, test} from 'vitest';
import {planDrain} from '../../../../source/actions/drain/plan.ts';
import type {Concern} from '../../../../source/actions/plan.ts';
import {type DrainOptions, usualDrain} from '../../../../source/actions/request.ts';
import {scenarios} from '../../../../source/demo/catalog.ts';
import {startEmbedded} from '../../../../source/demo/embedded.ts';
import type {EmbeddedCluster, KubeObject} from '../../../../source/demo/model.ts';
import {homelab} from '../../../../source/demo/worlds/homelab/homelab.ts';
import {roleSets} from '../../../../source/findings/rbac.ts';
import {systems} from '../../../../source/findings/systems.ts';
import {handsOn} from '../../hands.ts';
import {lockOf} from './sight.ts';

const embedded = new Map<string, Promise<EmbeddedCluster>>();
afterAll(async () => {
	for (const cluster of embedded.values()) await (await cluster).close();
});

/** A scenario, standing still. */
function standing(id: string): Promise<EmbeddedCluster> {
	const known = embedded.get(id);
	if (known !== undefined) return known;
	const scenario = scenarios.find(each => each.id === id);
	if (scenario === undefined) throw new Error(`there is no scenario ${id}`);
	const started = startEmbedded({world: homelab, scenario, speed: 0.001});
	embedded.set(id, started);
	return started;
}

type Given = {readonly options?: Partial<DrainOptions>; readonly token?: string};

async function concerns(scenario: string, node: string, {options = {}, ...wish}: Given = {}): Promise<readonly Concern[]> {
	using hands = handsOn(await standing(scenario), wish);
	const drain = {is: 'drain', nodes: [node], options: {...usualDrain, deleteEmptyDirData: true, ...options}} as const;
	return (await planDrain(drain, hands)).concerns;
}

type Row = readonly [
	check: string,
	fires: readonly [scenario: string, node: string],
	not: readonly [scenario: string, node: string],
];

/** What no scenario shows is tried below. */
const rows: readonly Row[] = [
	['budgets', ['drain-blocked', 'nuc-1'], ['calm', 'pi4-1']],
	['fit', ['calm', 'gpu-1'], ['calm', 'nas-1']],
	['lost-data', ['calm', 'ryzen-1'], ['calm', 'gpu-1']],
	['only-replica', ['calm', 'nuc-1'], ['calm', 'nas-1']],
	['etcd-quorum', ['node-lost', 'nuc-1'], ['calm', 'nuc-1']],
	['other-node', ['node-lost', 'ryzen-1'], ['calm', 'ryzen-1']],
	['last-copy', ['node-lost', 'nuc-3'], ['calm', 'nuc-3']],
	['longhorn-budget', ['calm', 'nuc-1'], ['calm', 'pi4-1']],
	['rebuilding', ['maintenance', 'ryzen-1'], ['calm', 'ryzen-1']],
	['transfers', ['maintenance', 'nuc-1'], ['maintenance', 'nuc-2']],
	['pinned-volumes', ['calm', 'pi4-1'], ['calm', 'nuc-1']],
	['vip', ['calm', 'nuc-2'], ['calm', 'nuc-3']],
	['local-services', ['maintenance', 'pi4-1'], ['calm', 'pi4-1']],
	['bgp-sessions', ['calm', 'nuc-1'], ['calm', 'nas-1']],
	['gpu', ['calm', 'gpu-1'], ['calm', 'nuc-1']],
	['cordon-owner', ['drain-blocked', 'nuc-1'], ['calm', 'nuc-1']],
	['silent-node', ['node-lost', 'nuc-2'], ['node-lost', 'nuc-1']],
	['hanging', ['node-lost', 'nuc-2'], ['node-lost', 'nuc-1']],
];

/** Those that depend on who drains and how. */
const elsewhere = ['filters', 'lock', 'unread'];

describe.each(rows)('%s', (check, [scenario, node], [elsewhere, other]) => {
	test(`fires in ${scenario} on ${node}, names its object and the way out, and fits a screen`, async () => {
		const found = (await concerns(scenario, node)).filter(concern => concern.check === check);
		expect(found).not.toEqual([]);
		for (const {weight, about, objects = [], text, wayOut} of found) {
			if (weight !== 'tells') expect(wayOut).toBeTruthy();
			expect(text.length).toBeLessThan(3 * 76);
			if (check !== 'other-node') expect((about ?? objects[0])?.name).toBeTruthy();
		}
	});

	test(`does not fire in ${elsewhere} on ${other}`, async () => {
		expect((await concerns(elsewhere, other)).filter(concern => concern.check === check)).toEqual([]);
	});
});

describe('what depends on who drains and how', () => {
	const of = async (check: string, given: Given) =>
		(await concerns('calm', 'ryzen-1', given)).filter(concern => concern.check === check);

	test('filters refuse without an option, and not with it', async () => {
		expect(await of('filters', {options: {deleteEmptyDirData: false}})).not.toEqual([]);
		expect(await of('filters', {})).toEqual([]);
	});

	test('the lock of another refuses until it is gone', async () => {
		expect(await of('lock', {})).toEqual([]);
		const {stage} = await standing('calm');
		const lease = {
			apiVersion: 'coordination.k8s.io/v1',
			kind: 'Lease',
			...lockOf('anna@bridge', 'run-1', new Date().toISOString()),
		};
		stage.store.put(lease as unknown as KubeObject);
		expect(await of('lock', {})).toMatchObject([{weight: 'refuses', text: expect.stringContaining('anna@bridge')}]);
		stage.store.remove({group: 'coordination.k8s.io', plural: 'leases', namespace: 'kube-system', name: 'midwatch-drain'});
		expect(await of('lock', {})).toEqual([]);
	});

	test('what may not be read is told, and that no lock can be taken; whoever may all reads all', async () => {
		const reads = {verbs: ['get', 'list'], apiGroups: ['', 'apps', 'policy'], resources: ['*']};
		const token = (await standing('calm')).addUser('reader', [reads]);
		expect(await of('unread', {token})).toContainEqual(expect.objectContaining({weight: 'unknown'}));
		expect(await of('lock', {token})).toMatchObject([{weight: 'overrides'}]);
		expect(await of('unread', {})).toEqual([]);
	});
});

test('the roles that midwatch prints to read and to drain are enough to find all of it', async () => {
	const reads = systems.flatMap(({kinds}) => kinds).map(kind => ({kind, verbs: ['get', 'list', 'watch']}));
	const roles = roleSets(reads, []).filter(({name}) => name === 'read' || name === 'drain');
	const rules = roles.flatMap(set =>
		set.roles.flatMap(({metadata: {namespace}, rules: of}) =>
			of.map(rule => ({...rule, ...(namespace === undefined ? {} : {namespace})})),
		),
	);
	for (const [scenario, node] of [
		['maintenance', 'nuc-1'],
		['node-lost', 'nuc-3'],
	] as const) {
		const token = (await standing(scenario)).addUser('drainer', rules);
		// How long something has been so may turn between the two.
		const all = async (given: Given) =>
			(await concerns(scenario, node, given)).map(each => ({...each, text: each.text.replaceAll(/\d+m/g, 'm')}));
		expect(await all({token})).toEqual(await all({}));
	}
});

test('every check there is has been tried', () => {
	const source = readFileSync(new URL('../../../../source/actions/drain/checks/index.ts', import.meta.url), 'utf8');
	const files = [...source.matchAll(/from '\.\/([\w-]+)\.ts'/g)].map(([, name]) => name);
	expect(new Set([...rows.map(([check]) => check), ...elsewhere])).toEqual(new Set(files));
});
