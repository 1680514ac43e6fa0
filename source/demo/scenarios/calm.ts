import type {Scenario, Stage} from '../model.ts';
import {pods} from '../objects/pod.ts';
import {schedules} from '../objects/velero/schedule.ts';
import {leave} from '../players/leave.ts';
import {startBackup} from '../players/velero.ts';

/** Nothing is wrong. Somebody takes a backup by hand and restarts a pod, so that there is something to watch. */
export const calm: Scenario = {
	id: 'calm',
	title: 'Nothing is wrong',
	description: 'everything works; during the first minute a backup taken by hand runs and a pod is restarted',
	worlds: ['homelab', 'talos-bgp', 'talos-prod', 'talos-dev', 'talos-data', 'talos-ceph'],
	steps: [
		{at: 15, what: 'velero backup create --from-schedule', act: backUp},
		{at: 35, what: 'kubectl delete pod coredns-…', act: restart},
	],
};

function backUp(stage: Stage, at: number): void {
	const [schedule] = schedules.all(stage.store);
	if (schedule) startBackup(stage, schedule, at);
}

function restart(stage: Stage, at: number): void {
	const pod = pods.all(stage.store, 'kube-system').find(({metadata}) => metadata.labels?.['k8s-app'] === 'kube-dns');
	if (pod) leave(stage, pod, at);
}
