import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {unread} from '../../../source/actions/drain/checks/unread.ts';
import {drainNodeKind} from '../../../source/actions/drain/node.ts';
import type {DrainNode, DrainSight} from '../../../source/actions/drain/sight.ts';
import {readSurroundings, type Surroundings} from '../../../source/actions/drain/surroundings.ts';
import {scenarios} from '../../../source/demo/catalog.ts';
import {type EmbeddedOptions, startEmbedded} from '../../../source/demo/embedded.ts';
import type {EmbeddedCluster} from '../../../source/demo/model.ts';
import {homelab} from '../../../source/demo/worlds/homelab/homelab.ts';
import type {Reading} from '../../../source/vocabulary.ts';
import {handsOn} from '../hands.ts';

let embedded: EmbeddedCluster;
beforeAll(async () => {
	const options: EmbeddedOptions = {world: homelab, scenario: scenarios.find(({id}) => id === 'calm'), speed: 0.1};
	embedded = await startEmbedded(options);
});
afterAll(() => embedded.close());

async function around(name: string, rules?: Parameters<EmbeddedCluster['addUser']>[1]): Promise<Surroundings> {
	const nodes = await nodesOf();
	const node = nodes.records.get(name);
	if (node === undefined) throw new Error(`there is no ${name}`);
	const token = rules === undefined ? embedded.token : embedded.addUser('helper', rules);
	using hands = handsOn(embedded, {token});
	return await readSurroundings(hands.reader(), node);
}

async function nodesOf(): Promise<Reading<DrainNode>> {
	using hands = handsOn(embedded);
	return await hands.reader().read(drainNodeKind);
}

describe('what stands around a node', () => {
	test('is read once and whole, and what is not installed is absent', async () => {
		const {elections, replicas, services, drainPolicy, sessions, plans, transfers, noLock, lock, cordoner} =
			await around('nuc-2');
		expect(elections.records.get('kube-system/plndr-cp-lock')).toMatchObject({holder: 'nuc-2'});
		expect(replicas.records.size).toBeGreaterThan(10);
		expect([...services.records.values()].every(({addresses}) => addresses.length === 1)).toBe(true);
		expect(services.records.size).toBe(9);
		expect(drainPolicy.state.is).toBe('live');
		expect(sessions.records.has('nuc-2')).toBe(true);
		expect(plans.state).toEqual({is: 'absent'});
		expect(new Set(transfers.map(({state}) => state.is))).toEqual(new Set(['live']));
		expect([noLock, lock, cordoner]).toEqual([undefined, undefined, undefined]);
	});

	test('names the permissions that are missing, and that no lock can be taken', async () => {
		const surroundings = await around('nuc-2', [{verbs: ['get', 'list'], apiGroups: [''], resources: ['nodes', 'services']}]);
		expect(surroundings.noLock).toBe('not permitted: get, create, update leases in kube-system');
		const told = unread({...surroundings, nodes: await nodesOf()} as DrainSight).map(({text}) => text);
		expect(told).toContainEqual(
			'whether the node answers for an address is not known: not permitted: list leases.coordination.k8s.io',
		);
		expect(told).toContainEqual('whose data lies on it alone is not known: not permitted: list persistentvolumes');
		expect(new Set(told).size).toBe(told.length);
	});
});
