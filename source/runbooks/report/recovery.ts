import type {MeanRecovery} from '../../findings/targets.ts';
import type {Entry, Json} from '../../journal/entry.ts';
import type {ListedRun} from '../../journal/view.ts';
import {partsOf} from '../match/occasion.ts';

/** What became of the finding that a runbook was walked for; epoch ms, missing where it was not seen. */
export type Recovery = {
	/** `node-not-ready:nuc-2`. */
	readonly finding: string;
	readonly since?: number;
	readonly acknowledgedAt?: number;
	readonly clearedAt?: number;
};

type Seen = Readonly<Record<string, Json>> & {readonly finding: string};

/** What a note in the journal says of the finding. */
export function findingNoted(entry: Entry): Seen | undefined {
	if (entry.is !== 'noted' || typeof entry.detail !== 'object' || entry.detail === null) return undefined;
	const {is, finding, ...times} = entry.detail as Readonly<Record<string, Json>>;
	return is === 'finding' && typeof finding === 'string' ? {...times, finding} : undefined;
}

/** What is known of the finding of a run, the last word of each; undefined where it names none. */
export function recoveryOf(entries: readonly Entry[]): Recovery | undefined {
	let found: Recovery | undefined;
	for (const seen of entries.map(findingNoted)) {
		if (seen === undefined) continue;
		const times = (['since', 'acknowledgedAt', 'clearedAt'] as const).flatMap(name =>
			typeof seen[name] === 'number' ? [[name, seen[name]] as const] : [],
		);
		found = {...found, finding: seen.finding, ...Object.fromEntries(times)};
	}
	return found;
}

/** The mean time from the beginning of a finding to its end, by its id, of runs in which both were seen. */
export function meanRecoveries(runs: readonly Pick<ListedRun, 'entries'>[]): readonly MeanRecovery[] {
	// Two walks for one incident are one recovery.
	const recoveries = new Map<string, {readonly id: string; readonly lasted: number}>();
	for (const {entries} of runs) {
		const {finding = '', since = 0, clearedAt} = recoveryOf(entries) ?? {};
		if (clearedAt !== undefined && since > 0 && clearedAt > since)
			recoveries.set(`${finding} ${since}`, {id: partsOf(finding).id, lasted: clearedAt - since});
	}
	return [...Map.groupBy(recoveries.values(), ({id}) => id)]
		.map(([id, of]) => ({id, times: of.length, mean: of.reduce((sum, {lasted}) => sum + lasted, 0) / of.length}))
		.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
