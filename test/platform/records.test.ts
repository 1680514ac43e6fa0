import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {apiServiceKind} from '../../source/platform/api-service.ts';
import {mutatingKind, validatingKind} from '../../source/platform/webhook.ts';
import {endpointsKind} from '../../source/workloads/endpoints.ts';
import {damaged, project} from '../_helpers/hostile.ts';
import {ago, api, hook, minutes, now, slice} from './objects.ts';

describe('a slice of endpoints', () => {
	test('tells who is ready where, and who is not', () => {
		const endpoints = [{node: 'nuc-1'}, {node: 'nuc-1'}, {node: 'nuc-2', ready: false, pod: 'web-1'}];
		expect(project(endpointsKind, slice('apps/web', endpoints, 3 * minutes))).toMatchObject({
			service: 'web',
			ready: 2,
			total: 3,
			nodes: ['nuc-1'],
			unready: [{pod: 'web-1', node: 'nuc-2'}],
			changedAt: now - 3 * minutes,
		});
	});

	test('an endpoint of which nobody says whether it is ready is; one that belongs to no service has none', () => {
		const bare = {metadata: {namespace: 'a', name: 'b'}, endpoints: [{addresses: ['10.0.0.1']}]};
		expect(project(endpointsKind, bare)).toMatchObject({service: '', ready: 1, total: 1, nodes: [], unready: [], changedAt: 0});
		expect(project(endpointsKind, {metadata: {namespace: 'a', name: 'b'}, endpoints: null})).toMatchObject({ready: 0, total: 0});
	});
});

describe('a webhook configuration', () => {
	test('keeps whom it asks about what, and no certificate', () => {
		const record = project(validatingKind, hook('kyverno', 'kyverno/svc'));
		expect(record).toMatchObject({
			resource: 'validatingwebhookconfigurations',
			webhooks: [
				{
					name: 'svc.example.com',
					fails: true,
					service: {namespace: 'kyverno', name: 'svc'},
					resources: ['pods', 'pods.apps'],
				},
			],
		});
		expect(JSON.stringify(record)).not.toContain('LS0t');
	});

	test('fails unless it says otherwise; asks of everything by a star', () => {
		const webhooks = [
			{name: 'a', clientConfig: {url: 'https://x'}, rules: [{apiGroups: ['*'], resources: ['*/*']}]},
			{name: 'b', failurePolicy: 'Ignore', clientConfig: {service: {namespace: 'n', name: 's'}}},
		];
		expect(project(mutatingKind, {metadata: {name: 'all'}, webhooks})).toMatchObject({
			resource: 'mutatingwebhookconfigurations',
			webhooks: [
				{fails: true, service: undefined, resources: ['*/*']},
				{fails: false, resources: []},
			],
		});
	});
});

describe('an API service', () => {
	test('of the API server itself is left out', () => {
		expect(project(apiServiceKind, api('v1.apps'))).toBeUndefined();
	});

	test.each([
		['True', true],
		['False', false],
		['Unknown', undefined],
	])('available %s is %s', (status, available) => {
		expect(project(apiServiceKind, api('v1beta1.x', 'ns/svc', status, 'Why'))).toMatchObject({
			service: {namespace: 'ns', name: 'svc'},
			available,
			reason: 'Why',
			since: Date.parse(ago(5 * minutes)),
		});
	});
});

test.each<[string, object, (object: object) => unknown]>([
	['slices', slice('apps/web', [{}, {ready: false}], minutes), object => project(endpointsKind, object)],
	['webhooks', hook('kyverno', 'kyverno/svc'), object => project(validatingKind, object)],
	['API services', api('v1beta1.x', 'ns/svc'), object => project(apiServiceKind, object)],
])('%s of any shape are read or left out, never stumbled over', (_, object, read) => {
	fc.assert(
		fc.property(damaged(object), broken => {
			expect(() => read(broken)).not.toThrow();
		}),
	);
});
