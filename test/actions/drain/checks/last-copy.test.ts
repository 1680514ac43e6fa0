import {describe, expect, test} from 'vitest';
import {lastCopyHere} from '../../../../source/actions/drain/checks/last-copy.ts';
import {longhornBudget} from '../../../../source/actions/drain/checks/longhorn-budget.ts';
import {own, type RawName} from '../../../../source/vocabulary.ts';
import {cordoned, lease, minutes, node} from '../../../nodes/objects.ts';
import {engine, longhornVolume, replica} from '../../../storage/objects.ts';
import {type Objects, pod, sight, told} from './sight.ts';

const nodes = ['nuc-1', 'nuc-2', 'nuc-3'].map(name => node(name));
const volume = longhornVolume('pvc-1', 'media/jellyfin-config');
const here = replica('pvc-1-r-a', 'pvc-1', 'nuc-2');
const there = replica('pvc-1-r-b', 'pvc-1', 'nuc-3');
const both = engine('pvc-1', {'pvc-1-r-a': 'RW', 'pvc-1-r-b': 'RW'});
const spread: Objects = {nodes, longhornVolumes: [volume], replicas: [here, there], engines: [both]};

describe('the last copy of a volume', () => {
	test('is none while another one is whole', () => {
		expect(told(lastCopyHere, spread)).toEqual([]);
	});

	test('is one where the other one failed, is rebuilt, or is given up on', () => {
		const failed = {...spread, replicas: [here, replica('pvc-1-r-b', 'pvc-1', 'nuc-3', {failedAt: '2026-11-21T02:00:00Z'})]};
		const mode = (is: string) => ({...spread, engines: [engine('pvc-1', {'pvc-1-r-a': 'RW', 'pvc-1-r-b': is})]});
		for (const objects of [failed, mode('WO'), mode('ERR')])
			expect(told(lastCopyHere, objects)).toEqual([
				'overrides: the last healthy copy of claim media/jellyfin-config is on nuc-2 (the others are unfinished, failed or away); node-drain-policy block-if-contains-last-replica: the drain is blocked for as long',
			]);
	});

	test('is one where the node of the other one is silent, or is worked on', () => {
		const silent = [lease('nuc-1'), lease('nuc-2'), lease('nuc-3', 35 * minutes)];
		const worked = [nodes[0], nodes[1], node('nuc-3', {spec: cordoned(5 * minutes)})] as readonly object[];
		expect(told(lastCopyHere, {...spread, leases: silent})).toHaveLength(1);
		expect(told(lastCopyHere, {...spread, nodes: worked})).toHaveLength(1);
	});

	test('is one where the node of the other one is drained before in the same drain', () => {
		expect(told(lastCopyHere, {...spread, turns: ['nuc-3', 'nuc-2']})).toHaveLength(1);
		expect(told(lastCopyHere, {...spread, turns: ['nuc-2', 'nuc-3']})).toEqual([]);
	});

	test('of several volumes is told once, with all of them behind it', () => {
		const other = longhornVolume('pvc-2', 'apps/forgejo-data');
		const objects = {nodes, longhornVolumes: [volume, other], replicas: [here, replica('pvc-2-r-a', 'pvc-2', 'nuc-2')]};
		expect(told(lastCopyHere, objects)).toEqual([
			expect.stringMatching(
				/^overrides: the last healthy copies of claim media\/jellyfin-config, claim apps\/forgejo-data are on nuc-2 /,
			),
		]);
		expect(lastCopyHere(sight(objects))[0]?.objects).toMatchObject([{name: 'pvc-1'}, {name: 'pvc-2'}]);
	});

	test('is one by design where the volume has a single replica', () => {
		const single = longhornVolume('pvc-1', 'media/jellyfin-config', {}, {numberOfReplicas: 1});
		const objects = {nodes, longhornVolumes: [single], replicas: [here], engines: [engine('pvc-1', {'pvc-1-r-a': 'RW'})]};
		expect(told(lastCopyHere, objects)).toEqual([expect.stringContaining('on nuc-2 (one by design)')]);
		expect(told(lastCopyHere, {...objects, replicas: [there]})).toEqual([]);
	});

	test('counts too while the volume is detached', () => {
		const detached = longhornVolume('pvc-1', 'media/jellyfin-config', {state: 'detached', robustness: 'unknown'});
		expect(told(lastCopyHere, {nodes, longhornVolumes: [detached], replicas: [here]})).toEqual([
			expect.stringContaining('no other is placed'),
		]);
	});

	test("Longhorn's setting decides what becomes of the drain", () => {
		const lonely = {...spread, replicas: [here]};
		const by = (drainPolicy: string) => told(lastCopyHere, {...lonely, drainPolicy})[0];
		expect(by('block-for-eviction-if-contains-last-replica')).toContain('the drain waits until Longhorn has copied it elsewhere');
		expect(by('allow-if-replica-is-stopped')).toContain('blocked until the volume is detached');
		expect(by('always-allow')).toContain('node-drain-policy always-allow: nothing stops the drain');
		expect(by('of-tomorrow')).toMatch(/; node-drain-policy of-tomorrow$/);
	});
});

test('where Longhorn empties the node first, that is told', () => {
	expect(told(lastCopyHere, {...spread, drainPolicy: 'block-for-eviction'})).toEqual([
		'tells: Longhorn moves 1 copy off nuc-2 before it lets go (node-drain-policy block-for-eviction): the drain waits',
	]);
});

describe("the budget of Longhorn's instance manager", () => {
	const budgets = ['instance-manager-7f3' as RawName];
	const metadata = {labels: {'longhorn.io/component': 'instance-manager'}};
	const named = 'longhorn-system/instance-manager-7f3';
	const manager = pod(named, {metadata, fate: {is: 'blocked', budgets, why: own('allows none')}});

	test('goes away by itself where nothing is lost', () => {
		expect(told(longhornBudget, {...spread, pods: [manager]})).toEqual([
			'tells: Longhorn lifts the budget over its instance manager once no volume is served from nuc-2 (node-drain-policy block-if-contains-last-replica)',
		]);
	});

	test('stays while a last copy is there', () => {
		expect(told(longhornBudget, {...spread, replicas: [here], pods: [manager]})).toEqual([
			expect.stringContaining('keeps the budget over its instance manager while a last copy is on nuc-2'),
		]);
		expect(told(longhornBudget, {...spread, replicas: [here], pods: [manager], drainPolicy: 'always-allow'})).toEqual([
			expect.stringContaining('lifts the budget'),
		]);
	});

	test('is not spoken of where it does not block, and no other budget is', () => {
		const other = pod('apps/web-0', {fate: {is: 'blocked', budgets: ['web' as RawName], why: own('allows none')}});
		expect(told(longhornBudget, {...spread, pods: [other, pod(named, {metadata})]})).toEqual([]);
	});
});
