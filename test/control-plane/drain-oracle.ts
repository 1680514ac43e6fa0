import {randomInt} from 'node:crypto';
import {runOracle} from './drain-oracle-run.ts';

/** `npm run oracle -- N [SEED]`: N random clusters, from a seed on, whose drains are foretold and then done. */
const [, , count = '30', first = String(randomInt(1_000_000))] = process.argv;
const seeds = Array.from({length: Number(count)}, (_, at) => Number(first) + at);
process.stdout.write(`${seeds.length} clusters from seed ${first} on\n`);

const totals = new Map<string, number>();
let done = 0;
const verdicts = await runOracle(seeds, ({seed, differences, pods}) => {
	done += 1;
	for (const [word, times] of Object.entries(pods)) totals.set(word, (totals.get(word) ?? 0) + times);
	if (differences.length > 0) process.stdout.write(`seed ${seed}:\n${differences.map(each => `  ${each}\n`).join('')}`);
	else if (done % 10 === 0) process.stdout.write(`${done} of ${seeds.length}\n`);
});
const different = verdicts.filter(({differences}) => differences.length > 0);
const said = [...totals].toSorted(([a], [b]) => a.localeCompare(b)).map(([word, times]) => `${word} ${times}`);
process.stdout.write(`said of pods: ${said.join(', ')}\n${different.length} of ${seeds.length} differ\n`);
process.exitCode = different.length === 0 ? 0 : 1;
