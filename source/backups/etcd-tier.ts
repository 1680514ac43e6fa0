import {own, type SafeText} from '../vocabulary.ts';
import {cycleOf} from './cycle.ts';
import {deadlinesOf} from './deadlines.ts';
import type {SnapshotRecord} from './etcd.ts';
import {historyOf, keptOf} from './history.ts';
import {placeOf} from './host.ts';
import {snapshotRuns} from './snapshots.ts';
import {type BackupTier, healthOf, turnsAtOf} from './tier.ts';
import {snapshotVerdicts} from './verdict.ts';

/** etcd embedded in k3s, as its servers show it. */
export type EmbeddedEtcd = {
	/** Since when it is there, epoch ms. */
	readonly since: number;
	/** What `--etcd-snapshot-schedule-cron` says where it was given. */
	readonly cron: SafeText | undefined;
};

/** When k3s takes snapshots unless told otherwise. */
const usual = own('0 */12 * * *');

type Inputs = {
	/** Undefined where the servers do not show it. */
	readonly etcd: EmbeddedEtcd | undefined;
	readonly files: readonly SnapshotRecord[];
	/** The user's, ms. */
	readonly target: number | undefined;
};

/** Where the newest snapshot lies: in a bucket, or on the disks of the servers only. */
function placing(files: readonly SnapshotRecord[], isOffsite: boolean): Pick<BackupTier, 'place' | 'lies'> {
	const uploaded = files.findLast(({isReady, isUploaded}) => isReady && isUploaded);
	if (!isOffsite || uploaded === undefined) return {place: own('disks of the servers'), lies: 'site'};
	return {place: uploaded.bucket, lies: placeOf(uploaded.host)};
}

/** Tells the snapshots of etcd as a tier at `now` (epoch ms); undefined where there is no such etcd. */
export function etcdTier({etcd, files, target}: Inputs, from: readonly unknown[], now: number): BackupTier | undefined {
	if (etcd === undefined && files.length === 0) return undefined;
	const cron = etcd?.cron ?? usual;
	const cycle = cycleOf(cron);
	const runs = snapshotRuns(files, cycle?.period);
	const history = historyOf(runs);
	const promised = {cycle, target: target ?? cycle?.period, createdAt: etcd?.since ?? now};
	const deadlines = deadlinesOf(promised, history);
	const newest = runs.findLast(({isPoint}) => isPoint);
	const place = placing(files, newest?.isOffsite ?? false);
	const verdicts = snapshotVerdicts({history, deadlines}, place.lies === 'away', now);
	return {
		key: 'etcd',
		shown: own('etcd'),
		by: 'k3s',
		schedule: undefined,
		history,
		cron,
		cycle,
		target: promised.target,
		deadlines,
		location: 'unseen',
		...place,
		isSeen: true,
		proof: undefined,
		kept: keptOf(history, now),
		verdicts,
		health: healthOf(history, verdicts),
		from,
		asOf: now,
		turnsAt: turnsAtOf(history, Object.values(deadlines), [], now),
	};
}
