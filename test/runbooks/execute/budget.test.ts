import {expect, test} from 'vitest';
import {stepTimes} from '../../bench/steps.ts';

// What is promised is held by the benchmark. A busy machine makes all of them slow, a Node that does nothing among them.
test('a command costs little more than it does bare', async () => {
	const {bare, reading, changing, node} = await stepTimes(5);
	expect(reading - bare).toBeLessThan(5 * node);
	expect(changing - bare).toBeLessThan(15 * node);
});
