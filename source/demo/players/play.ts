import type {Stage} from '../model.ts';
import {apiServices} from './api-services.ts';
import {attacher} from './attacher.ts';
import {ciliumAgents, ciliumOperator} from './cilium.ts';
import {containers} from './containers.ts';
import {controllers} from './controllers.ts';
import {dcgm} from './dcgm.ts';
import {elections} from './elections.ts';
import {endpointController} from './endpoints.ts';
import {etcdSnapshots} from './etcd-snapshots.ts';
import {expiry} from './events.ts';
import {failing} from './failing.ts';
import {jobController} from './jobs.ts';
import {kubeletApi} from './kubelet-api.ts';
import {kubelets} from './kubelets.ts';
import {loadBalancer} from './load-balancer.ts';
import {logs} from './logs.ts';
import {longhornBackups} from './longhorn/backups.ts';
import {instanceManagerController} from './longhorn/instance-managers.ts';
import {longhornManager} from './longhorn/manager.ts';
import {nodeLifecycle} from './node-lifecycle.ts';
import type {Player} from './player.ts';
import {quotas} from './quotas.ts';
import {scheduler} from './scheduler.ts';
import {taintEviction} from './taint-eviction.ts';
import {velero} from './velero.ts';

/** Causes before consequences. */
const players: readonly Player[] = [
	kubelets,
	kubeletApi,
	nodeLifecycle,
	taintEviction,
	controllers,
	scheduler,
	attacher,
	containers,
	failing,
	endpointController,
	apiServices,
	jobController,
	quotas,
	loadBalancer,
	instanceManagerController,
	longhornManager,
	longhornBackups,
	ciliumOperator,
	ciliumAgents,
	velero,
	etcdSnapshots,
	elections,
	dcgm,
	logs,
	expiry,
];

/** Lets everybody look once, then sets them going. */
export function play(stage: Stage): void {
	const look = (player: Player) => player.act(stage, stage.clock.now());
	for (const player of players) {
		look(player);
		stage.clock.every(player.every, () => look(player));
	}
}

/** Plays what has happened between two times, a look of everybody per `step` milliseconds and at the end. */
export function replay(stage: Stage, from: number, to: number, step = 30_000): void {
	const look = (now: number) => {
		for (const player of players) player.act(stage, now);
	};
	for (let now = from; now < to; now += step) look(now);
	look(to);
}
