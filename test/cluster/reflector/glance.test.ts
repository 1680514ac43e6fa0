import {afterAll, beforeAll, expect, test} from 'vitest';
import {connect} from '../../../source/cluster/line/connect.ts';
import {glance} from '../../../source/cluster/reflector/glance.ts';
import {list} from '../../../source/cluster/reflector/list.ts';
import {createStore, type Store} from '../../../source/cluster/store.ts';
import {startEmbedded} from '../../../source/demo/embedded.ts';
import type {EmbeddedCluster} from '../../../source/demo/model.ts';
import {nodeLost} from '../../../source/demo/scenarios/node-lost.ts';
import {homelab} from '../../../source/demo/worlds/homelab/homelab.ts';
import {type PodRecord, podKind} from '../../../source/workloads/pod.ts';
import {podOutline} from '../../../source/workloads/pod-outline.ts';
import {targetOf} from '../server.ts';

let embedded: EmbeddedCluster;
beforeAll(async () => {
	embedded = await startEmbedded({world: homelab, scenario: nodeLost, ahead: 20 * 60_000});
});
afterAll(() => embedded.close());

/** All pods, read whole and with one look that takes more than `most` for too many. */
async function bothWays(most: number, token = embedded.token) {
	const target = targetOf(new URL(embedded.server), undefined, {
		tls: {insecure: false, authority: {pem: embedded.ca}},
		user: {token, impersonate: {}},
	});
	const transport = connect(target, {env: {}});
	const read = async (into: (store: Store<PodRecord>) => Promise<unknown>): Promise<ReadonlyMap<string, PodRecord>> => {
		const store = createStore<PodRecord>('pods', {line: transport.line, changed: () => {}});
		await into(store);
		return store.reading().records;
	};
	const pods = {transport, kind: podKind, version: 'v1', namespace: ''};
	const {signal} = new AbortController();
	try {
		return {
			whole: await read(store => list(pods, store, signal)),
			glanced: await read(store => glance(pods, podOutline, store, signal, most)),
		};
	} finally {
		transport.close();
	}
}

const isWell = ({status, readyContainers, containers, component}: PodRecord): boolean =>
	component === undefined && (status === 'Completed' || (status === 'Running' && readyContainers === containers));

test('what is not too much is read whole', async () => {
	const {whole, glanced} = await bothWays(1000);
	expect(whole.size).toBeGreaterThan(30);
	expect(glanced).toEqual(whole);
});

test('of too much, all that is not well and all components are read whole, and of the others where they are and how they do', async () => {
	const {whole, glanced} = await bothWays(-1);
	const [well, others] = [true, false].map(is => [...whole].filter(([, pod]) => isWell(pod) === is));
	expect([...glanced.keys()].toSorted()).toEqual([...whole.keys()].toSorted());
	expect(others?.length).toBeGreaterThan(5);
	for (const [key, pod] of others ?? []) expect(glanced.get(key)).toEqual(pod);
	for (const [key, {namespace, name, node, status, phase, restarts}] of well ?? [])
		expect(glanced.get(key)).toMatchObject({namespace, name, node, status, phase, restarts});
});

test('who may not list namespaces reads all of them whole', async () => {
	const token = embedded.addUser('narrow', [{apiGroups: [''], resources: ['pods'], verbs: ['list']}]);
	const {whole, glanced} = await bothWays(-1, token);
	expect(glanced).toEqual(whole);
});
