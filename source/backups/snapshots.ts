import {own, type SafeText, say} from '../vocabulary.ts';
import type {SnapshotRecord} from './etcd.ts';
import type {Run} from './run.ts';

/** What all servers took at one time, and whether some of it is in a bucket. */
export type SnapshotRun = Run & {readonly isOffsite: boolean};

/** Servers take theirs at the same minute, if their clocks agree; ms. */
const together = 10 * 60_000;

function runOf(files: readonly [SnapshotRecord, ...SnapshotRecord[]]): SnapshotRun {
	const [first] = files;
	const failed = files.filter(({isReady}) => !isReady);
	const why = failed.find(({error}) => error !== '')?.error ?? own('not ready to use');
	const outcome = failed.length === 0 ? 'good' : failed.length < files.length ? 'partial' : 'failed';
	return {
		name: first.snapshot,
		outcome,
		phase: own(outcome === 'good' ? 'ready' : outcome === 'partial' ? 'partly ready' : 'failed'),
		isPoint: outcome !== 'failed',
		createdAt: first.createdAt,
		startedAt: first.takenAt,
		completedAt: first.takenAt,
		expiresAt: 0,
		errors: 0,
		reason: outcome === 'good' ? own('') : say`${failedWords(failed)}: ${why}`,
		items: undefined,
		itemsDone: undefined,
		volumes: 0,
		volumesDone: 0,
		isOffsite: files.some(({isReady, isUploaded}) => isReady && isUploaded),
	};
}

function failedWords(failed: readonly SnapshotRecord[]): SafeText {
	const what = failed.every(({isUploaded}) => isUploaded) ? 'not uploaded' : 'not taken';
	const servers = new Set(failed.map(({node}) => node)).size;
	return servers === 1 ? own(what) : say`${own(what)} on ${servers} servers`;
}

/** The files of all servers as runs of one backup: what was taken within ten minutes, or half a period, belongs together. */
export function snapshotRuns(files: Iterable<SnapshotRecord>, period: number | undefined): readonly SnapshotRun[] {
	const apart = Math.min(together, (period ?? Number.POSITIVE_INFINITY) / 2);
	const groups: [SnapshotRecord, ...SnapshotRecord[]][] = [];
	for (const file of [...files].sort((a, b) => a.takenAt - b.takenAt)) {
		const group = groups.at(-1);
		if (group !== undefined && file.takenAt - group[0].takenAt < apart) group.push(file);
		else groups.push([file]);
	}
	return groups.map(runOf);
}
