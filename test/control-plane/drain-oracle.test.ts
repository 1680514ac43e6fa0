import {expect, test} from 'vitest';
import {runOracle} from './drain-oracle-run.ts';

/** A new one each day, so that new clusters are tried; whoever has to try one again finds it in the failure. */
const first = Math.floor(Date.now() / 86_400_000) * 100;
const seeds = Array.from({length: 30}, (_, at) => first + at);

test('of thirty random clusters, what is foretold of a drain is what kubectl and the scheduler then do', {
	timeout: 600_000,
}, async () => {
	process.stdout.write(`drain oracle: seeds ${first} to ${first + 29}\n`);
	const verdicts = await runOracle(seeds, () => {});
	expect(verdicts.filter(({differences}) => differences.length > 0)).toEqual([]);
	// They are not all alike.
	const said = new Set(verdicts.flatMap(({pods}) => Object.keys(pods)));
	expect([...said]).toEqual(
		expect.arrayContaining(['leaves', 'blocked', 'refused', 'stays', 'then fits', 'then pending', 'then gone']),
	);
});
