import type {Scenario, Stage} from '../model.ts';
import {claims} from '../objects/claim.ts';
import {claimsOf, type PodObject} from '../objects/pod.ts';
import {hour, instantOf, minute, stamp} from '../objects/time.ts';
import {backup, backupName, backups, outcome} from '../objects/velero/backup.ts';
import {type ScheduleObject, schedules} from '../objects/velero/schedule.ts';
import {veleroNamespace} from '../objects/velero/velero.ts';
import {startBackup} from '../players/velero.ts';

const tier = 'tier-0';
const days = 7;

/** The newest good backup is too old: the last try failed in part, and so does the next. */
export const backupStale: Scenario = {
	id: 'backup-stale',
	title: 'The recovery point is too old',
	description: 'tier-0: the last good backup is eight hours old, the last try missed a volume; somebody tries again',
	worlds: ['homelab', 'talos-ceph'],
	steps: [
		{at: (-2 * hour - 20 * minute) / 1000, what: 'one volume takes longer to upload than it may', act: slowDown},
		{at: (-2 * hour - 4 * minute) / 1000, what: 'the last try fails in part', act: failLastTry},
		{at: 15, what: 'somebody tries again', act: retry},
	],
};

const volumesOf = ({store}: Stage, schedule: ScheduleObject) =>
	claims.all(store).filter(({metadata}) => schedule.spec.template.includedNamespaces?.includes(metadata.namespace ?? ''));

/** A volume of the tier has grown too large for the time its upload may take (player `velero`). */
function slowDown(stage: Stage, at: number): void {
	const schedule = schedules.get(stage.store, tier, veleroNamespace);
	const [slow] = schedule ? volumesOf(stage, schedule) : [];
	if (slow === undefined) return;
	const {name, namespace} = slow.metadata;
	const hits = (pod: PodObject) => pod.metadata.namespace === namespace && claimsOf(pod).includes(name);
	stage.ailments.add({is: 'not uploaded', since: at, hits: pod => hits(pod as PodObject)});
}

/** Backups since six hours before the last try are gone; the schedule keeps its period, at these minutes. */
function failLastTry(stage: Stage, at: number): void {
	const {store} = stage;
	const goodAt = at - 6 * hour;
	const own = backups.all(store).filter(({metadata}) => metadata.labels?.['velero.io/schedule-name'] === tier);
	for (const each of own) if (instantOf(each.status?.startTimestamp) > goodAt - 5 * hour) backups.remove(store, each);
	const date = new Date(at);
	const hours = [0, 6, 12, 18].map(offset => (date.getUTCHours() + offset) % 24).toSorted((a, b) => a - b);
	const schedule = schedules.change(store, {metadata: {name: tier, namespace: veleroNamespace}}, draft => {
		draft.spec.schedule = `${date.getUTCMinutes()} ${hours.join(',')} * * *`;
		draft.status = {...draft.status, lastBackup: stamp(at)};
	});
	if (!schedule) return;
	const items = own[0]?.status?.progress?.totalItems ?? 400;
	const volumes = volumesOf(stage, schedule).length;
	const good = backup(schedule, backupName(tier, goodAt), goodAt);
	good.status = outcome({phase: 'Completed', startedAt: goodAt, endedAt: goodAt + 9 * minute, items, keptDays: days});
	const bad = backup(schedule, backupName(tier, at), at);
	bad.status = outcome({
		phase: 'PartiallyFailed',
		startedAt: at,
		endedAt: at + 11 * minute,
		items,
		keptDays: days,
		errors: 3,
		warnings: 2,
		volumes: {asked: volumes, made: volumes - 1},
	});
	for (const made of [good, bad]) store.put(made);
}

function retry(stage: Stage, at: number): void {
	const schedule = schedules.get(stage.store, tier, veleroNamespace);
	if (schedule) startBackup(stage, schedule, at);
}
