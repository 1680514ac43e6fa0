import {afterEach, describe, expect, test} from 'vitest';
import {discover, servedVersion} from '../../source/cluster/discovery.ts';
import type {Kind} from '../../source/cluster/kind.ts';
import {connect} from '../../source/cluster/line/connect.ts';
import {Refusal} from '../../source/cluster/refusal.ts';
import type {Transport} from '../../source/cluster/transport.ts';
import type {StoredRecord} from '../../source/vocabulary.ts';
import {startServer} from './server.ts';

const open: Array<() => unknown> = [];
afterEach(async () => {
	for (const close of open.splice(0).reverse()) await close();
});

type Page = {readonly json: unknown; readonly type?: string; readonly etag?: string; readonly status?: number};

/** A line to a server with these pages; the pages may be changed while it runs. */
async function serve(pages: Record<string, Page>): Promise<{readonly line: Transport; readonly asked: readonly string[]}> {
	const {target, close, asked} = await startServer({
		handler: (request, answer) => {
			const {json, type = 'application/json', etag, status = 200} = pages[request.url ?? ''] ?? {json: {}, status: 404};
			if (etag !== undefined) answer.setHeader('etag', etag);
			if (etag !== undefined && request.headers['if-none-match'] === etag) answer.writeHead(304).end();
			else answer.writeHead(status, {'content-type': type}).end(JSON.stringify(json));
		},
	});
	const line = connect(target, {env: {}});
	open.push(close, line.close);
	return {line, asked};
}

function kind(group: string, plural: string, versions: readonly string[]): Kind<StoredRecord> {
	return {id: plural, group, versions, plural, kind: 'X', namespaced: true, project: (_, identity) => identity};
}

const served = (resource: string, name: string, scope: string, verbs: readonly string[] = ['get', 'list', 'watch']) => ({
	resource,
	responseKind: {group: '', version: '', kind: name},
	scope,
	verbs,
});
const group = (
	name: string | undefined,
	...versions: ReadonlyArray<readonly [version: string, freshness: string, ...resources: object[]]>
) => ({
	metadata: {name},
	versions: versions.map(([version, freshness, ...resources]) => ({version, freshness, resources})),
});
const list = (version: string, ...items: object[]) => ({
	kind: 'APIGroupDiscoveryList',
	apiVersion: `apidiscovery.k8s.io/${version}`,
	items,
});
const type = (version: string) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;

const core = group(undefined, ['v1', 'Current', served('nodes', 'Node', 'Cluster'), served('pods', 'Pod', 'Namespaced')]);
const cilium = group(
	'cilium.io',
	['v2', 'Current', served('ciliumnodes', 'CiliumNode', 'Cluster')],
	[
		'v2alpha1',
		'Current',
		served('ciliumbgpnodeconfigs', 'CiliumBGPNodeConfig', 'Cluster'),
		served('ciliumnodes', 'CiliumNode', 'Cluster'),
	],
);
const metrics = group('metrics.k8s.io', ['v1beta1', 'Stale']);

