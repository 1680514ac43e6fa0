import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {beginDrain} from '../../../../source/actions/drain/run/begin.ts';
import {drainMachine, isOver, leftovers, wakesAt} from '../../../../source/actions/drain/run/machine.ts';
import type {Answer, DrainEffect, DrainEvent, DrainState, SeenPod} from '../../../../source/actions/drain/run/state.ts';
import {isSettled} from '../../../../source/actions/drain/run/step.ts';
import {leftWords, waitingFor} from '../../../../source/actions/drain/run/told.ts';
import {type DrainOptions, usualDrain} from '../../../../source/actions/request.ts';
import {own, type RawName} from '../../../../source/vocabulary.ts';

const start = 1_000_000;
const pod = (name: string, deletingAt = 0): SeenPod => ({
	namespace: 'default' as RawName,
	name: name as RawName,
	uid: `uid of ${name}`,
	deletingAt,
	stays: false,
});
const begin = (pods: readonly SeenPod[], options: Partial<DrainOptions> = {}): DrainState =>
	beginDrain({node: 'n1' as RawName, uid: 'uid of n1', leave: pods, stay: ['uid of ds']}, {...usualDrain, ...options}, start);

type Untimed<E> = E extends unknown ? Omit<E, 'at'> : never;

/** Plays events one after the other, and returns where that leads and what was to be done in the last step. */
function play(from: DrainState, ...events: ReadonlyArray<Untimed<DrainEvent> & {readonly at?: number}>) {
	let state = from;
	let effects: readonly DrainEffect[] = [];
	for (const event of events) {
		const step = drainMachine(state, {at: state.now, ...event} as DrainEvent);
		state = step.state;
		effects = step.effects;
	}
	return {state, effects};
}
const answered = (name: string, answer: Answer) => ({is: 'answered', pod: pod(name), answer}) as const;
const evicted = (effects: readonly DrainEffect[]) =>
	effects.flatMap(each => (each.is === 'evict' ? [each.pod.name as string] : []));

test('all pods are asked for at once, each announced; they are gone when they are gone', () => {
	const first = play(begin([pod('a'), pod('b')]), {is: 'woke'});
	expect(first.effects).toMatchObject([
		{is: 'evict', pod: {name: 'a'}, announce: true},
		{is: 'evict', pod: {name: 'b'}, announce: true},
	]);
	const accepted = play(first.state, answered('a', {is: 'accepted'}), answered('b', {is: 'accepted'}));
	expect(isOver(accepted.state)).toBe(false);
	const last = play(accepted.state, {is: 'away', pod: pod('a')}, {is: 'away', pod: pod('b')});
	expect(last.effects).toMatchObject([{is: 'record', pod: {name: 'b'}, result: 'done'}]);
	expect(isOver(last.state)).toBe(true);
	expect(leftWords(last.state)).toBe('all 2 pods that had to go are gone');
});

test('no more than fifty at once', () => {
	const pods = Array.from({length: 60}, (_, at) => pod(`p${at}`));
	const first = play(begin(pods), {is: 'woke'});
	expect(evicted(first.effects)).toHaveLength(50);
	expect(evicted(play(first.state, answered('p0', {is: 'accepted'})).effects)).toEqual(['p50']);
});

test('what is being deleted already is waited for, and not asked for', () => {
	const {state, effects} = play(begin([pod('a', start + 30_000)]), {is: 'woke'});
	expect(effects).toEqual([]);
	expect(waitingFor(state)).toEqual(['1 pod terminating']);
});

