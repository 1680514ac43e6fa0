import type {Stage} from '../../model.ts';
import {budgets} from '../../objects/budget.ts';
import {uidOf} from '../../objects/identity.ts';
import {engines} from '../../objects/longhorn/engine.ts';
import {
	type InstanceManagerObject,
	instanceManagerBudget,
	instanceManagerPod,
	instanceManagers,
} from '../../objects/longhorn/instance-manager.ts';
import {type ReplicaObject, replicas} from '../../objects/longhorn/replica.ts';
import {isReady, type NodeObject, nodes} from '../../objects/node.ts';
import {bind, pods} from '../../objects/pod.ts';
import type {Player} from '../player.ts';
import {isManaged} from './manager.ts';

/**
 * Keeps an instance manager on every storage node, with a budget that stops a drain. On a cordoned node the budget goes
 * as soon as nothing is attached there and every copy has a good sibling elsewhere (`node-drain-policy:
 * block-if-contains-last-replica`; longhorn-manager, `controller/instance_manager_controller.go`).
 */
export const instanceManagerController: Player = {
	name: 'Longhorn instance managers',
	every: 3,
	act: (stage, now) => {
		if (!isManaged(stage)) return;
		for (const manager of instanceManagers.all(stage.store)) {
			const node = nodes.get(stage.store, manager.spec.nodeID);
			if (!node) continue;
			if (node.spec?.unschedulable) release(stage, manager);
			else keep(stage, manager, node, now);
		}
	},
};

function keep({store}: Stage, manager: InstanceManagerObject, node: NodeObject, now: number): void {
	const {name, namespace = ''} = manager.metadata;
	if (!budgets.get(store, name, namespace)) store.put(instanceManagerBudget(manager, now));
	if (pods.get(store, name, namespace) || !isReady(node)) return;
	const pod = instanceManagerPod(manager, now, uidOf('Pod', namespace, name, `${now}`));
	bind(pod, node.metadata.name, now);
	store.put(pod);
}

function release({store}: Stage, manager: InstanceManagerObject): void {
	const {nodeID} = manager.spec;
	const isAttached = engines.all(store).some(({spec}) => spec.nodeID === nodeID);
	const all = replicas.all(store).filter(isGood);
	const isLast = ({spec}: ReplicaObject) =>
		!all.some(other => other.spec.volumeName === spec.volumeName && other.spec.nodeID !== nodeID);
	if (isAttached || all.some(copy => copy.spec.nodeID === nodeID && isLast(copy))) return;
	if (budgets.get(store, manager.metadata.name, manager.metadata.namespace)) budgets.remove(store, manager);
}

const isGood = ({spec}: ReplicaObject) => spec.failedAt === '' && spec.healthyAt !== '';
