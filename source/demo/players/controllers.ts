import {pods} from '../objects/pod.ts';
import {daemonSets, deployments, replicaSets, statefulSets, type WorkloadObject} from '../objects/workload.ts';
import {respread} from './daemon-set.ts';
import {count, rollOut} from './deployment.ts';
import {controllerOf} from './owned.ts';
import type {Player} from './player.ts';
import {replace} from './replica-set.ts';
import {refill} from './stateful-set.ts';

/** The workload controllers: what is missing is made again, and every workload says how many of its pods are ready. */
export const controllers: Player = {
	name: 'workload controllers',
	every: 2,
	act: (stage, now) => {
		const {store} = stage;
		const before = Map.groupBy(pods.all(store), controllerOf);
		const known = Map.groupBy(replicaSets.all(store), controllerOf);
		const setsOf = ({metadata}: WorkloadObject, among = known) => among.get(metadata.uid) ?? [];
		for (const deployment of deployments.all(store)) {
			rollOut(stage, deployment, setsOf(deployment), set => before.get(set.metadata.uid) ?? [], now);
		}
		const podsOf = ({metadata}: WorkloadObject) => before.get(metadata.uid) ?? [];
		for (const set of replicaSets.all(store)) replace(stage, set, podsOf(set), now);
		for (const set of statefulSets.all(store)) refill(stage, set, podsOf(set), now);
		for (const set of daemonSets.all(store)) respread(stage, set, podsOf(set), now);
		const after = Map.groupBy(pods.all(store), controllerOf);
		const sets = Map.groupBy(replicaSets.all(store), controllerOf);
		for (const deployment of deployments.all(store)) {
			count(stage, deployment, setsOf(deployment, sets), set => after.get(set.metadata.uid) ?? [], now);
		}
	},
};