describe('a budget that allows nothing', () => {
	const why = own('budget web allows none: it needs 2 healthy and has 2');
	const held = play(begin([pod('a')]), {is: 'woke'}, answered('a', {is: 'held', why, again: 5000}));

	test('is said at once, and noted once', () => {
		expect(held.effects).toMatchObject([{is: 'note', text: why}]);
		expect(waitingFor(held.state)).toEqual([`default/a: ${why}`]);
		const again = play(held.state, {is: 'woke', at: start + 5000}, answered('a', {is: 'held', why, again: 5000}));
		expect(again.effects).toEqual([]);
	});

	test('is tried again when the time has come, not before, without another announcement', () => {
		expect(wakesAt(held.state)).toBe(start + 5000);
		expect(play(held.state, {is: 'woke', at: start + 4999}).effects).toEqual([]);
		expect(play(held.state, {is: 'woke', at: start + 5000}).effects).toMatchObject([{is: 'evict', announce: false}]);
	});

	test('is still said while it is asked for once more', () => {
		const {state} = play(held.state, {is: 'woke', at: start + 5000});
		expect(state.pods.get('default/a')?.course.is).toBe('asked');
		expect(waitingFor(state)).toEqual([`default/a: ${why}`]);
	});

	test('is left when somebody says stop, with what stays as it is', () => {
		const stopped = play(held.state, {is: 'ending', ending: {is: 'stopped', text: own('stopped')}});
		expect(isOver(stopped.state)).toBe(true);
		expect(play(stopped.state, {is: 'woke', at: start + 60_000}).effects).toEqual([]);
		expect(leftWords(stopped.state)).toBe(`1 of 1 pod is left: default/a (${why})`);
		expect(leftovers(stopped.state)).toMatchObject([{is: 'record', result: 'stopped', text: `not evicted: ${why}`}]);
	});

	test('is not waited for any longer than the whole was given', () => {
		const state = play(begin([pod('a')], {timeout: 8000}), {is: 'woke'}, answered('a', {is: 'held', why, again: 5000})).state;
		const later = play(state, {is: 'woke', at: start + 5000}, answered('a', {is: 'held', why, again: 5000})).state;
		expect(wakesAt(later)).toBe(start + 8000);
		expect(play(later, {is: 'woke', at: start + 8000}).state.ending).toMatchObject({is: 'timed out'});
	});
});

describe('a request of which nobody knows what became', () => {
	const doubted = play(begin([pod('a')]), {is: 'woke'}, answered('a', {is: 'doubtful', why: own('cut off')}));

	test('is not repeated before the pod was read', () => {
		expect(doubted.effects).toMatchObject([{is: 'read', pod: {name: 'a'}}]);
		expect(evicted(play(doubted.state, {is: 'woke', at: start + 60_000}).effects)).toEqual([]);
	});

	test('came to something where the pod is being deleted', () => {
		const {state, effects} = play(doubted.state, {is: 'seen', pod: pod('a', start + 30_000)}, {is: 'woke', at: start + 60_000});
		expect(effects).toEqual([]);
		expect(state.pods.get('default/a')?.course.is).toBe('leaving');
	});

	test('came to an end where another pod has its name: that one is left alone', () => {
		const {state} = play(doubted.state, {is: 'seen', pod: {...pod('a'), uid: 'another'}}, {is: 'woke', at: start + 60_000});
		expect(isOver(state)).toBe(true);
		expect(state.lines.at(-1)).toBe('default/a: came to n1 meanwhile, and is not evicted');
	});

	test('came to nothing where it is as it was: it is asked for again after a while', () => {
		const read = play(doubted.state, {is: 'seen', pod: pod('a')});
		expect(evicted(read.effects)).toEqual([]);
		expect(evicted(play(read.state, {is: 'woke', at: start + 1000}).effects)).toEqual(['a']);
	});

	test('is given up where that goes on and on', () => {
		let state = doubted.state;
		for (let round = 1; round <= 10; round++) {
			state = play(state, {is: 'seen', pod: pod('a')}, {is: 'woke', at: start + round * 2000}).state;
			state = play(state, answered('a', {is: 'doubtful', why: own('500: no')})).state;
		}
		expect(state.pods.get('default/a')?.course).toEqual({is: 'failed', why: '500: no'});
	});
});

test('one that fails does not keep the others', () => {
	const {state} = play(
		begin([pod('a'), pod('b')]),
		{is: 'woke'},
		answered('a', {is: 'failed', why: own('two budgets')}),
		answered('b', {is: 'accepted'}),
		{is: 'away', pod: pod('b')},
	);
	expect(isOver(state)).toBe(true);
	expect(leftWords(state)).toBe('1 of 2 pods is left: default/a (two budgets)');
});

test('a permission that is gone ends it, with what is left', () => {
	const {state} = play(
		begin([pod('a'), pod('b')]),
		{is: 'woke'},
		answered('a', {is: 'not permitted', why: own('not permitted any more: create pods/eviction in namespace default')}),
	);
	expect(isOver(state)).toBe(false);
	const last = play(state, answered('b', {is: 'accepted'}));
	expect(isOver(last.state)).toBe(true);
	expect(last.effects).toEqual([]);
	expect(last.state.ending).toMatchObject({is: 'not permitted', text: expect.stringContaining('create pods/eviction')});
});

