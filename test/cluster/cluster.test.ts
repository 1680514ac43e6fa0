import {setTimeout as delay} from 'node:timers/promises';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {type Cluster, type ClusterOptions, openCluster} from '../../source/cluster/cluster.ts';
import type {Kind, System} from '../../source/cluster/kind.ts';
import {connect} from '../../source/cluster/line/connect.ts';
import {name} from '../../source/cluster/raw.ts';
import {type Timings, timings} from '../../source/cluster/timings.ts';
import {startEmbedded} from '../../source/demo/embedded.ts';
import type {EmbeddedCluster, KubeObject, Rule} from '../../source/demo/model.ts';
import type {StoredRecord} from '../../source/vocabulary.ts';
import {tinyWorld} from '../demo/tiny-world.ts';
import {startApi} from './api.ts';
import {targetOf, until} from './server.ts';

type Plain = StoredRecord & {readonly version: string};

const plain = (id: string, group: string, plural: string, more: Partial<Kind<Plain>> = {}): Kind<Plain> => ({
	id,
	group,
	plural,
	kind: id,
	versions: ['v1'],
	namespaced: false,
	project: (_, identity, version) => ({...identity, version}),
	...more,
});
const nodes = plain('nodes', '', 'nodes');
const configMaps = plain('configmaps', '', 'configmaps', {namespaced: true});
const volumes = plain('volumes', 'longhorn.io', 'volumes', {versions: ['v1beta2', 'v1beta1'], namespaced: true});
const system = (...kinds: System['kinds']): System => ({id: 'test', title: 'Test', required: true, kinds});

const impatient: Timings = {
	...timings,
	retry: {first: 20, most: 100},
	reask: {first: 50, most: 100},
	poll: 200,
	healthyAfter: 0,
};

let embedded: EmbeddedCluster;
let cluster: Cluster | undefined;

beforeEach(async () => {
	embedded = await startEmbedded({world: tinyWorld});
});
afterEach(async () => {
	cluster?.close();
	await embedded.close();
});

function open(
	kinds: System['kinds'],
	{token = embedded.token, ...more}: Partial<ClusterOptions> & {token?: string} = {},
): Cluster {
	const target = targetOf(new URL(embedded.server), undefined, {
		tls: {insecure: false, authority: {pem: embedded.ca}},
		user: {token, impersonate: {}},
	});
	const transport = connect(target, {env: {}, probeEvery: 200, retryWithin: 100});
	cluster = openCluster({transport, namespace: '', systems: [system(...kinds)], timings: impatient, ...more});
	return cluster;
}

function state(kind: Kind<StoredRecord>): string | undefined {
	return cluster?.source(kind).reading().state.is;
}

function names(kind: Kind<StoredRecord>): string[] {
	return [...(cluster?.source(kind).reading().records.values() ?? [])].map(record => record.name);
}

function configMap(called: string, namespace = 'default'): KubeObject {
	return {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: called, namespace}};
}

function definition(served: string): KubeObject {
	const versions = [{name: served, served: true, storage: true, schema: {openAPIV3Schema: {type: 'object'}}}];
	const names = {plural: 'volumes', singular: 'volume', kind: 'Volume', listKind: 'VolumeList'};
	return {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name: 'volumes.longhorn.io'},
		spec: {group: 'longhorn.io', scope: 'Namespaced', names, versions},
	};
}

const volume = (version: string): KubeObject => ({
	apiVersion: `longhorn.io/${version}`,
	kind: 'Volume',
	metadata: {name: 'pvc-1', namespace: 'default'},
});
const definitions = {
	group: 'apiextensions.k8s.io',
	plural: 'customresourcedefinitions',
	namespace: '',
	name: 'volumes.longhorn.io',
};

test('reads the kinds it was opened with, and tells of the first change at once', async () => {
	open([nodes, configMaps]);
	let told = 0;
	cluster?.onChange(() => told++);
	await until(() => state(nodes) === 'live' && state(configMaps) === 'live');
	expect(names(nodes).toSorted()).toEqual(['n1', 'n2']);
	await until(() => told > 0);
	expect(() => cluster?.source(volumes)).toThrow('volumes is not among the systems');
});

