import type {KubeObject} from '../../model.ts';
import {type BudgetObject, budget} from '../budget.ts';
import {type PodObject, pendingPod} from '../pod.ts';
import {templateOf} from '../pod-template.ts';
import {shelf} from '../shelf.ts';
import {instanceManagerName, longhorn, longhornObject} from './longhorn.ts';

export type InstanceManagerObject = KubeObject & {spec: {nodeID: string; [field: string]: unknown}};

export const instanceManagers = shelf<InstanceManagerObject>('longhorn.io', 'instancemanagers', ['spec']);

const labelsOf = (node: string) => ({'longhorn.io/component': 'instance-manager', 'longhorn.io/node': node});

/** The process host of a node's engines and replicas; its pod and its disruption budget have the same name. */
export function instanceManager(node: string, createdAt: number): InstanceManagerObject {
	return longhornObject(
		'InstanceManager',
		{name: instanceManagerName(node), createdAt, labels: {...labelsOf(node), 'longhorn.io/instance-manager-type': 'aio'}},
		{
			spec: {nodeID: node, type: 'aio', image: `longhornio/longhorn-instance-manager:${longhorn.release}`, dataEngine: 'v1'},
			status: {currentState: 'running', ownerID: node, apiVersion: 6, instanceEngines: {}, instanceReplicas: {}},
		},
	);
}

/** The budget that keeps a drain from taking the pod while its data is needed. */
export function instanceManagerBudget(manager: InstanceManagerObject, createdAt: number): BudgetObject {
	const {namespace = '', name} = manager.metadata;
	return budget({namespace, name, selector: labelsOf(manager.spec.nodeID), minAvailable: 1, createdAt, owner: manager});
}

/** The pod of an instance manager, not yet bound: no workload stands behind it. */
export function instanceManagerPod(manager: InstanceManagerObject, createdAt: number, uid?: string): PodObject {
	const {namespace = '', name} = manager.metadata;
	const {nodeID} = manager.spec;
	const template = templateOf({
		kind: 'DaemonSet',
		namespace,
		name,
		container: 'instance-manager',
		image: `docker.io/longhornio/longhorn-instance-manager:${longhorn.release}`,
		on: [nodeID],
		cpu: '500m',
		memory: '512Mi',
		labels: {...labelsOf(nodeID), 'longhorn.io/managed-by': 'longhorn-manager'},
	});
	return pendingPod({name, namespace, template, owner: manager, createdAt, ...(uid ? {uid} : {})});
}
