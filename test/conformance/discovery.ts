import {expect, test} from 'vitest';
import {items, type Raw} from '../../source/cluster/raw.ts';
import {read, type Subject, textOf} from './subject.ts';

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
/** What kubectl sends. */
const aggregatedOrPlain = `${aggregated},application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json`;

export function discovery(subject: () => Subject): void {
	test('/version tells the release', async () => {
		const version = await read(subject().admin, '/version');
		expect(version.gitVersion).toMatch(/^v1\.\d+\.\d+/);
		expect(version.major).toBe('1');
		expect(version.minor).toMatch(/^\d+/);
		expect(version.platform).toMatch(/\//);
	});

	test.each(['/readyz', '/livez', '/healthz'])('%s answers ok as plain text', async path => {
		const reply = await subject().admin.ask(path);
		expect(reply.status).toBe(200);
		expect(reply.headers['content-type']).toMatch(/^text\/plain/);
		expect(reply.text()).toBe('ok');
	});

	test('the root lists what is served', async () => {
		const {paths} = await read(subject().admin, '/');
		expect(paths).toEqual(expect.arrayContaining(['/api', '/api/v1', '/apis', '/apis/apps', '/apis/apps/v1', '/version']));
	});

	test.each([aggregated, aggregatedOrPlain])(
		'all groups with their resources come in one answer when asked by %s',
		async accept => {
			const reply = await subject().admin.ask('/apis', {accept});
			expect(reply.status).toBe(200);
			expect(reply.headers['content-type']).toBe(aggregated);
			const groups = reply.json();
			expect(groups).toMatchObject({kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2'});
			const apps = items(groups.items).find(group => textOf(group.metadata?.name) === 'apps');
			const [version] = items(apps?.versions);
			expect(version).toMatchObject({version: 'v1', freshness: 'Current'});
			const deployments = items(version?.resources).find(each => textOf(each.resource) === 'deployments');
			expect(deployments).toMatchObject({
				resource: 'deployments',
				// Its group and version are empty on 1.36, and filled in on older servers: take the resource's own.
				responseKind: {group: expect.stringMatching(/^(apps)?$/), version: expect.stringMatching(/^(v1)?$/), kind: 'Deployment'},
				scope: 'Namespaced',
				singularResource: 'deployment',
				verbs: expect.arrayContaining(['get', 'list', 'watch', 'patch']),
				shortNames: ['deploy'],
			});
			expect(items(deployments?.subresources).map(each => textOf(each.subresource))).toContain('scale');
		},
	);

	test('the core group comes in one answer from /api', async () => {
		const core = await read(subject().admin, '/api', aggregated);
		expect(core.kind).toBe('APIGroupDiscoveryList');
		const [group] = items(core.items);
		// The core group has no name: its metadata is there and empty of one.
		expect(group?.metadata?.name).toBeUndefined();
		const [version] = items(group?.versions);
		const resources = items(version?.resources);
		expect(version?.version).toBe('v1');
		expect(find(resources, 'nodes')).toMatchObject({scope: 'Cluster', responseKind: {kind: 'Node'}, shortNames: ['no']});
		const eviction = items(find(resources, 'pods')?.subresources).find(each => textOf(each.subresource) === 'eviction');
		expect(eviction).toMatchObject({verbs: ['create'], responseKind: {group: 'policy', version: 'v1', kind: 'Eviction'}});
	});

	test('one-answer discovery has an ETag and is not sent twice', async () => {
		const {admin} = subject();
		const first = await admin.ask('/apis', {accept: aggregated});
		const etag = first.headers.etag ?? '';
		expect(etag).not.toBe('');
		const second = await admin.ask('/apis', {accept: aggregated, headers: {'if-none-match': etag}});
		expect(second.status).toBe(304);
		expect(second.body.length).toBe(0);
	});

	test('groups come step by step when asked plainly', async () => {
		const {admin} = subject();
		expect(await read(admin, '/api')).toMatchObject({kind: 'APIVersions', versions: ['v1']});
		const groups = await read(admin, '/apis');
		expect(groups).toMatchObject({kind: 'APIGroupList', apiVersion: 'v1'});
		const names = items(groups.groups).map(group => textOf(group.name));
		expect(names).toEqual(
			expect.arrayContaining(['apps', 'policy', 'coordination.k8s.io', 'storage.k8s.io', 'authorization.k8s.io']),
		);
		expect(await read(admin, '/apis/apps')).toMatchObject({
			kind: 'APIGroup',
			name: 'apps',
			preferredVersion: {groupVersion: 'apps/v1', version: 'v1'},
		});
	});

	test('the resources of one group version', async () => {
		const {admin} = subject();
		const core = await read(admin, '/api/v1');
		expect(core).toMatchObject({kind: 'APIResourceList', groupVersion: 'v1'});
		const resources = items(core.resources);
		expect(find(resources, 'pods', 'name')).toMatchObject({
			kind: 'Pod',
			namespaced: true,
			singularName: 'pod',
			shortNames: ['po'],
		});
		expect(find(resources, 'nodes', 'name')).toMatchObject({kind: 'Node', namespaced: false});
		expect(find(resources, 'pods/eviction', 'name')).toMatchObject({
			group: 'policy',
			version: 'v1',
			kind: 'Eviction',
			verbs: ['create'],
		});
		const leases = find(items((await read(admin, '/apis/coordination.k8s.io/v1')).resources), 'leases', 'name');
		expect(leases?.verbs).toEqual(expect.arrayContaining(['get', 'list', 'watch']));
	});

	test.each(['/apis/nothing.example/v1', '/apis/nothing.example', '/nothing'])(
		'%s is 404 in plain text, not a Status',
		async path => {
			const reply = await subject().admin.ask(path);
			expect(reply.status).toBe(404);
			expect(reply.text()).toBe('404 page not found\n');
		},
	);

	test('an unknown resource of a known group is 404', async () => {
		const reply = await subject().admin.ask('/api/v1/nothings');
		expect(reply.status).toBe(404);
		expect(reply.json()).toMatchObject({
			kind: 'Status',
			reason: 'NotFound',
			message: 'the server could not find the requested resource',
			code: 404,
		});
	});
}

function find(resources: readonly Raw[], name: string, key: 'resource' | 'name' = 'resource'): Raw | undefined {
	return resources.find(each => textOf(each[key]) === name);
}
