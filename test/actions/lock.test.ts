import {afterEach, beforeEach, expect, test} from 'vitest';
import type {Hands} from '../../source/actions/hands.ts';
import {holderOf, takeLock} from '../../source/actions/lock.ts';
import {instant} from '../../source/cluster/raw.ts';
import type {RawName} from '../../source/vocabulary.ts';
import {mergePatch, read} from '../conformance/subject.ts';
import {type Running, running} from '../demo/running.ts';
import {handsOn} from './hands.ts';

const path = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/midwatch-drain';
const nodes = ['n1' as RawName];

let embedded: Running;
beforeEach(async () => {
	embedded = await running();
});
afterEach(() => embedded.stop());

async function held(hands: Hands, run: string) {
	const locking = await takeLock(hands, run, nodes);
	if (locking.is !== 'held') throw new Error(`expected to get the lock, but it is ${locking.is}`);
	return locking.lock;
}

/** As if its holder had said nothing for a minute. */
const letExpire = () => mergePatch(embedded.admin, path, {spec: {renewTime: new Date(Date.now() - 60_000).toISOString()}});

test('the first gets it, the second is told who has it and since when', async () => {
	using anna = handsOn(embedded.cluster);
	using ben = handsOn(embedded.cluster, {by: 'ben@desk'});
	await held(anna, 'run-a');
	const second = await takeLock(ben, 'run-b', nodes);
	expect(second).toMatchObject({is: 'taken', holder: {by: 'anna@bridge', run: 'run-a', expired: false}});
	const since = second.is === 'taken' ? second.holder.since : 0;
	expect(Math.abs(since - Date.now())).toBeLessThan(5000);
});

test('whoever asks at the same time: one gets it', async () => {
	using anna = handsOn(embedded.cluster);
	const lockings = await Promise.all(Array.from({length: 8}, (_, at) => takeLock({...anna, by: `somebody-${at}`}, 'run', nodes)));
	expect(lockings.filter(({is}) => is === 'held')).toHaveLength(1);
	expect(lockings.filter(({is}) => is === 'taken')).toHaveLength(7);
});

test('given up, the next one gets it', async () => {
	using anna = handsOn(embedded.cluster);
	using ben = handsOn(embedded.cluster, {by: 'ben@desk'});
	await (await held(anna, 'run-a')).release();
	expect(holderOf(await read(embedded.admin, path), Date.now())).toBeUndefined();
	await held(ben, 'run-b');
	expect(holderOf(await read(embedded.admin, path), Date.now())).toMatchObject({by: 'ben@desk', run: 'run-b'});
});

test('expired, it is taken over; the one who was frozen meanwhile finds it lost, and does not give up what is not theirs', async () => {
	const clock = {ahead: 0};
	using anna = handsOn(embedded.cluster, {now: () => Date.now() + clock.ahead});
	using ben = handsOn(embedded.cluster, {by: 'ben@desk'});
	const lock = await held(anna, 'run-a');
	await letExpire();
	await held(ben, 'run-b');
	clock.ahead = 60_000;
	expect(await lock.holds()).toBe(false);
	await lock.release();
	expect(holderOf(await read(embedded.admin, path), Date.now())).toMatchObject({by: 'ben@desk', run: 'run-b'});
	expect((await read(embedded.admin, path)).spec).toMatchObject({leaseTransitions: 1});
});

test('it is renewed when that is due, and not before', async () => {
	const clock = {ahead: 0};
	using anna = handsOn(embedded.cluster, {now: () => Date.now() + clock.ahead});
	const lock = await held(anna, 'run-a');
	const before = await read(embedded.admin, path);
	expect(await lock.holds()).toBe(true);
	expect(await read(embedded.admin, path)).toEqual(before);
	clock.ahead = 15_000;
	expect(await Promise.all([lock.holds(), lock.holds(), lock.holds()])).toEqual([true, true, true]);
	const after = await read(embedded.admin, path);
	expect(after.spec?.acquireTime).toEqual(before.spec?.acquireTime);
	expect(instant(after.spec?.renewTime)).toBeGreaterThan(instant(before.spec?.renewTime) + 10_000);
});

test('a run that was killed takes its own lock up again at once', async () => {
	using anna = handsOn(embedded.cluster);
	await held(anna, 'run-a');
	const since = (await read(embedded.admin, path)).spec?.acquireTime;
	await held(anna, 'run-a');
	expect((await read(embedded.admin, path)).spec).toMatchObject({acquireTime: since, leaseTransitions: 0});
});

test('deleted under our hands, it is made again', async () => {
	const clock = {ahead: 0};
	using anna = handsOn(embedded.cluster, {now: () => Date.now() + clock.ahead});
	const lock = await held(anna, 'run-a');
	await embedded.admin.ask(path, {method: 'DELETE'});
	clock.ahead = 15_000;
	expect(await lock.holds()).toBe(true);
	expect((await read(embedded.admin, path)).spec).toMatchObject({holderIdentity: 'anna@bridge/run-a'});
});

test('where it may not be kept, the permission is said', async () => {
	const token = embedded.cluster.addUser('few', []);
	using hands = handsOn(embedded.cluster, {token});
	const locking = await takeLock(hands, 'run-a', nodes);
	expect(locking).toMatchObject({
		is: 'denied',
		why: expect.stringMatching(/^the Lease midwatch-drain in kube-system may not be kept: 403: .*leases/),
	});
});

test('a holder that is not one of ours is told as it is, made safe', () => {
	const spec = {holderIdentity: 'evil\u001b[2J', renewTime: '2026-11-26T02:00:00.000000Z', leaseDurationSeconds: 15};
	const holder = holderOf({spec} as never, Date.parse('2026-11-26T02:00:10Z'));
	expect(holder).toMatchObject({by: 'evil', run: '', expired: false});
});
