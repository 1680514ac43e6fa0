import {readFile, stat} from 'node:fs/promises';
import {connect as connectHttp2} from 'node:http2';
import {dirname} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {afterEach, describe, expect, test} from 'vitest';
import {items, name} from '../../source/cluster/raw.ts';
import type {KubeObject, ResourceType, Scenario} from '../../source/demo/model.ts';
import {aggregatedApi} from '../../source/demo/objects/api-service.ts';
import {apiServices} from '../../source/demo/players/api-services.ts';
import {eventually, read} from '../conformance/subject.ts';
import {watchJson} from '../conformance/watch.ts';
import {clientOf, type Running, running, runningPod} from './running.ts';

let started: Running | undefined;

afterEach(() => started?.stop());

const start = async (...given: Parameters<typeof running>) => {
	started = await running(...given);
	return started;
};

const readyPod = (name: string) => {
	const pod = runningPod(name);
	return {...pod, status: {phase: 'Running', containerStatuses: [{name: 'main', state: {running: {}}}]}};
};

describe('time', () => {
	const scenario: Scenario = {
		id: 'test',
		title: 'test',
		description: '',
		worlds: ['tiny'],
		steps: [
			{at: 5, what: 'happens later', act: ({store}) => void store.put(note('later'))},
			{
				at: -60,
				what: 'happened a minute ago',
				act: ({store, clock}, at) => void store.put(note('recent', `${clock.now() - at}`)),
			},
			{at: -3600, what: 'happened an hour ago', act: ({store}) => void store.put(note('old'))},
		],
	};
	const note = (name: string, value = ''): KubeObject => ({
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {name, namespace: 'default'},
		data: {value},
	});
	const path = '/api/v1/namespaces/default/configmaps';

	test('what happened before the start has happened, in its order and at its time', async () => {
		const {admin} = await start([], {scenario});
		const [old, recent] = items((await read(admin, path)).items);
		const age = (object: typeof old) =>
			(Date.now() - Date.parse(String(object?.metadata?.creationTimestamp as unknown as string))) / 1000;
		expect(age(old)).toBeGreaterThan(3590);
		expect(age(recent)).toBeGreaterThan(55);
		expect(age(recent)).toBeLessThan(300);
		expect(recent?.data?.value).toBe('0');
		expect(Number(old?.metadata?.resourceVersion)).toBeLessThan(Number(recent?.metadata?.resourceVersion));
	});

	test('what is to come comes, the faster the higher the speed, and the date says so', async () => {
		const {admin} = await start([], {scenario, speed: 100});
		await eventually(async () => expect((await admin.ask(`${path}/later`)).status).toBe(200));
		const {headers} = await admin.ask('/version');
		expect(Date.parse(headers.date ?? '') - Date.now()).toBeGreaterThan(3_000);
	});
});

describe('users', () => {
	test('the kubeconfig is private, and gone when the cluster is', async () => {
		const {cluster} = await start();
		const path = await cluster.writeKubeconfig();
		expect((await stat(path)).mode & 0o777).toBe(0o600);
		expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
		expect(await readFile(path, 'utf8')).toContain(cluster.server);
		await cluster.close();
		await expect(stat(path)).rejects.toThrow('ENOENT');
	});

	test('rules can be taken and given again', async () => {
		const {cluster} = await start();
		const nodes = [{apiGroups: [''], resources: ['nodes'], verbs: ['list']}];
		const token = cluster.addUser('somebody', nodes);
		const client = clientOf(cluster, token);
		const list = async () => (await client.ask('/api/v1/nodes')).status;
		expect(await list()).toBe(200);
		expect(cluster.addUser('somebody', [])).toBe(token);
		expect(await list()).toBe(403);
		cluster.addUser('somebody', nodes);
		expect(await list()).toBe(200);
		client.close();
	});
});

