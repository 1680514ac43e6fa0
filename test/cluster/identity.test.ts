import {expect, test} from 'vitest';
import {identityOf} from '../../source/cluster/identity.ts';
import type {Raw} from '../../source/cluster/raw.ts';

const of = (metadata: unknown) => identityOf(metadata as Raw);

test('reads who an object is', () => {
	const metadata = {name: 'web-0', namespace: 'prod', uid: 'u-1', creationTimestamp: '2026-11-21T07:00:00Z'};
	const createdAt = Date.UTC(2026, 10, 21, 7);
	expect(of(metadata)).toEqual({name: 'web-0', namespace: 'prod', uid: 'u-1', createdAt, actionable: true});
});

test.each([
	['node-1', '', true],
	['pvc-1.backup', 'longhorn-system', true],
	['a', 'b', true],
	['', '', false],
	['../../nodes/n1', 'default', false],
	['..', 'default', false],
	['-rf', 'default', false],
	['a b', 'default', false],
	['a\u001b[2J', 'default', false],
	['Upper', 'default', false],
	['fine', 'not.a.label', false],
	['fine', '../kube-system', false],
	['x'.repeat(254), '', false],
	['fine', 'x'.repeat(64), false],
	['line\n', '', false],
])('name %j in namespace %j: actionable %j', (name, namespace, actionable) => {
	expect(of({name, namespace}).actionable).toBe(actionable);
});

test.each([undefined, null, 3, 'text', [], {name: {}, namespace: [], uid: 7}])(
	'%j has no identity, and nothing is done to it',
	metadata => {
		expect(of(metadata)).toEqual({name: '', namespace: '', uid: '', createdAt: 0, actionable: false});
	},
);
