import {randomInt} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {runOracle} from './drain-oracle-run.ts';

/** Those that ran with no difference, to be tried again. */
async function knownSeeds(): Promise<readonly number[]> {
	const path = join(import.meta.dirname, 'drain-oracle-seeds.json');
	const {seeds} = JSON.parse(await readFile(path, 'utf8')) as {readonly seeds: readonly number[]};
	return seeds;
}

function seedsFrom(count: number, first: number): readonly number[] {
	return Array.from({length: count}, (_, at) => first + at);
}

/**
 * `npm run oracle -- N [SEED]`: N random clusters, from a seed on, whose drains are foretold and then done. Without N: the
 * clusters of the known seeds.
 */
const [, , count, first] = process.argv;
const seeds = count === undefined ? await knownSeeds() : seedsFrom(Number(count), Number(first ?? randomInt(1_000_000)));
process.stdout.write(`${seeds.length} clusters, seeds ${seeds[0]} to ${seeds.at(-1)}\n`);

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
