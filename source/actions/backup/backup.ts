import {own} from '../../vocabulary.ts';
import type {Action} from '../action.ts';
import {type CronJobData, planCronJob, runCronJob} from './cron-job.ts';
import {planEtcd} from './etcd.ts';
import {findBackup} from './find.ts';
import {type LonghornData, planRecurringJob, planVolume} from './longhorn.ts';
import {runLonghorn} from './longhorn-run.ts';
import {lookAtBackups} from './look.ts';
import type {BackupRequest} from './request.ts';
import {planVelero, runVelero, type VeleroData} from './velero.ts';

const plan: Action<BackupRequest>['plan'] = async (request, hands) => {
	const reader = hands.reader();
	const look = await lookAtBackups(reader, hands);
	const found = findBackup(request.tier, look);
	if (found.is === 'volume') return planVolume(found.volume, request, look, hands, reader);
	switch (found.offer.kind) {
		case 'schedule':
			return planVelero(found.offer, request, look, hands, reader);
		case 'recurringjob':
			return planRecurringJob(found.offer, request, look, hands, reader);
		case 'cronjob':
			return planCronJob(found.offer, request, hands, reader);
		case 'etcd':
			return planEtcd(request, look.servers);
	}
};

const run: Action<BackupRequest>['run'] = async ({data}, _request, hands, running) => {
	const planned = data as VeleroData | CronJobData | LonghornData | {readonly by: 'etcd'};
	switch (planned.by) {
		case 'velero':
			return runVelero(planned, hands, running);
		case 'cronjob':
			return runCronJob(planned, hands, running);
		case 'longhorn':
			return runLonghorn(planned, hands, running);
		case 'etcd':
			return {result: 'failed', text: own('a snapshot of etcd cannot be asked for through the API')};
	}
};

/** Backs up a tier now, and follows that to its end. */
export const backupAction: Action<BackupRequest> = {plan, run};
