import type {Scenario} from '../model.ts';
import {schedules, veleroNamespace} from '../objects/velero.ts';
import {startBackup} from '../players/velero.ts';

/** Nothing is wrong. Somebody takes a backup by hand, so that one can be watched. */
export const calm: Scenario = {
	id: 'calm',
	title: 'Nothing is wrong',
	description: 'everything works; a backup taken by hand runs during the first minute',
	worlds: ['homelab'],
	steps: [
		{
			at: 15,
			what: 'velero backup create --from-schedule tier-0',
			act: (stage, at) => {
				const schedule = schedules.get(stage.store, 'tier-0', veleroNamespace);
				if (schedule) startBackup(stage, schedule, at);
			},
		},
	],
};
