import {expect, test} from 'vitest';
import {items, type Raw} from '../../source/cluster/raw.ts';
import type {Client} from './client.ts';
import {create, read, type Subject, textOf} from './subject.ts';
import {watchJson} from './watch.ts';

const authorization = '/apis/authorization.k8s.io/v1';

export function access(subject: () => Subject): void {
	const limitedHome = () => `/api/v1/namespaces/${subject().target.limited.namespace}`;

	test.each(['/api/v1/nodes', '/apis', '/readyz'])('without credentials %s is 401', async path => {
		const reply = await subject().nobody.ask(path);
		expect(reply.status).toBe(401);
		expect(reply.json()).toMatchObject({
			kind: 'Status',
			status: 'Failure',
			message: 'Unauthorized',
			reason: 'Unauthorized',
			code: 401,
		});
	});

	test('a token that is none is 401', async () => {
		const reply = await subject().nobody.ask('/api/v1/nodes', {headers: {authorization: 'Bearer nonsense'}});
		expect(reply.status).toBe(401);
	});

	test('a limited user discovers what is served', async () => {
		const {limited} = subject();
		await read(limited, '/version');
		await read(limited, '/api/v1');
		expect(items((await read(limited, '/apis')).groups).length).toBeGreaterThan(0);
	});

	test('a limited user lists and watches what the Role allows', async () => {
		const {limited} = subject();
		const list = await read(limited, `${limitedHome()}/pods`);
		expect(list.kind).toBe('PodList');
		const watch = await watchJson(
			limited,
			`${limitedHome()}/pods?watch=1&timeoutSeconds=1&resourceVersion=${textOf(list.metadata?.resourceVersion)}`,
		);
		expect(watch.status).toBe(200);
		watch.close();
	});

	test.each([
		['list', 'nodes', '/api/v1/nodes'],
		['list', 'pods', '/api/v1/pods'],
		['watch', 'pods', '/api/v1/pods?watch=1'],
		['get', 'nodes', '/api/v1/nodes/any'],
	])('a limited user may not %s %s of the whole cluster: 403 names the permission', async (verb, resource, path) => {
		const reply = await subject().limited.ask(path);
		expect(reply.status).toBe(403);
		const status = reply.json();
		expect(status).toMatchObject({kind: 'Status', status: 'Failure', reason: 'Forbidden', code: 403, details: {kind: resource}});
		expect(status.message).toMatch(
			new RegExp(
				`^${resource}( "any")? is forbidden: User ".+" cannot ${verb} resource "${resource}" in API group "" at the cluster scope`,
			),
		);
	});

	test('where listing is allowed and watching is not, the watch is 403', async () => {
		const {limited, target} = subject();
		await read(limited, `${limitedHome()}/configmaps`);
		const reply = await limited.ask(`${limitedHome()}/configmaps?watch=1`);
		expect(reply.status).toBe(403);
		expect(reply.json().message).toMatch(
			new RegExp(`cannot watch resource "configmaps" in API group "" in the namespace "${target.limited.namespace}"`),
		);
	});

	test('the API group stands in the refusal', async () => {
		const reply = await subject().limited.ask('/apis/apps/v1/deployments');
		expect(reply.status).toBe(403);
		expect(reply.json()).toMatchObject({
			message: expect.stringContaining('cannot list resource "deployments" in API group "apps" at the cluster scope'),
			details: {group: 'apps', kind: 'deployments'},
		});
	});

	test('may I? is answered for one verb on one resource', async () => {
		const {admin, limited, target} = subject();
		const {namespace} = target.limited;
		const may = async (client: Client, resourceAttributes: object) => {
			const review = await create(client, `${authorization}/selfsubjectaccessreviews`, {
				apiVersion: 'authorization.k8s.io/v1',
				kind: 'SelfSubjectAccessReview',
				spec: {resourceAttributes},
			});
			expect(review.kind).toBe('SelfSubjectAccessReview');
			return review.status?.allowed;
		};
		expect(await may(limited, {namespace, verb: 'list', resource: 'pods'})).toBe(true);
		expect(await may(limited, {namespace, verb: 'watch', resource: 'configmaps'})).toBe(false);
		expect(await may(limited, {verb: 'list', resource: 'pods'})).toBe(false);
		expect(await may(admin, {verb: 'create', resource: 'pods', subresource: 'eviction', namespace})).toBe(true);
		expect(await may(admin, {verb: 'patch', resource: 'nodes'})).toBe(true);
	});

	test('what may I? is answered with rules for one namespace', async () => {
		const {limited, target} = subject();
		const rules = async (namespace: string) => {
			const review = await create(limited, `${authorization}/selfsubjectrulesreviews`, {
				apiVersion: 'authorization.k8s.io/v1',
				kind: 'SelfSubjectRulesReview',
				spec: {namespace},
			});
			return items(review.status?.resourceRules);
		};
		const ours = await rules(target.limited.namespace);
		expect(verbsFor(ours, 'pods')).toEqual(['get', 'list', 'watch']);
		expect(verbsFor(ours, 'configmaps')).toEqual(['get', 'list']);
		expect(verbsFor(await rules('default'), 'pods')).toEqual([]);
	});
}

function verbsFor(rules: readonly Raw[], resource: string): string[] {
	const fitting = rules.filter(rule => items(rule.resources).some(each => textOf(each) === resource));
	return fitting.flatMap(rule => items(rule.verbs).map(String)).toSorted();
}
