import {afterEach, beforeEach, expect, test} from 'vitest';
import {type Cluster, openCluster} from '../../source/cluster/cluster.ts';
import type {Kind} from '../../source/cluster/kind.ts';
import {connect} from '../../source/cluster/line/connect.ts';
import type {Scrape} from '../../source/cluster/scrape.ts';
import {startEmbedded} from '../../source/demo/embedded.ts';
import type {EmbeddedCluster, KubeObject, Rule} from '../../source/demo/model.ts';
import type {StoredRecord} from '../../source/vocabulary.ts';
import {tinyWorld} from '../demo/tiny-world.ts';
import {targetOf, until} from './server.ts';

const exporters: Kind<StoredRecord> = {
	id: 'exporters',
	group: '',
	versions: ['v1'],
	plural: 'pods',
	kind: 'Pod',
	namespaced: true,
	labelSelector: 'app=exporter',
	project: (_, identity) => identity,
};
type Figure = {readonly pod: string; readonly line: string};
const figures: Scrape<Figure> = {
	id: 'figures',
	every: 50,
	from: [exporters],
	targets: readings =>
		[...readings(exporters).records.values()].map(({namespace, name}) => ({
			key: name,
			path: `/api/v1/namespaces/${namespace}/pods/${name}:9400/proxy/metrics`,
		})),
	read: (body, {key}) => body.split('\n').map(line => ({pod: key, line})),
	key: ({pod, line}) => `${pod}/${line}`,
};

let embedded: EmbeddedCluster;
let cluster: Cluster;

beforeEach(async () => {
	embedded = await startEmbedded({world: tinyWorld});
});
afterEach(async () => {
	cluster.close();
	await embedded.close();
});

function open(token = embedded.token): void {
	const tls = {insecure: false, authority: {pem: embedded.ca}};
	const target = targetOf(new URL(embedded.server), undefined, {tls, user: {token, impersonate: {}}});
	const system = {id: 'test', title: 'Test', required: true, kinds: []};
	cluster = openCluster({transport: connect(target, {env: {}}), namespace: '', systems: [system], scrapes: [figures]});
}

const reading = () => cluster.source(figures).reading();
const lines = () => [...reading().records.keys()].toSorted();

function exporter(name: string, answer: (path: string) => {status: number; type: string; body: string} | 'hang'): void {
	const pod: KubeObject = {apiVersion: 'v1', kind: 'Pod', metadata: {name, namespace: 'default', labels: {app: 'exporter'}}};
	embedded.stage.store.put({...pod, spec: {containers: []}, status: {phase: 'Running'}});
	embedded.stage.proxies.set(`pods/default/${name}`, answer);
}

const says = (body: string) => () => ({status: 200, type: 'text/plain', body});

test('where there is nothing to scrape, it is absent, until there is', async () => {
	open();
	expect(reading().state.is).toBe('loading');
	await until(() => reading().state.is === 'absent');
	exporter('one', says('a\nb'));
	await until(() => reading().state.is === 'polled');
	expect(lines()).toEqual(['one/a', 'one/b']);
	expect(reading().parts?.get('one')).toMatchObject({is: 'polled', every: 50});
});

test('reads again and again; what a target no longer says goes, and so does what a target that is gone has said', async () => {
	exporter('one', says('a\nb'));
	exporter('two', says('c'));
	open();
	await until(() => lines().length === 3);
	exporter('one', says('b'));
	await until(() => lines().length === 2);
	expect(lines()).toEqual(['one/b', 'two/c']);
	embedded.stage.store.remove({group: '', plural: 'pods', namespace: 'default', name: 'two'});
	await until(() => lines().length === 1 && reading().parts?.size === 1);
	expect(lines()).toEqual(['one/b']);
});

test('a target that hangs or fails is stale with what it said, and does not hold up the others', async () => {
	exporter('slow', says('s'));
	exporter('fast', says('1'));
	open();
	await until(() => lines().length === 2);
	exporter('slow', () => 'hang');
	await until(() => reading().parts?.get('slow')?.is === 'stale');
	expect(reading().parts?.get('slow')).toMatchObject({why: 'no answer in 1.0 s'});
	exporter('fast', says('2'));
	await until(() => lines().includes('fast/2'));
	expect(lines()).toEqual(['fast/2', 'slow/s']);
	expect(reading().state.is).toBe('polled');
	exporter('fast', () => ({status: 500, type: 'text/plain', body: 'oh'}));
	await until(() => reading().state.is === 'stale');
	exporter('slow', says('s'));
	await until(() => reading().parts?.get('slow')?.is === 'polled');
});

test('who may not go through the proxy is told which permission is missing', async () => {
	exporter('one', says('a'));
	const rule: Rule = {apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch']};
	open(embedded.addUser('reader', [rule]));
	await until(() => reading().state.is === 'denied');
	expect(reading().state).toEqual({is: 'denied', verb: 'get', resource: 'pods/proxy'});
});

test('who may not see what there is to scrape is told that', async () => {
	open(embedded.addUser('nobody', []));
	await until(() => reading().state.is === 'denied');
	expect(reading().state).toMatchObject({verb: 'list', resource: 'pods'});
});