test('tells once per frame, however much changes', async () => {
	open([configMaps], {frameMs: 20});
	await until(() => state(configMaps) === 'live');
	await new Promise(resolve => setTimeout(resolve, 250));
	const times: number[] = [];
	const began = performance.now();
	cluster?.onChange(() => times.push(performance.now() - began));
	while (performance.now() - began < 450) {
		embedded.stage.store.put(configMap(`c${Math.floor(performance.now() * 10)}`));
		await new Promise(resolve => setTimeout(resolve, 2));
	}
	const all = embedded.stage.store.list('', 'configmaps').length;
	await until(() => names(configMaps).length === all);
	expect(all).toBeGreaterThan(20);
	expect(times.length).toBeGreaterThan(1);
	for (const [at, time] of times.entries()) expect(time - (times[at - 1] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(18);
});

test('says nothing while nothing changes, and keeps the same readings', async () => {
	open([nodes]);
	await until(() => state(nodes) === 'live');
	await new Promise(resolve => setTimeout(resolve, 300));
	let told = 0;
	cluster?.onChange(() => told++);
	const before = cluster?.source(nodes).reading();
	await new Promise(resolve => setTimeout(resolve, 500));
	expect(told).toBe(0);
	expect(cluster?.source(nodes).reading()).toBe(before);
});

test('a definition that is added is found, read at its version, and gone when it is removed', async () => {
	open([nodes, volumes]);
	await until(() => state(volumes) === 'absent');
	embedded.stage.store.put(definition('v1beta1'));
	embedded.stage.store.put(volume('v1beta1'));
	await until(() => state(volumes) === 'live');
	expect([...(cluster?.source(volumes).reading().records.values() ?? [])]).toMatchObject([{name: 'pvc-1', version: 'v1beta1'}]);
	embedded.stage.store.remove(definitions);
	await until(() => state(volumes) === 'absent');
	expect(names(volumes)).toEqual([]);
	embedded.stage.store.put(definition('v1beta2'));
	embedded.stage.store.put(volume('v1beta2'));
	await until(() => state(volumes) === 'live' && names(volumes).length === 1);
});

test('a permission that is revoked and granted again', async () => {
	const read: Rule = {apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch']};
	const token = embedded.addUser('reader', [read]);
	open([nodes, configMaps], {token});
	await until(() => state(nodes) === 'live');
	embedded.addUser('reader', []);
	embedded.stage.server.dropConnections();
	await until(() => state(nodes) === 'denied');
	expect(names(nodes).length).toBe(2);
	embedded.addUser('reader', [read]);
	await until(() => state(nodes) === 'live' && state(configMaps) === 'live');
});

test('who may only list in one namespace is shown that', async () => {
	embedded.stage.store.put(configMap('mine', 'limited'));
	embedded.stage.store.put(configMap('theirs'));
	const token = embedded.addUser('limited', [
		{namespace: 'limited', apiGroups: [''], resources: ['configmaps'], verbs: ['list']},
	]);
	open([nodes, configMaps], {token, namespace: 'limited'});
	await until(() => state(nodes) === 'denied' && state(configMaps) === 'polled');
	expect(names(configMaps)).toEqual(['mine']);
	expect(cluster?.source(configMaps).reading().limitedTo).toEqual({
		namespace: 'limited',
		missing: 'list configmaps in all namespaces',
	});
	embedded.stage.store.put(configMap('new', 'limited'));
	await until(() => names(configMaps).length === 2);
});

test('a line that stays up and says something new has nothing asked again', async () => {
	const api = await startApi();
	const things = plain('things', '', 'things', {namespaced: true});
	api.obey(({what}) => (what === 'list' ? undefined : answer => answer.writeHead(403).end()));
	const transport = connect(api.target, {env: {}});
	const listeners = new Set<() => void>();
	const onLine = (listener: () => void) => {
		listeners.add(listener);
		return transport.onLine(listener);
	};
	cluster = openCluster({transport: {...transport, onLine}, namespace: '', systems: [system(things)]});
	await until(() => state(things) === 'polled');
	const asked = api.askings.length;
	for (const tell of listeners) tell();
	await delay(300);
	expect(api.askings.length).toBe(asked);
	cluster.close();
	await api.close();
});

test('a server that goes and comes: stale with all records, live again by itself', async () => {
	open([nodes, configMaps]);
	await until(() => state(nodes) === 'live' && state(configMaps) === 'live');
	embedded.stage.server.refuse = true;
	embedded.stage.server.dropConnections();
	await until(() => state(nodes) === 'stale' && state(configMaps) === 'stale');
	expect(names(nodes).length).toBe(2);
	embedded.stage.server.refuse = false;
	await until(() => state(nodes) === 'live' && state(configMaps) === 'live');
	embedded.stage.store.put(configMap('after'));
	await until(() => names(configMaps).includes('after'));
});

test('a server that has just started does not know yet all it serves: nothing is dropped meanwhile', async () => {
	const api = await startApi();
	const things = plain('things', 'example.org', 'things');
	let knows = true;
	let asked = 0;
	api.obey(({path}) => {
		if (path !== '/api' && path !== '/apis') return undefined;
		if (path === '/apis') asked++;
		const verbs = ['list', 'watch'];
		const resources = [{resource: 'things', responseKind: {kind: 'Thing'}, scope: 'Cluster', verbs}];
		const groups = knows && path === '/apis' ? [{metadata: {name: 'example.org'}, versions: [{version: 'v1', resources}]}] : [];
		return answer => answer.end(JSON.stringify({kind: 'APIGroupDiscoveryList', items: groups}));
	});
	api.put('a', 'red');
	const transport = connect(api.target, {env: {}, probeEvery: 200, retryWithin: 100});
	cluster = openCluster({transport, namespace: '', systems: [system(things)], timings: impatient});
	try {
		await until(() => state(things) === 'live');
		const states = new Set<string | undefined>();
		cluster.onChange(() => states.add(state(things)));
		[knows, asked] = [false, 0];
		api.cut('rst');
		await until(() => asked >= 2 && state(things) === 'live');
		knows = true;
		const before = asked;
		await until(() => asked > before);
		expect(names(things)).toEqual(['a']);
		expect([...states]).not.toContain('absent');
	} finally {
		cluster.close();
		await api.close();
	}
});

test('a server that fails, and whose history is gone when it is well again', async () => {
	open([nodes, configMaps]);
	await until(() => state(configMaps) === 'live');
	embedded.stage.server.failing = true;
	embedded.stage.server.dropConnections();
	await until(() => state(configMaps) === 'stale');
	embedded.stage.store.put(configMap('meanwhile'));
	embedded.compact();
	embedded.stage.server.failing = false;
	await until(() => state(configMaps) === 'live' && names(configMaps).includes('meanwhile'));
});

test('a server that asks us to move elsewhere is left without a gap', async () => {
	open([nodes, configMaps]);
	await until(() => state(nodes) === 'live' && state(configMaps) === 'live');
	const states = new Set<string | undefined>();
	cluster?.onChange(() => states.add(state(configMaps)));
	embedded.stage.server.drainConnections();
	embedded.stage.store.put(configMap('after'));
	await until(() => names(configMaps).includes('after'));
	await until(() => states.size > 0);
	expect([...states]).toEqual(['live']);
});

test('tells the time by the clock of the server', async () => {
	const api = await startApi({speaks: 'plain'});
	const ahead = 3_600_000;
	api.obey(() => answer => {
		answer.writeHead(503, {date: new Date(Date.now() + ahead).toUTCString()}).end();
	});
	const transport = connect(api.target, {env: {}});
	const skewed = openCluster({transport, namespace: '', systems: [system(nodes)], timings: impatient});
	await until(() => Math.abs(skewed.now() - Date.now() - ahead) < 2000);
	skewed.close();
	await api.close();
});

test('who may not discover may still read', async () => {
	const api = await startApi({speaks: 'plain'});
	api.obey(({path}) => {
		if (path === '/apis' || path === '/api') return answer => void answer.writeHead(403).end('{}');
		if (!path.startsWith('/apis/longhorn.io/v1beta2/volumes')) return undefined;
		return answer => {
			answer.writeHead(200, {'content-type': 'application/json'});
			answer.write(`${JSON.stringify({type: 'ADDED', object: {metadata: {name: 'pvc-1', namespace: 'default'}}})}\n`);
		};
	});
	const transport = connect(api.target, {env: {}});
	const blind = openCluster({transport, namespace: '', systems: [system(volumes)], timings: impatient});
	await until(() => blind.source(volumes).reading().records.size === 1);
	blind.close();
	await api.close();
});

test('a kind whose group does not answer is loading, and says why', async () => {
	const api = await startApi({speaks: 'plain'});
	api.obey(({path}) => {
		if (path.startsWith('/apis/longhorn.io')) return answer => void answer.writeHead(503).end('{"message":"no backend"}');
		if (path !== '/apis') return undefined;
		const versions = [{version: 'v1beta2', freshness: 'Stale', resources: []}];
		const found = {kind: 'APIGroupDiscoveryList', items: [{metadata: {name: 'longhorn.io'}, versions}]};
		return answer => void answer.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify(found));
	});
	const transport = connect(api.target, {env: {}});
	const half = openCluster({transport, namespace: '', systems: [system(volumes)], timings: impatient});
	await until(() => 'waitingFor' in half.source(volumes).reading().state);
	expect(name(half.source(volumes).reading().state as never)).toBe('');
	half.close();
	await api.close();
});
