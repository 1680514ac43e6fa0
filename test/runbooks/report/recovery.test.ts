import {expect, test} from 'vitest';
import type {Entry, Happening, Json} from '../../../source/journal/entry.ts';
import {meanRecoveries, recoveryOf} from '../../../source/runbooks/report/recovery.ts';

const entries = (...happenings: readonly Happening[]): readonly Entry[] =>
	happenings.map((happening, at) => ({...happening, seq: at + 1, at: at * 1000}));
const noted = (detail: Json): Happening => ({is: 'noted', text: 'node-not-ready:nuc-2', detail});
const seen = (more: {readonly [name: string]: Json} = {}, finding = 'node-not-ready:nuc-2') =>
	noted({is: 'finding', finding, since: 1_000_000, ...more});

test('the last word on the finding of a run counts', () => {
	expect(recoveryOf(entries(seen(), seen({acknowledgedAt: 1_060_000}), seen({clearedAt: 1_600_000})))).toEqual({
		finding: 'node-not-ready:nuc-2',
		since: 1_000_000,
		acknowledgedAt: 1_060_000,
		clearedAt: 1_600_000,
	});
	expect(recoveryOf(entries(noted('a note'), noted({is: 'moved'})))).toBeUndefined();
	expect(recoveryOf(entries(seen({since: 'yesterday'})))).toEqual({finding: 'node-not-ready:nuc-2'});
});

test('the mean over all recoveries of an id, each counted once however often it was walked for', () => {
	const run = (...happenings: readonly Happening[]) => ({entries: entries(...happenings)});
	expect(
		meanRecoveries([
			run(seen({clearedAt: 1_060_000})),
			run(seen({clearedAt: 1_060_000})),
			run(seen({since: 3_000_000, clearedAt: 3_120_000}, 'node-not-ready:nuc-3')),
			run(seen({clearedAt: 1_010_000}, 'backup-late:tier-0')),
			run(seen({}, 'gpu-hot:gpu-1/0')),
			run(seen({since: 0, clearedAt: 5})),
		]),
	).toEqual([
		{id: 'backup-late', times: 1, mean: 10_000},
		{id: 'node-not-ready', times: 2, mean: 90_000},
	]);
});
