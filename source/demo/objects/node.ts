import type {KubeObject} from '../model.ts';
import {shelf} from './shelf.ts';

export type Condition = {
	type: string;
	status: 'True' | 'False' | 'Unknown';
	reason?: string;
	message?: string;
	lastHeartbeatTime?: string;
	lastTransitionTime?: string;
};

export type Taint = {key: string; value?: string; effect: string; timeAdded?: string};

export type NodeObject = KubeObject & {
	spec?: {podCIDR?: string; unschedulable?: boolean; taints?: Taint[]};
	status?: {
		capacity?: Record<string, string>;
		allocatable?: Record<string, string>;
		conditions?: Condition[];
		addresses?: Array<{type: string; address: string}>;
		nodeInfo?: Record<string, string>;
		images?: unknown[];
	};
};

export const nodes = shelf<NodeObject>('', 'nodes');

/** What a kubelet says of itself when all is well: type, status, reason, message. */
export const wellConditions = [
	['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
	['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
	['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
	['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
] as const;

/** The status of one condition; undefined where the object has none of that type. */
export function conditionOf(object: {status?: {conditions?: readonly Condition[]}}, type: string): Condition | undefined {
	return object.status?.conditions?.find(condition => condition.type === type);
}

/** True while the kubelet says so and nobody doubts it. */
export function isReady(node: NodeObject | undefined): boolean {
	return node !== undefined && conditionOf(node, 'Ready')?.status === 'True';
}
