import fc from 'fast-check';
import {expect, test} from 'vitest';
import {writtenOf} from '../../source/cluster/managed-fields.ts';
import type {Raw} from '../../source/cluster/raw.ts';
import {damaged, expectSafe, poisoned} from '../_helpers/hostile.ts';

const object = {
	metadata: {
		managedFields: [
			{
				manager: 'k3s',
				operation: 'Update',
				time: '2026-11-20T01:00:00Z',
				fieldsV1: {'f:metadata': {'f:labels': {'.': {}, 'f:role': {}}}, 'f:spec': {'f:podCIDR': {}}},
			},
			{
				manager: 'kubectl-edit',
				operation: 'Update',
				time: '2026-11-21T02:02:00Z',
				fieldsV1: {'f:spec': {'f:template': {}, 'f:replicas': {}}},
			},
			{manager: 'kubelet', operation: 'Update', subresource: 'status', fieldsV1: {'f:status': {'f:conditions': {}}}},
		],
	},
};

test('tells who wrote what, the last first', () => {
	expect(writtenOf(object as unknown as Raw)).toEqual([
		{by: 'kubectl-edit', at: Date.UTC(2026, 10, 21, 2, 2), how: 'Update', parts: ['spec.template', 'spec.replicas']},
		{by: 'k3s', at: Date.UTC(2026, 10, 20, 1), how: 'Update', parts: ['metadata.labels', 'spec.podCIDR']},
		{by: 'kubelet', at: 0, how: 'Update of status', parts: ['status']},
	]);
	expect(writtenOf({} as Raw)).toEqual([]);
});

test('survives whatever comes, and says nothing that is not safe to print', () => {
	expectSafe(writtenOf(poisoned(object) as unknown as Raw));
	fc.assert(fc.property(damaged(object), broken => expectSafe(writtenOf(broken as Raw))));
});