describe.each(['v2', 'v2beta1'])('aggregated (%s)', version => {
	const pages = () => ({
		'/api': {json: list(version, core), type: type(version), etag: '"a"'},
		'/apis': {json: list(version, cilium, metrics), type: type(version), etag: '"b"'},
	});

	test('two requests tell all', async () => {
		const {line, asked} = await serve(pages());
		const found = await discover(line);
		expect(asked.toSorted()).toEqual(['GET /api', 'GET /apis']);
		expect([...found.resources.keys()]).toEqual(['nodes', 'pods', 'ciliumnodes.cilium.io', 'ciliumbgpnodeconfigs.cilium.io']);
		expect(found.resources.get('ciliumnodes.cilium.io')).toEqual({
			group: 'cilium.io',
			versions: [
				{version: 'v2', kind: 'CiliumNode', namespaced: false, verbs: ['get', 'list', 'watch']},
				{version: 'v2alpha1', kind: 'CiliumNode', namespaced: false, verbs: ['get', 'list', 'watch']},
			],
		});
	});

	test('a kind is read at the best version of ours that is there; what failed is not absent', async () => {
		const {line} = await serve(pages());
		const found = await discover(line);
		expect(servedVersion(found, kind('', 'nodes', ['v1']))).toMatchObject({
			is: 'served',
			version: 'v1',
			kind: 'Node',
			namespaced: false,
		});
		expect(servedVersion(found, kind('cilium.io', 'ciliumbgpnodeconfigs', ['v2', 'v2alpha1']))).toMatchObject({
			is: 'served',
			version: 'v2alpha1',
		});
		expect(servedVersion(found, kind('cilium.io', 'ciliumnodes', ['v2alpha1', 'v2']))).toMatchObject({
			is: 'served',
			version: 'v2alpha1',
		});
		expect(servedVersion(found, kind('cilium.io', 'ciliumnodes', ['v3']))).toEqual({is: 'absent'});
		expect(servedVersion(found, kind('longhorn.io', 'nodes', ['v1beta2']))).toEqual({is: 'absent'});
		expect(servedVersion(found, kind('metrics.k8s.io', 'nodes', ['v1beta1']))).toEqual({is: 'failed'});
	});

	test('asking again gives the same where nothing changed, and the new where something did', async () => {
		const now: Record<string, Page> = pages();
		const {line} = await serve(now);
		const first = await discover(line);
		expect(await discover(line, first)).toBe(first);
		now['/apis'] = {
			json: list(version, group('longhorn.io', ['v1beta2', 'Current', served('nodes', 'Node', 'Namespaced')])),
			type: type(version),
			etag: '"c"',
		};
		const second = await discover(line, first);
		expect([...second.resources.keys()]).toEqual(['nodes', 'pods', 'nodes.longhorn.io']);
		expect(second.failed).toEqual(new Set());
		expect(await discover(line, second)).toBe(second);
	});
});

test('one by one where the server knows no aggregation', async () => {
	const resource = (name: string, namespaced: boolean) => ({name, namespaced, kind: 'K', verbs: ['list']});
	const {line, asked} = await serve({
		'/api': {json: {kind: 'APIVersions', versions: ['v1']}},
		'/apis': {
			json: {
				kind: 'APIGroupList',
				groups: [
					{name: 'apps', versions: [{groupVersion: 'apps/v1', version: 'v1'}]},
					{name: 'metrics.k8s.io', versions: [{version: 'v1beta1'}]},
				],
			},
		},
		'/api/v1': {json: {kind: 'APIResourceList', resources: [resource('pods', true), resource('pods/log', true)]}},
		'/apis/apps/v1': {json: {kind: 'APIResourceList', resources: [resource('deployments', true)]}},
		'/apis/metrics.k8s.io/v1beta1': {json: {kind: 'Status', message: 'unavailable'}, status: 503},
	});
	const found = await discover(line);
	expect(asked).toHaveLength(5);
	expect([...found.resources]).toEqual([
		['pods', {group: '', versions: [{version: 'v1', kind: 'K', namespaced: true, verbs: ['list']}]}],
		['deployments.apps', {group: 'apps', versions: [{version: 'v1', kind: 'K', namespaced: true, verbs: ['list']}]}],
	]);
	expect(servedVersion(found, kind('metrics.k8s.io', 'nodes', ['v1beta1']))).toEqual({is: 'failed'});
});

test('a refusal is a refusal, not an empty server', async () => {
	const {line} = await serve({'/api': {json: {kind: 'Status', message: 'no'}, status: 403}, '/apis': {json: list('v2')}});
	await expect(discover(line)).rejects.toBeInstanceOf(Refusal);
});

test('something that is no API server', async () => {
	const {target, close} = await startServer({handler: (_, answer) => answer.end('<html>')});
	const line = connect(target, {env: {}});
	open.push(close, line.close);
	await expect(discover(line)).rejects.toMatchObject({
		sentence: expect.stringMatching(
			/^127\.0\.0\.1:\d+ does not answer as an API server would: is something else listening there\?$/,
		),
	});
});
