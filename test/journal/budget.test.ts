import {expect, test} from 'vitest';
import {appending, opening} from '../bench/journal.ts';

// What is promised is held by the benchmark; this is what a busy machine cannot make untrue.
test('100,000 lines open in no more than ten times what their JSON takes to be read', async () => {
	const {ours, bare} = await opening(1);
	expect(ours).toBeLessThan(10 * bare);
});

test('a line costs no more than five times what its bytes cost the disk', async () => {
	const {ours, bare} = await appending(50);
	expect(ours).toBeLessThan(5 * bare);
});
