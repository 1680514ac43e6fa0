import {expect, test} from 'vitest';
import {newRoundTrips} from '../../../source/cluster/line/tail.ts';

const seconds = 1000;

test('the tail is what one of a hundred exceeds', () => {
	let clock = 0;
	const trips = newRoundTrips(() => clock);
	expect(trips.tail()).toBeUndefined();
	for (let count = 1; count <= 100; count++) {
		clock += 4 * seconds;
		trips.add(count === 50 ? 3000 : 20);
	}
	expect(trips.tail()).toMatchObject({p99: 20, samples: 100});
	trips.add(2000);
	expect(trips.tail()).toMatchObject({p99: 2000, samples: 101});
});

test('what is older than ten minutes is forgotten, but for the one that makes the ten minutes full', () => {
	let clock = 0;
	const trips = newRoundTrips(() => clock);
	for (const took of [900, 800, 20]) {
		trips.add(took);
		clock += 5 * 60 * seconds;
	}
	trips.add(30);
	expect(trips.tail()).toMatchObject({p99: 800, samples: 3});
	const since = trips.tail()?.since ?? 0;
	expect(Date.now() - since).toBeGreaterThanOrEqual(10 * 60 * seconds);
	expect(Date.now() - since).toBeLessThan(11 * 60 * seconds);
});
