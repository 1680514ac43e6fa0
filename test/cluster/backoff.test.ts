import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {createBackoff, fully, slightly} from '../../source/cluster/backoff.ts';
import {createRest} from '../../source/cluster/rest.ts';

test('waits twice as long after each failure, up to the most, and begins anew after a reset', () => {
	const backoff = createBackoff({first: 800, most: 30_000}, time => time);
	expect(Array.from({length: 7}, backoff.next)).toEqual([800, 1600, 3200, 6400, 12_800, 25_600, 30_000]);
	expect(backoff.failures()).toBe(7);
	backoff.reset();
	expect(backoff.failures()).toBe(0);
	expect(backoff.next()).toBe(800);
});

test('spreads, and never beyond the most, however long it fails', () => {
	fc.assert(
		fc.property(
			fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true}),
			fc.integer({min: 1, max: 3000}),
			(chance, failures) => {
				const backoff = createBackoff({first: 800, most: 30_000}, time => fully(time, () => chance));
				for (let at = 0; at < failures; at++) expect(backoff.next()).toBeLessThan(30_000);
				const some = slightly(1000, () => chance);
				expect(some >= 800 && some <= 1200).toBe(true);
			},
		),
	);
});

test('a rest ends by itself, when it is woken, and when all is stopped', async () => {
	const stop = new AbortController();
	const rest = createRest(stop.signal);
	await rest.sleep(1);
	const woken = rest.sleep(60_000);
	rest.wake();
	await woken;
	const stopped = rest.sleep(Number.POSITIVE_INFINITY);
	stop.abort();
	await stopped;
	await rest.sleep(60_000);
});
