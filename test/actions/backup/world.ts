import type {KubeObject, Stage, World} from '../../../source/demo/model.ts';
import {recurringJob, target} from '../../../source/demo/objects/longhorn/backup.ts';
import {longhornResources} from '../../../source/demo/objects/longhorn/longhorn.ts';
import {volume} from '../../../source/demo/objects/longhorn/volume.ts';
import {location} from '../../../source/demo/objects/velero/location.ts';
import {schedule} from '../../../source/demo/objects/velero/schedule.ts';
import {veleroResources} from '../../../source/demo/objects/velero/velero.ts';
import {jobController} from '../../../source/demo/players/jobs.ts';
import {longhornBackups} from '../../../source/demo/players/longhorn/backups.ts';
import {velero} from '../../../source/demo/players/velero.ts';
import {tinyWorld} from '../../demo/tiny-world.ts';

const day = 86_400_000;
const born = Date.now() - 100 * day;

const namespace = (name: string): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Namespace',
	metadata: {name},
	status: {phase: 'Active'},
});

/** A pod that runs what makes backups. */
export const server = (where: string, name: string, labels: Record<string, string>, isReady = true): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace: where, labels},
	spec: {nodeName: 'n1', containers: [{name: 'main', image: 'example.org/main:1'}]},
	status: {phase: 'Running', conditions: [{type: 'Ready', status: isReady ? 'True' : 'False'}]},
});

/** A schedule whose backups take 400 items: a dozen looks of Velero. */
export const tier = (name = 'tier-0', fields: {paused?: boolean} = {}) =>
	schedule(
		{
			name,
			// Not due while a test runs.
			cron: '0 0 29 2 *',
			keptDays: 7,
			namespaces: ['default'],
			location: 'b2',
			items: 400,
			volumes: 0,
			minutes: 1,
			...fields,
		},
		born,
		Date.now() - day,
	);

/** A volume of Longhorn's, in the group that the recurring job `nightly` takes. */
export const grouped = (claim: string, group = 'backed-up'): readonly KubeObject[] => {
	const name = `pvc-${claim}`;
	const row = {name, namespace: 'default', claim, size: '1Gi', used: '1Gi', tag: 'nvme', replicas: ['n1'], node: 'n1', pods: []};
	return volume({...row, createdAt: born}).map(object =>
		object.kind === 'Volume'
			? {
					...object,
					metadata: {
						...object.metadata,
						labels: {...object.metadata.labels, [`recurring-job-group.longhorn.io/${group}`]: 'enabled'},
					},
				}
			: object,
	);
};

export const cronJob = (command: readonly string[] = ['talos-backup']): KubeObject => ({
	apiVersion: 'batch/v1',
	kind: 'CronJob',
	metadata: {name: 'talos-backup', namespace: 'kube-system', labels: {app: 'talos-backup'}},
	spec: {
		schedule: '*/10 * * * *',
		suspend: false,
		jobTemplate: {
			metadata: {labels: {app: 'talos-backup'}, annotations: {team: 'infra'}},
			spec: {
				backoffLimit: 0,
				template: {spec: {restartPolicy: 'Never', containers: [{name: 'main', image: 'example.org/backup:1', command}]}},
			},
		},
	},
});

export const veleroServer = server('velero', 'velero-0', {component: 'velero'});
export const longhornServer = server('longhorn-system', 'longhorn-manager-0', {app: 'longhorn-manager'});

/** All there is to back up, as long as a test says nothing else. */
export const everything: readonly KubeObject[] = [
	...['velero', 'longhorn-system'].map(namespace),
	veleroServer,
	longhornServer,
	location({name: 'b2', bucket: 'homelab', url: 'https://s3.example.com', region: 'eu'}, born, Date.now()),
	tier(),
	target('default', 's3://homelab@eu/', born, Date.now()),
	recurringJob('nightly', '0 2 * * *', 'backed-up', born),
	...grouped('a'),
	...grouped('b'),
	...grouped('c'),
	...grouped('other', 'none'),
	cronJob(),
];

function play(stage: Stage): void {
	for (const player of [velero, longhornBackups, jobController])
		stage.clock.every(player.every, () => player.act(stage, stage.clock.now()));
}

/** What the tiny world becomes with backups in it; players play as fast as the clock does. */
export const backupWorld: Partial<World> = {resources: [...veleroResources, ...longhornResources], play};
export const still: Partial<World> = {...backupWorld, play: tinyWorld.play};
