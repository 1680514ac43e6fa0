import {own, type SafeText, say} from '../vocabulary.ts';
import {count} from '../words.ts';
import type {LonghornBackupRecord} from './longhorn.ts';
import {beganAt, type Outcome, type Run} from './run.ts';

type Backups = readonly [LonghornBackupRecord, ...LonghornBackupRecord[]];

/** The job makes the backups of its volumes one after the other: what begins so soon after the one before belongs together; ms. */
const together = 10 * 60_000;

function outcomeOf(backups: Backups): Outcome {
	const all = new Set(backups.map(({outcome}) => outcome));
	if (all.has('running') || (all.has('waiting') && all.size > 1)) return 'running';
	const [only] = all;
	if (all.size === 1 && only !== undefined) return only;
	// What is being deleted was there once: the rest tells how it went.
	return all.has('failed') ? (all.has('good') ? 'partial' : 'failed') : 'good';
}

const words: Readonly<Record<Outcome, string>> = {
	good: 'Completed',
	partial: 'partly Error',
	failed: 'Error',
	running: 'InProgress',
	waiting: 'Pending',
	leaving: 'Deleting',
};

function reasonOf(failed: readonly LonghornBackupRecord[]): SafeText {
	return failed.find(({reason}) => reason !== '')?.reason ?? own('');
}

function runOf(backups: Backups): Run {
	const [first] = backups;
	const outcome = outcomeOf(backups);
	const isOver = outcome !== 'running' && outcome !== 'waiting';
	const good = backups.filter(backup => backup.outcome === 'good').length;
	return {
		name: first.batch === '' ? first.name : first.batch,
		outcome,
		phase: backups.length === 1 ? first.phase : say`${own(words[outcome])}, ${count(backups.length, 'volume')}`,
		isPoint: outcome === 'good',
		createdAt: Math.min(...backups.map(({createdAt}) => createdAt)),
		startedAt: Math.min(...backups.map(beganAt)),
		completedAt: isOver ? Math.max(...backups.map(({completedAt}) => completedAt)) : 0,
		expiresAt: 0,
		errors: 0,
		reason: reasonOf(backups.filter(backup => backup.outcome === 'failed')),
		items: backups.length,
		itemsDone: backups.reduce((sum, {itemsDone = 0}) => sum + itemsDone, 0),
		volumes: isOver ? backups.length : 0,
		volumesDone: isOver ? good : 0,
	};
}

/**
 * The backups of single volumes as runs of the recurring job that made them. What midwatch asked for together says so; what
 * the job made is told apart by the time between: ten minutes, or half its `period` (ms).
 */
export function longhornRuns(backups: Iterable<LonghornBackupRecord>, period: number | undefined): readonly Run[] {
	const apart = Math.min(together, (period ?? Number.POSITIVE_INFINITY) / 2);
	const groups: [LonghornBackupRecord, ...LonghornBackupRecord[]][] = [];
	const batches = new Map<string, [LonghornBackupRecord, ...LonghornBackupRecord[]]>();
	let heardAt = Number.NEGATIVE_INFINITY;
	for (const backup of [...backups].sort((a, b) => beganAt(a) - beganAt(b))) {
		const batch = backup.batch === '' ? undefined : batches.get(backup.batch);
		const last = groups.at(-1);
		if (batch !== undefined) batch.push(backup);
		else if (backup.batch !== '') batches.set(backup.batch, [backup]);
		else if (last !== undefined && beganAt(backup) - heardAt < apart) last.push(backup);
		else groups.push([backup]);
		if (backup.batch === '') heardAt = Math.max(beganAt(backup), backup.completedAt);
	}
	return [...groups, ...batches.values()].map(runOf);
}
