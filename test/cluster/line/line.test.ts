import {expect, test} from 'vitest';
import {newLine} from '../../../source/cluster/line/line.ts';

test('the class of the latency is that of the median, and is told when it changes', () => {
	const line = newLine();
	const told: string[] = [];
	line.onChange(() => told.push(line.state().latency));
	for (const milliseconds of [20, 30, 2000, 25, 600, 700, 800, 900]) line.roundTrip(milliseconds);
	expect(told).toEqual(['fast', 'slow']);
	expect(line.state()).toMatchObject({latency: 'slow', roundTrips: [20, 30, 2000, 25, 600, 700, 800, 900]});
});
