import {array, assert, constantFrom, property} from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createClock} from '../../source/demo/clock.ts';
import type {KubeObject} from '../../source/demo/model.ts';
import {builtin} from '../../source/demo/server/builtin.ts';
import {list} from '../../source/demo/server/list.ts';
import {parseListQuery} from '../../source/demo/server/query.ts';
import {createStore, type Shelf, type VersionedStore} from '../../source/demo/store.ts';

function open(): {store: VersionedStore; shelf: Shelf} {
	const store = createStore(createClock(1));
	for (const resource of builtin) store.define(resource);
	return {store, shelf: store.shelf('', 'configmaps') as Shelf};
}

function configMap(name: string, value = '', namespace = 'default'): KubeObject {
	return {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace}, data: {value}};
}

const where = (name: string) => ({group: '', plural: 'configmaps', namespace: 'default', name});

describe('the store', () => {
	test('stamps what is put, and keeps who it is when it is put again', () => {
		const {store} = open();
		const first = store.put(configMap('a', '1'));
		const second = store.put(configMap('a', '2'));
		expect(first.metadata.uid).toMatch(/^[\da-f]{8}-/);
		expect(second.metadata).toMatchObject({uid: first.metadata.uid, creationTimestamp: first.metadata.creationTimestamp});
		expect(Number(second.metadata.resourceVersion)).toBe(Number(first.metadata.resourceVersion) + 1);
	});

	test('the same seed gives the same uids', () => {
		const uid = () => open().store.put(configMap('a')).metadata.uid;
		expect(uid()).toBe(uid());
	});

	test('a change is made on a copy', () => {
		const {store} = open();
		const before = store.put(configMap('a', '1'));
		store.change(where('a'), draft => {
			draft.data = {value: '2'};
		});
		expect(before.data).toEqual({value: '1'});
		expect(store.get(where('a'))?.data).toEqual({value: '2'});
		expect(store.change(where('none'), () => {})).toBeUndefined();
	});

	test('refuses what is not served', () => {
		expect(() => open().store.put({apiVersion: 'a/v1', kind: 'B', metadata: {name: 'c'}})).toThrow('not served');
	});

	test('what is no longer served is deleted and its followers are told', () => {
		const {store, shelf} = open();
		store.put(configMap('a'));
		const told: string[] = [];
		shelf.follow({change: ({type, object}) => told.push(`${type} ${object.metadata.name}`), end: () => told.push('end')});
		store.undefine('', 'configmaps');
		expect(told).toEqual(['DELETED a', 'end']);
		expect(store.shelf('', 'configmaps')).toBeUndefined();
	});

	test('forgets old changes by itself, and all of them when compacted', () => {
		const {store, shelf} = open();
		const start = store.version();
		for (let index = 0; index < 5_000; index += 1) store.put(configMap('a', `${index}`));
		expect(shelf.since(start)).toBeUndefined();
		expect(shelf.since(store.version() - 1_000)).toHaveLength(1_000);
		store.compact();
		expect(shelf.since(store.version() - 1)).toBeUndefined();
		expect(shelf.since(store.version())).toEqual([]);
	});
});

describe('lists', () => {
	const names = (shelf: Shelf, store: VersionedStore, query: string) => {
		const {items, meta} = list(store, shelf, 'default', parseListQuery(new URLSearchParams(query), shelf.resource));
		return {names: items.map(item => `${item.metadata.name}=${(item.data as {value: string}).value}`), meta};
	};

	test('a namespace whose name begins another is not mixed up with it', () => {
		const {store, shelf} = open();
		for (const namespace of ['default', 'default-2', 'defau']) store.put(configMap('a', namespace, namespace));
		expect(names(shelf, store, '').names).toEqual(['a=default']);
	});

	test('any list at an old version is what it was then, whole and in chunks', () => {
		const name = constantFrom('a', 'b', 'c', 'd', 'e');
		const remembers = property(array(name, {maxLength: 30}), array(name, {maxLength: 30}), (first, then) => {
			const {store, shelf} = open();
			const act = (each: string, index: number) => {
				if (store.get(where(each)) && index % 3 === 0) store.remove(where(each));
				else store.put(configMap(each, `${index}`));
			};
			for (const [index, each] of first.entries()) act(each, index);
			const before = names(shelf, store, '');
			const version = before.meta.resourceVersion;
			const page = names(shelf, store, 'limit=2');
			for (const [index, each] of then.entries()) act(each, index + 100);
			expect(names(shelf, store, `resourceVersion=${version}&resourceVersionMatch=Exact`).names).toEqual(before.names);
			const chunks = [...page.names];
			for (let token = page.meta.continue; token !== undefined; ) {
				const next = names(shelf, store, `limit=2&continue=${token}`);
				chunks.push(...next.names);
				token = next.meta.continue;
			}
			expect(chunks).toEqual(before.names);
		});
		assert(remembers);
	});
});
