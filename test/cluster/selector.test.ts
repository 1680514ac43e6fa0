import {expect, test} from 'vitest';
import type {Raw} from '../../source/cluster/raw.ts';
import {selectorOf, selectorQuery} from '../../source/cluster/selector.ts';

test('a selector is asked for in the words of a query', () => {
	const selector = selectorOf({
		matchLabels: {app: 'web'},
		matchExpressions: [
			{key: 'tier', operator: 'In', values: ['a', 'b']},
			{key: 'track', operator: 'NotIn', values: ['canary']},
			{key: 'owner', operator: 'Exists'},
			{key: 'old', operator: 'DoesNotExist'},
		],
	} as unknown as Raw);
	expect(selector && selectorQuery(selector)).toBe('app=web,tier in (a,b),track notin (canary),owner,!old');
});

test('one that selects everything asks for nothing', () => {
	const selector = selectorOf({});
	expect(selector && selectorQuery(selector)).toBe('');
});
