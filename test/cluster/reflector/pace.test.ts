import {expect, test} from 'vitest';
import {createPace} from '../../../source/cluster/reflector/pace.ts';

test('long work lets everything else have its turn, short work does not wait', async () => {
	const pace = createPace();
	expect(pace()).toBeUndefined();
	let turns = 0;
	const others = setInterval(() => turns++, 1);
	const end = performance.now() + 300;
	while (performance.now() < end) await pace();
	clearInterval(others);
	expect(turns).toBeGreaterThan(5);
});
