import {assert, dictionary, jsonValue, property, string} from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Refusal} from '../../../../source/demo/server/status.ts';
import {jsonPatch} from '../../../../source/demo/server/writes/json-patch.ts';
import {mergePatch} from '../../../../source/demo/server/writes/merge-patch.ts';
import {strategicPatch} from '../../../../source/demo/server/writes/strategic-patch.ts';

describe('merge patch', () => {
	test.each([
		[{a: 'b'}, {a: 'c'}, {a: 'c'}],
		[{a: 'b'}, {b: 'c'}, {a: 'b', b: 'c'}],
		[{a: 'b', b: 'c'}, {a: null}, {b: 'c'}],
		[{a: ['b']}, {a: 'c'}, {a: 'c'}],
		[{a: {b: 'c'}}, {a: {b: 'd', c: null}}, {a: {b: 'd'}}],
		[{a: [{b: 'c'}]}, {a: [1]}, {a: [1]}],
		[{}, {a: {bb: {ccc: null}}}, {a: {bb: {}}}],
	])('%j with %j is %j (RFC 7386)', (target, patch, result) => {
		expect(mergePatch(target, patch)).toEqual(result);
	});

	test('done twice it changes nothing more', () => {
		const object = dictionary(string(), jsonValue());
		const settles = property(object, object, (target, patch) => {
			const once = mergePatch(target, patch);
			expect(mergePatch(once, patch)).toEqual(once);
		});
		assert(settles);
	});
});

describe('strategic patch', () => {
	test('conditions are merged by their type, and keep their order', () => {
		const target = {
			status: {
				conditions: [
					{type: 'Ready', status: 'True', reason: 'A'},
					{type: 'DiskPressure', status: 'False'},
				],
			},
		};
		const patch = {
			status: {
				conditions: [
					{type: 'Ready', status: 'False'},
					{type: 'New', status: 'True'},
				],
			},
		};
		expect(strategicPatch(target, patch)).toEqual({
			status: {
				conditions: [
					{type: 'Ready', status: 'False', reason: 'A'},
					{type: 'DiskPressure', status: 'False'},
					{type: 'New', status: 'True'},
				],
			},
		});
	});

	test('taints are replaced as a whole, as the API has it', () => {
		const target = {spec: {taints: [{key: 'a', effect: 'NoSchedule'}]}};
		expect(strategicPatch(target, {spec: {taints: [{key: 'b', effect: 'NoExecute'}]}})).toEqual({
			spec: {taints: [{key: 'b', effect: 'NoExecute'}]},
		});
	});

	test('containers and their ports have keys; an element can be deleted', () => {
		const target = {
			containers: [
				{name: 'a', image: '1', ports: [{containerPort: 1}, {containerPort: 2}]},
				{name: 'b', image: '1'},
			],
		};
		const patch = {
			$setElementOrder: [],
			containers: [
				{name: 'a', ports: [{containerPort: 2, $patch: 'delete'}]},
				{name: 'b', $patch: 'delete'},
				{name: 'c', image: '2'},
			],
		};
		expect(strategicPatch(target, patch)).toEqual({
			containers: [
				{name: 'a', image: '1', ports: [{containerPort: 1}]},
				{name: 'c', image: '2'},
			],
		});
	});

	test('finalizers are added, and taken away by name', () => {
		const target = {metadata: {finalizers: ['a', 'b']}};
		expect(strategicPatch(target, {metadata: {finalizers: ['c', 'a']}})).toEqual({metadata: {finalizers: ['a', 'b', 'c']}});
		expect(strategicPatch(target, {metadata: {'$deleteFromPrimitiveList/finalizers': ['a']}})).toEqual({
			metadata: {finalizers: ['b']},
		});
	});

	test('$patch replaces a map, $retainKeys keeps only some of its keys', () => {
		expect(strategicPatch({a: {b: 1, c: 2}}, {a: {$patch: 'replace', d: 3}})).toEqual({a: {d: 3}});
		const strategy = {strategy: {type: 'Rolling', rolling: {max: 1}}};
		expect(strategicPatch(strategy, {strategy: {$retainKeys: ['type'], type: 'Recreate'}})).toEqual({
			strategy: {type: 'Recreate'},
		});
	});
});

describe('JSON patch', () => {
	test('lists grow, shrink and move', () => {
		const result = jsonPatch({list: ['a', 'b'], 'x/y': 1}, [
			{op: 'add', path: '/list/0', value: 'first'},
			{op: 'add', path: '/list/-', value: 'last'},
			{op: 'remove', path: '/list/1'},
			{op: 'move', from: '/x~1y', path: '/moved'},
			{op: 'copy', from: '/list/0', path: '/copied'},
			{op: 'test', path: '/list', value: ['first', 'b', 'last']},
		]);
		expect(result).toEqual({list: ['first', 'b', 'last'], moved: 1, copied: 'first'});
	});

	test.each([
		[{op: 'remove', path: '/none'}],
		[{op: 'replace', path: '/none', value: 1}],
		[{op: 'add', path: '/none/deeper', value: 1}],
		[{op: 'add', path: '/list/7', value: 1}],
		[{op: 'test', path: '/list', value: []}],
		[{op: 'move', from: '/none', path: '/other'}],
	])('%j cannot be applied, and the object stays as it was', operation => {
		const target = {list: [1]};
		expect(() => jsonPatch(target, [{op: 'add', path: '/list/-', value: 2}, operation])).toThrow(Refusal);
		expect(target).toEqual({list: [1]});
	});
});