describe('what stands behind the server', () => {
	test('proxies answer for pods, nodes and services, whatever port is named', async () => {
		const {cluster, admin} = await start([readyPod('exporter')]);
		const asked: string[] = [];
		const answer = (path: string) => {
			asked.push(path);
			return {status: 200, type: 'text/plain', body: `for ${path}`};
		};
		cluster.stage.proxies.set('pods/default/exporter', answer);
		cluster.stage.proxies.set('nodes/n1', answer);
		const pod = '/api/v1/namespaces/default/pods';
		expect((await admin.ask(`${pod}/exporter:9400/proxy/metrics?a=b`)).text()).toBe('for /metrics?a=b');
		expect((await admin.ask(`${pod}/http:exporter:9400/proxy/`)).text()).toBe('for /');
		expect((await admin.ask('/api/v1/nodes/n1/proxy/stats/summary')).text()).toBe('for /stats/summary');
		expect((await admin.ask('/api/v1/nodes/n2/proxy/stats/summary')).status).toBe(503);
		expect((await admin.ask(`${pod}/none/proxy/`)).status).toBe(404);
		expect(asked).toEqual(['/metrics?a=b', '/', '/stats/summary']);
	});

	test('a proxy may hang', async () => {
		const {cluster, admin} = await start([readyPod('exporter')]);
		cluster.stage.proxies.set('pods/default/exporter', () => 'hang');
		const asking = admin.ask('/api/v1/namespaces/default/pods/exporter/proxy/').then(
			() => 'answered',
			() => 'broken off',
		);
		expect(await Promise.race([asking, pause(300, 'waiting')])).toBe('waiting');
		cluster.stage.server.dropConnections();
		expect(await asking).not.toBe('waiting');
	});

	test('logs: their end, the container before, and why there are none', async () => {
		const {cluster, admin} = await start([
			readyPod('talker'),
			{...runningPod('starter'), status: {containerStatuses: [{name: 'main', state: {waiting: {reason: 'ImagePullBackOff'}}}]}},
		]);
		cluster.stage.logs.set('default/talker/main', ['a', 'b', 'c']);
		const logs = (pod: string, query = '') => admin.ask(`/api/v1/namespaces/default/pods/${pod}/log${query}`);
		expect((await logs('talker', '?tailLines=2')).text()).toBe('b\nc\n');
		expect((await logs('talker', '?container=other')).json().message).toBe('container other is not valid for pod talker');
		expect((await logs('talker', '?previous=true')).json().message).toBe(
			'previous terminated container "main" in pod "talker" not found',
		);
		expect((await logs('starter')).json().message).toBe(
			'container "main" in pod "starter" is waiting to start: trying and failing to pull image',
		);
	});

	test('logs: young lines, stamped ones, few bytes; and no nonsense', async () => {
		const {cluster, admin} = await start([readyPod('talker'), {...runningPod('waiter'), spec: {containers: [{name: 'main'}]}}]);
		const at = (ago: number) => new Date(cluster.stage.clock.now() - ago * 1000).toISOString().replace(/\.\d+/, '');
		cluster.stage.logs.set('default/talker/main', [`${at(300)} old`, `${at(10)} new`]);
		const logs = (pod: string, query = '') => admin.ask(`/api/v1/namespaces/default/pods/${pod}/log${query}`);
		expect((await logs('talker', '?sinceSeconds=60')).text()).toMatch(/^\S+ new\n$/);
		expect((await logs('talker', '?tailLines=1&timestamps=true')).text()).toMatch(/^\S+\.000000000Z \S+ new\n$/);
		expect((await logs('talker', '?limitBytes=4')).text()).toHaveLength(4);
		expect((await logs('talker', '?tailLines=-1')).json()).toMatchObject({
			code: 422,
			message: 'PodLogOptions "talker" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0',
		});
		expect((await logs('talker', '?tailLines=few')).status).toBe(400);
		expect((await logs('waiter')).status).toBe(204);
	});

	test('logs that are followed end with their container', async () => {
		const {cluster, admin} = await start([readyPod('talker')]);
		cluster.stage.logs.set('default/talker/main', ['a', 'b']);
		const reading = admin.ask('/api/v1/namespaces/default/pods/talker/log?follow=true&tailLines=1');
		await pause(300);
		cluster.stage.logs.get('default/talker/main')?.push('c');
		cluster.stage.store.remove({group: '', plural: 'pods', namespace: 'default', name: 'talker'});
		expect((await reading).text()).toBe('b\nc\n');
	});

	test('an API that somebody else serves is unavailable while nobody does', async () => {
		const metrics: ResourceType = {
			group: 'metrics.k8s.io',
			versions: ['v1beta1'],
			plural: 'nodes',
			kind: 'NodeMetrics',
			namespaced: false,
			compute: () => [],
		};
		const aggregated = aggregatedApi('metrics.k8s.io', 'v1beta1', {namespace: 'kube-system', name: 'metrics-server'}, 0);
		const {cluster, admin} = await start([aggregated], {resources: [metrics]});
		const path = '/apis/metrics.k8s.io/v1beta1/nodes';
		expect((await admin.ask(path)).status).toBe(200);
		expect(await read(admin, '/apis/apiregistration.k8s.io/v1/apiservices/v1.apps')).toMatchObject({
			status: {conditions: [{type: 'Available', status: 'True', reason: 'Local'}]},
		});
		apiServices.act(cluster.stage, cluster.stage.clock.now());
		expect(await read(admin, '/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io')).toMatchObject({
			status: {conditions: [{type: 'Available', status: 'False', reason: 'MissingEndpoints'}]},
		});
		expect(await admin.ask(path)).toMatchObject({status: 503});
		const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
		const {items: groups} = (await admin.ask('/apis', {headers: {accept}})).json();
		const stale = items(groups).flatMap(({metadata, versions}) =>
			items(versions).some(({freshness}) => name(freshness) === 'Stale') ? [name(metadata?.name)] : [],
		);
		expect(stale).toEqual(['metrics.k8s.io']);
	});

	test('computed resources are listed and read, not watched or written', async () => {
		const metrics: ResourceType = {
			group: 'metrics.k8s.io',
			versions: ['v1beta1'],
			plural: 'nodes',
			kind: 'NodeMetrics',
			namespaced: false,
			compute: () => [{apiVersion: 'metrics.k8s.io/v1beta1', kind: 'NodeMetrics', metadata: {name: 'n1'}, usage: {cpu: '1'}}],
		};
		const {admin} = await start([], {resources: [metrics]});
		const path = '/apis/metrics.k8s.io/v1beta1/nodes';
		expect(await read(admin, path)).toMatchObject({
			kind: 'NodeMetricsList',
			items: [{metadata: {name: 'n1'}, usage: {cpu: '1'}}],
		});
		expect(await read(admin, `${path}/n1`)).toMatchObject({kind: 'NodeMetrics', usage: {cpu: '1'}});
		expect((await admin.ask(`${path}?watch=1`)).status).toBe(405);
		expect((await admin.ask(path, {method: 'POST', json: {}})).status).toBe(405);
	});
});

