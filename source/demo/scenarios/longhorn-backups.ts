import {firedBefore} from '../cron.ts';
import type {Scenario, Stage} from '../model.ts';
import {uidOf} from '../objects/identity.ts';
import {doneBackup, jobCronJob, recurringJob, target} from '../objects/longhorn/backup.ts';
import {volumes} from '../objects/longhorn/volume.ts';
import {day, minute} from '../objects/time.ts';

const job = {name: 'nightly', cron: '30 2 * * *', group: 'backed-up', days: 7};

/** Nothing is wrong, and Longhorn backs up volumes too. */
export const longhornBackups: Scenario = {
	id: 'longhorn-backups',
	title: 'Longhorn backs up too',
	description: `everything works; beside Velero, a recurring job of Longhorn's (${job.name}) backs up four volumes to a bucket`,
	worlds: ['homelab'],
	steps: [{at: -1, what: `recurring job ${job.name} with a week of backups`, act: setUp}],
};

function setUp({store}: Stage, at: number): void {
	const createdAt = at - 90 * day;
	const made = recurringJob(job.name, job.cron, job.group, createdAt);
	const fires = firedBefore(job.cron, at - 10 * minute, job.days);
	store.put(target('default', 's3://homelab-longhorn@eu-central-003/', createdAt, at));
	store.put(made);
	store.put(jobCronJob(made, fires[0] ?? at));
	const own = volumes.all(store).filter(({status}) => status.kubernetesStatus.namespace === 'media');
	for (const {metadata} of own) {
		volumes.change(store, {metadata}, draft => {
			const label = `recurring-job-group.longhorn.io/${job.group}`;
			draft.metadata.labels = {...draft.metadata.labels, [label]: 'enabled'};
		});
		for (const fire of fires) {
			const name = `backup-${uidOf('backup', metadata.name, `${fire}`).replaceAll('-', '').slice(0, 16)}`;
			store.put(doneBackup(name, metadata.name, job.name, fire));
		}
	}
}
