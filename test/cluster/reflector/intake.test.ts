import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {createIntake} from '../../../source/cluster/reflector/intake.ts';
import {createStore} from '../../../source/cluster/store.ts';
import {type Thing, thingKind, thingObject} from '../api.ts';

const line = () => ({is: 'up', heardAt: 0, roundTrips: [], latency: 'unknown', skew: 0}) as const;

/** What a cluster of three names does: at each version one thing is put or removed. */
const deeds = fc.array(fc.record({thing: fc.constantFrom('a', 'b', 'c'), colour: fc.option(fc.constantFrom('red', 'green'))}), {
	maxLength: 12,
});

test('events that come twice or late lead to what the cluster is', () => {
	fc.assert(
		fc.property(deeds, fc.array(fc.nat()), (done, repeats) => {
			const store = createStore<Thing>('things', {line, changed: () => {}});
			const intake = createIntake({kind: thingKind, version: 'v1'}, store, '100');
			const truth = new Map<string, string>();
			const events = done.map(({thing, colour}, at) => {
				const type = colour === null ? 'DELETED' : truth.has(thing) ? 'MODIFIED' : 'ADDED';
				if (colour === null) truth.delete(thing);
				else truth.set(thing, colour);
				return {type, object: thingObject(thing, colour ?? 'last', 101 + at) as never};
			});
			for (const [at, event] of events.entries()) {
				intake.take(event);
				// An event from before comes again. (One that deletes an object that lives again has its own test.)
				const again = events[(repeats[at] ?? 0) % (at + 1)];
				if (again !== undefined && again.type !== 'DELETED') intake.take(again);
			}
			const colours = new Map([...store.reading().records.values()].map(thing => [thing.name as string, thing.colour]));
			expect(colours).toEqual(truth);
		}),
	);
});

test('a late deletion does not take an object that was created again under the same name', () => {
	const store = createStore<Thing>('things', {line, changed: () => {}});
	const intake = createIntake({kind: thingKind, version: 'v1'}, store, '100');
	const first = thingObject('a', 'red', 101);
	const second = {...thingObject('a', 'green', 103), metadata: {...first.metadata, uid: 'another', resourceVersion: '103'}};
	intake.take({type: 'ADDED', object: first as never});
	intake.take({type: 'ADDED', object: second as never});
	intake.take({type: 'DELETED', object: thingObject('a', 'red', 102) as never});
	expect(store.get('default/a')?.colour).toBe('green');
});

test('what changes and goes before the end of the initial events is not missed', () => {
	const store = createStore<Thing>('things', {line, changed: () => {}});
	const intake = createIntake({kind: thingKind, version: 'v1'}, store, undefined);
	const end = {kind: 'Thing', metadata: {resourceVersion: '104', annotations: {'k8s.io/initial-events-end': 'true'}}};
	intake.take({type: 'ADDED', object: thingObject('a', 'red', 101) as never});
	intake.take({type: 'ADDED', object: thingObject('b', 'red', 102) as never});
	intake.take({type: 'MODIFIED', object: thingObject('a', 'green', 103) as never});
	intake.take({type: 'DELETED', object: thingObject('b', 'red', 104) as never});
	intake.take({type: 'BOOKMARK', object: end as never});
	expect([...store.reading().records.values()].map(({name, colour}) => [name, colour])).toEqual([['a', 'green']]);
	expect(intake.version()).toBe('104');
});

test('versions that are no numbers are not compared', () => {
	const store = createStore<Thing>('things', {line, changed: () => {}});
	const intake = createIntake({kind: thingKind, version: 'v1'}, store, 'zz-9');
	const object = {...thingObject('a', 'red', 1), metadata: {name: 'a', namespace: 'default', uid: 'u', resourceVersion: 'aa-1'}};
	intake.take({type: 'ADDED', object: object as never});
	expect(store.get('default/a')?.colour).toBe('red');
	expect(intake.version()).toBe('aa-1');
});

test('events without an object, and of a type nobody knows, are survived', () => {
	const store = createStore<Thing>('things', {line, changed: () => {}});
	const intake = createIntake({kind: thingKind, version: 'v1'}, store, undefined);
	for (const type of ['ADDED', 'DELETED', 'BOOKMARK', 'SOMETHING', '']) intake.take({type, object: {}});
	expect(intake.version()).toBeUndefined();
	expect(() => intake.take({type: 'ERROR', object: {}})).toThrow('500');
});
