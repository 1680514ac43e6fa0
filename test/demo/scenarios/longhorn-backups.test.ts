import {expect, it} from 'vitest';
import {cronJobs, jobs} from '../../../source/demo/objects/job.ts';
import {backups, snapshots, targets} from '../../../source/demo/objects/longhorn/backup.ts';
import {longhorn, longhornObject} from '../../../source/demo/objects/longhorn/longhorn.ts';
import {volumes} from '../../../source/demo/objects/longhorn/volume.ts';
import {start} from './started.ts';

const {namespace} = longhorn;
const snapshot = (name: string, volume: string) =>
	longhornObject('Snapshot', {name, createdAt: 0}, {spec: {volume, createSnapshot: true}});
const backup = (name: string, of: string) =>
	longhornObject('Backup', {name, createdAt: 0, labels: {'backup-target': 'default'}}, {spec: {snapshotName: of}});

it('has a week of backups of each volume in the group, all completed', () => {
	const {stage} = start('longhorn-backups');
	const own = volumes
		.all(stage.store)
		.filter(({metadata}) => metadata.labels?.['recurring-job-group.longhorn.io/backed-up'] === 'enabled');
	expect(own).toHaveLength(4);
	const made = backups.all(stage.store);
	expect(made).toHaveLength(7 * own.length);
	expect(made.every(({status, spec}) => status?.state === 'Completed' && spec.labels?.RecurringJob === 'nightly')).toBe(true);
	expect(cronJobs.get(stage.store, 'nightly', namespace)?.status?.lastSuccessfulTime).toBeDefined();
});

it('takes a snapshot that is asked for, and backs it up by and by', () => {
	const {stage, advance} = start('longhorn-backups');
	const [volume] = volumes.all(stage.store);
	stage.store.put(snapshot('s', volume?.metadata.name ?? ''));
	stage.store.put(backup('b', 's'));
	const seen = new Set<string>();
	for (const _ of Array.from({length: 12})) {
		advance(2);
		const {state = '', progress = 0} = backups.get(stage.store, 'b', namespace)?.status ?? {};
		seen.add(`${state} ${progress}`);
	}
	expect(snapshots.get(stage.store, 's', namespace)?.status?.readyToUse).toBe(true);
	expect([...seen]).toEqual(['Pending 0', 'InProgress 20', 'InProgress 40', 'InProgress 60', 'InProgress 80', 'Completed 100']);
});

it('cannot back up to a target that is away, nor what has no snapshot', () => {
	const {stage, advance} = start('longhorn-backups');
	stage.store.put(backup('lonely', 'nothing'));
	advance(4);
	expect(backups.get(stage.store, 'lonely', namespace)?.status).toMatchObject({state: 'Error'});
	const [volume] = volumes.all(stage.store);
	for (const target of targets.all(stage.store))
		targets.change(stage.store, target, draft => {
			draft.status.available = false;
		});
	stage.store.put(snapshot('s', volume?.metadata.name ?? ''));
	stage.store.put(backup('b', 's'));
	advance(6);
	expect(backups.get(stage.store, 'b', namespace)?.status).toMatchObject({
		state: 'Error',
		error: 'failed to connect to the backup target',
	});
});

it('runs jobs to their end', () => {
	const {stage, advance} = start('longhorn-backups');
	const job = (name: string, command: string) => ({
		apiVersion: 'batch/v1',
		kind: 'Job',
		metadata: {name, namespace: 'default'},
		spec: {template: {spec: {containers: [{name: 'main', command: [command]}]}}},
	});
	for (const [name, command] of [
		['well', 'true'],
		['ill', 'false'],
	] as const)
		stage.store.put(job(name, command));
	advance(4);
	expect(jobs.get(stage.store, 'well', 'default')?.status).toMatchObject({active: 1});
	advance(30);
	expect(jobs.get(stage.store, 'well', 'default')?.status).toMatchObject({succeeded: 1, conditions: [{type: 'Complete'}]});
	expect(jobs.get(stage.store, 'ill', 'default')?.status).toMatchObject({
		conditions: [{type: 'Failed', reason: 'BackoffLimitExceeded'}],
	});
});
