import {batchLabel, jobLabel} from '../../backups/longhorn.ts';
import {entries, flag, name, type Raw} from '../../cluster/raw.ts';
import type {Json} from '../../journal/entry.ts';

type Fields = {readonly [field: string]: Json};

/** What is posted, but for its name. */
export type Body = Fields & {readonly metadata: Fields};

/** As a server sent it: JSON it is. */
const asJson = (raw: Raw | undefined): Json => (raw ?? {}) as unknown as Json;
const isGiven = (raw: Raw | undefined): boolean => entries(raw).length > 0;

/** `20261126141530`: the time in names, by UTC. `at` in epoch ms. */
export const stampOf = (at: number): string => new Date(at).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '');

/** The owner of what is made: whoever makes it at its times. */
const ownedBy = (apiVersion: string, kind: string, {metadata}: Raw): Json => [
	{apiVersion, kind, name: name(metadata?.name), uid: name(metadata?.uid), controller: true},
];

/** A backup as `velero backup create --from-schedule` makes it: the schedule's template, its labels (or the template's) and annotations. */
export function veleroBackup(schedule: Raw): Body {
	const {metadata, spec} = schedule;
	const template = spec?.template;
	const labels = isGiven(template?.metadata?.labels) ? template?.metadata?.labels : metadata?.labels;
	return {
		apiVersion: 'velero.io/v1',
		kind: 'Backup',
		metadata: {
			namespace: name(metadata?.namespace),
			labels: {...(asJson(labels) as Fields), 'velero.io/schedule-name': name(metadata?.name)},
			...(isGiven(metadata?.annotations) ? {annotations: asJson(metadata?.annotations)} : {}),
			...(flag(spec?.useOwnerReferencesInBackup) ? {ownerReferences: ownedBy('velero.io/v1', 'Schedule', schedule)} : {}),
		},
		spec: asJson(template),
	};
}

/** A job as `kubectl create job --from=cronjob/…` makes it. */
export function cronJobJob(cronJob: Raw): Body {
	const {metadata, spec} = cronJob;
	const template = spec?.jobTemplate;
	const labels = template?.metadata?.labels;
	return {
		apiVersion: 'batch/v1',
		kind: 'Job',
		metadata: {
			namespace: name(metadata?.namespace),
			...(isGiven(labels) ? {labels: asJson(labels)} : {}),
			annotations: {...(asJson(template?.metadata?.annotations) as Fields), 'cronjob.kubernetes.io/instantiate': 'manual'},
			ownerReferences: ownedBy('batch/v1', 'CronJob', cronJob),
		},
		spec: asJson(template?.spec),
	};
}

/** One volume of a run: what its backup is called is made of the batch and of which volume it is. */
export type VolumeInBatch = {readonly namespace: string; readonly volume: string; readonly target: string; readonly job?: string};

const labelsOf = ({job}: VolumeInBatch, batch: string): Fields => ({
	...(job === undefined ? {} : {[jobLabel]: job}),
	[batchLabel]: batch,
});

/** A snapshot that Longhorn takes of a volume. */
export function longhornSnapshot(of: VolumeInBatch, batch: string): Body {
	return {
		apiVersion: 'longhorn.io/v1beta2',
		kind: 'Snapshot',
		metadata: {namespace: of.namespace, labels: {longhornvolume: of.volume}},
		spec: {volume: of.volume, createSnapshot: true, labels: labelsOf(of, batch)},
	};
}

/** The backup of such a snapshot; with the label of a recurring job it counts among that job's. */
export function longhornBackup(of: VolumeInBatch, snapshot: string, batch: string): Body {
	return {
		apiVersion: 'longhorn.io/v1beta2',
		kind: 'Backup',
		metadata: {namespace: of.namespace, labels: {'backup-volume': of.volume, 'backup-target': of.target}},
		spec: {snapshotName: snapshot, backupMode: 'incremental', labels: labelsOf(of, batch)},
	};
}
