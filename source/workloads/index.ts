import type {System} from '../cluster/kind.ts';
import {daemonSetKind} from './daemon-set.ts';
import {deploymentKind} from './deployment.ts';
import {warningKind} from './event.ts';
import {jobKind} from './job.ts';
import {podKind} from './pod.ts';
import {replicaSetKind} from './replica-set.ts';
import {statefulSetKind} from './stateful-set.ts';

export {daemonSetKind, deploymentKind, jobKind, replicaSetKind, statefulSetKind};

/** Pods, what keeps them, and what was noted down as wrong. */
export const workloadSystems: readonly System[] = [
	{id: 'pods', title: 'Pods', required: true, kinds: [podKind]},
	{id: 'warnings', title: 'Events of type Warning', required: false, kinds: [warningKind]},
	{
		id: 'workloads',
		title: 'Workloads',
		required: true,
		kinds: [deploymentKind, statefulSetKind, daemonSetKind, replicaSetKind, jobKind],
	},
];
