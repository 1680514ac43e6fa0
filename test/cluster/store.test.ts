import {describe, expect, test} from 'vitest';
import {createStore} from '../../source/cluster/store.ts';
import type {LineState} from '../../source/cluster/transport.ts';
import {own} from '../../source/vocabulary.ts';

const up: LineState = {is: 'up', heardAt: 1000, roundTrips: [], latency: 'unknown', skew: 0};

function fresh() {
	let line = up;
	let told = 0;
	const store = createStore<string>('things', {line: () => line, changed: () => told++});
	return {
		store,
		told: () => told,
		turn: (next: Partial<LineState>) => {
			line = {...up, ...next};
		},
	};
}

test('keeps records, and tells what each was before and after', () => {
	const {store} = fresh();
	const changes: unknown[] = [];
	const stop = store.onRecord((before, after) => changes.push([before, after]));
	store.put('a', 'red');
	store.put('a', 'green');
	store.remove('a');
	store.remove('a');
	stop();
	store.put('b', 'blue');
	expect(changes).toEqual([
		[undefined, 'red'],
		['red', 'green'],
		['green', undefined],
	]);
	expect([...store.reading().records]).toEqual([['b', 'blue']]);
});

test('gives the same reading until something changes', () => {
	const {store, told} = fresh();
	store.put('a', 'red');
	const first = store.reading();
	expect(store.reading()).toBe(first);
	store.say({state: {is: 'live'}});
	const second = store.reading();
	expect(second).not.toBe(first);
	expect(second.revision).toBeGreaterThan(first.revision);
	expect(store.reading()).toBe(second);
	expect(told()).toBe(2);
});

test('a listing lets records in at once, and drops what it did not name at its end', () => {
	const {store} = fresh();
	store.put('a', 'red');
	store.put('b', 'blue');
	const listing = store.list();
	listing.put('a', 'green');
	listing.put('c', 'white');
	expect(Object.fromEntries(store.reading().records)).toEqual({a: 'green', b: 'blue', c: 'white'});
	listing.end();
	expect(Object.fromEntries(store.reading().records)).toEqual({a: 'green', c: 'white'});
});

test('a listing that is given up drops nothing', () => {
	const {store} = fresh();
	store.put('a', 'red');
	store.list().put('b', 'blue');
	store.list().end();
	expect(store.reading().records.size).toBe(0);
});

test('says more of itself, and takes it back', () => {
	const {store} = fresh();
	const limitedTo = {namespace: own('mine'), missing: own('list things')};
	store.say({state: {is: 'live'}, limitedTo});
	expect(store.reading()).toMatchObject({state: {is: 'live'}, limitedTo});
	store.say({limitedTo: undefined});
	expect(store.reading()).toMatchObject({state: {is: 'live'}, limitedTo: undefined});
});

describe('while the line is not up', () => {
	test.each(['down', 'connecting'] as const)(
		'nothing is live (%s): stale since a byte was heard, by the clock of the server',
		is => {
			const {store, turn} = fresh();
			store.put('a', 'red');
			store.say({state: {is: 'live'}});
			turn({is, why: own('the line is cut'), heardAt: 5000, skew: 100});
			const reading = store.reading();
			expect(reading.state).toEqual({is: 'stale', since: 5100, why: 'the line is cut'});
			expect(reading.records.size).toBe(1);
			expect(store.reading()).toBe(reading);
			turn({is: 'up'});
			expect(store.reading().state).toEqual({is: 'live'});
		},
	);

	test('loading says what it waits for; what was polled is as old as its last answer; what was denied or absent stays so', () => {
		const {store, turn} = fresh();
		const why = own('waiting for kubelogin, 3 s');
		turn({is: 'connecting', why});
		expect(store.reading().state).toEqual({is: 'loading', waitingFor: why});
		store.say({state: {is: 'polled', asOf: 5, every: 30}});
		expect(store.reading().state).toEqual({is: 'stale', since: 5, why});
		for (const state of [{is: 'denied', verb: own('list'), resource: own('nodes')}, {is: 'absent'}] as const) {
			store.say({state});
			expect(store.reading().state).toEqual(state);
		}
	});
});