test('a pod that does not end is named once its grace is over, with how long ago', () => {
	const {state} = play(
		begin([pod('a')]),
		{is: 'woke'},
		{is: 'seen', pod: pod('a', start + 30_000)},
		answered('a', {is: 'accepted'}),
	);
	expect(wakesAt(state)).toBe(start + 35_000);
	const late = play(state, {is: 'woke', at: start + 210_000}).state;
	expect(waitingFor(late)).toEqual(['default/a: terminating, and should have been gone 3m ago']);
	expect(isOver(late)).toBe(false);
});

test('one that was deleted too long ago is not waited for where that was wished', () => {
	const {state} = play(begin([pod('a', start)], {skipWaitForDeleteTimeout: 10_000}), {is: 'woke'});
	expect(isOver(state)).toBe(false);
	expect(isOver(play(state, {is: 'woke', at: start + 10_000}).state)).toBe(true);
});

test('a silent node is told, and so is one that is gone; the drain goes on', () => {
	const silent = play(begin([pod('a')]), {is: 'woke'}, answered('a', {is: 'accepted'}), {
		is: 'node',
		health: 'silent',
		cordoned: true,
	});
	expect(silent.effects).toMatchObject([{is: 'note', text: 'n1: its kubelet is silent: pods on it do not end'}]);
	expect(waitingFor(silent.state)[0]).toMatch(/kubelet is silent.*none is deleted by force/);
	expect(isOver(silent.state)).toBe(false);
	expect(waitingFor(play(silent.state, {is: 'node', health: 'gone', cordoned: true}).state)[0]).toMatch(
		/not in the cluster any more/,
	);
});

test('pods that come meanwhile are told, those of DaemonSets are not', () => {
	const {state} = play(
		begin([pod('a')]),
		{is: 'woke'},
		{is: 'seen', pod: {...pod('d'), stays: true}},
		{is: 'seen', pod: pod('x')},
	);
	expect(state.lines).toEqual(['default/x: came to n1 meanwhile, and is not evicted']);
});

const names = ['a', 'b', 'c', 'd'];
const answers = fc.constantFrom<Answer>(
	{is: 'accepted'},
	{is: 'gone'},
	{is: 'held', why: own('budget'), again: 5000},
	{is: 'doubtful', why: own('cut')},
	{is: 'failed', why: own('no')},
);
const someEvent = fc.oneof(
	fc.record({is: fc.constant('answered' as const), name: fc.constantFrom(...names), answer: answers}),
	fc.record({is: fc.constant('seen' as const), name: fc.constantFrom(...names), deleting: fc.boolean()}),
	fc.record({is: fc.constant('away' as const), name: fc.constantFrom(...names)}),
	fc.record({is: fc.constant('wait' as const), ms: fc.nat(7000)}),
);

test('whatever happens in whatever order: no pod is asked for while it is asked for or on its way, and the end is reached', () => {
	fc.assert(
		fc.property(fc.array(someEvent, {maxLength: 40}), happenings => {
			let state = play(begin(names.map(name => pod(name))), {is: 'woke'}).state;
			for (const happening of happenings) {
				const before = state;
				const events: readonly Untimed<DrainEvent>[] =
					happening.is === 'answered'
						? [answered(happening.name, happening.answer)]
						: happening.is === 'seen'
							? [{is: 'seen', pod: pod(happening.name, happening.deleting ? state.now + 30_000 : 0)}]
							: [happening.is === 'away' ? {is: 'away', pod: pod(happening.name)} : {is: 'woke'}];
				const at = state.now + (happening.is === 'wait' ? happening.ms : 0);
				const step = play(state, ...events.map(event => ({...event, at})));
				state = step.state;
				for (const name of evicted(step.effects)) {
					const was = before.pods.get(`default/${name}`)?.course.is;
					expect(['due', 'held', 'asked', 'doubted']).toContain(was);
					if (was === 'asked') expect(happening).toMatchObject({is: 'answered', name});
				}
				const settledBefore = [...before.pods].filter(([, each]) => isSettled(each) && each.course.is !== 'failed');
				for (const [key, each] of settledBefore) expect(state.pods.get(key)?.course.is).toBe(each.course.is);
			}
			const end = play(state, ...names.map(name => ({is: 'away', pod: pod(name)}) as const)).state;
			expect(isOver(end)).toBe(true);
		}),
	);
});