describe('a server in trouble', () => {
	test('it fails, says so in its health, and recovers', async () => {
		const {cluster, admin} = await start();
		cluster.stage.server.failing = true;
		expect((await admin.ask('/readyz')).status).toBe(500);
		expect((await admin.ask('/readyz?verbose')).text()).toContain('[-]etcd failed: reason withheld');
		expect((await admin.ask('/livez?exclude=etcd&verbose')).text()).toContain('[+]etcd excluded: ok');
		expect((await admin.ask('/api/v1/nodes')).json()).toMatchObject({code: 500, message: 'etcdserver: request timed out'});
		expect((await admin.ask('/version')).status).toBe(200);
		cluster.stage.server.failing = false;
		expect((await admin.ask('/api/v1/nodes')).status).toBe(200);
	});

	test('it answers late', async () => {
		const {cluster, admin} = await start();
		cluster.stage.server.delayMs = 300;
		const before = performance.now();
		await admin.ask('/version');
		expect(performance.now() - before).toBeGreaterThan(290);
	});

	test('it refuses connections and drops those there are', async () => {
		const {cluster, admin} = await start();
		const watch = await watchJson(admin, '/api/v1/nodes?watch=1');
		cluster.stage.server.refuse = true;
		cluster.stage.server.dropConnections();
		// Over HTTP/2 Node takes a lost connection for a clean end.
		await watch.rest().catch(() => []);
		await expect(admin.ask('/version')).rejects.toThrow();
		cluster.stage.server.refuse = false;
		await eventually(async () => expect((await admin.ask('/version')).status).toBe(200));
	});

	test('it asks clients to move, and what is under way goes on', async () => {
		const {cluster} = await start();
		const session = connectHttp2(cluster.server, {ca: cluster.ca});
		const headers = {authorization: `Bearer ${cluster.token}`};
		const watch = session.request({':path': '/api/v1/nodes?watch=1&resourceVersion=0', ...headers});
		await new Promise(resolve => watch.once('data', resolve));
		const goAway = new Promise(resolve => session.once('goaway', resolve));
		cluster.stage.server.drainConnections();
		await goAway;
		const more = new Promise<Buffer>(resolve =>
			watch.on('data', (chunk: Buffer) => chunk.includes('MODIFIED') && resolve(chunk)),
		);
		cluster.stage.store.change({group: '', plural: 'nodes', namespace: '', name: 'n1'}, node => {
			node.spec = {unschedulable: true};
		});
		expect((await more).toString()).toContain('"unschedulable":true');
		session.destroy();
	});
});

test('many objects are pumped as fast as the client reads, and changes meanwhile come after them', async () => {
	const many = Array.from(
		{length: 3_000},
		(_, index): KubeObject => ({
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: {name: `c-${String(index).padStart(5, '0')}`, namespace: 'default'},
			data: {text: 'x'.repeat(2_000)},
		}),
	);
	const {cluster, admin} = await start(many);
	const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
	const watch = await watchJson(admin, `/api/v1/configmaps?${query}`);
	cluster.stage.store.remove({group: '', plural: 'configmaps', namespace: 'default', name: 'c-00000'});
	const seen = await watch.until(event => String(event.type as unknown as string) === 'DELETED');
	watch.close();
	expect(seen).toHaveLength(3_002);
	expect(seen.at(-2)?.type).toBe('BOOKMARK');
	expect(seen[0]?.object?.metadata?.name).toBe('c-00000');
});
