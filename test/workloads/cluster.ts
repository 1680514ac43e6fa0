import {nodeKind, systemLeaseKind} from '../../source/nodes/index.ts';
import type {Standing} from '../../source/nodes/liveness.ts';
import type {SourceState} from '../../source/vocabulary.ts';
import {daemonSetKind} from '../../source/workloads/daemon-set.ts';
import {deploymentKind} from '../../source/workloads/deployment.ts';
import {warningKind} from '../../source/workloads/event.ts';
import {type WorkloadsFacts, type WorkloadsInput, workloadsFacts} from '../../source/workloads/facts.ts';
import {jobKind} from '../../source/workloads/job.ts';
import {nodePodsTally} from '../../source/workloads/node-pods.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {replicaSetKind} from '../../source/workloads/replica-set.ts';
import {statefulSetKind} from '../../source/workloads/stateful-set.ts';
import {troubledTally} from '../../source/workloads/troubled.ts';
import {warningsTally} from '../../source/workloads/warnings.ts';
import {project} from '../_helpers/hostile.ts';
import {reading} from '../_helpers/reading.ts';
import {tallied} from '../_helpers/tallied.ts';
import {managerLease, now} from './objects.ts';

type Kinds = 'deployments' | 'statefulSets' | 'daemonSets' | 'replicaSets' | 'jobs' | 'pods' | 'warnings' | 'nodes';

export type Objects = Partial<Readonly<Record<Kinds, readonly object[]>>> & {
	readonly states?: Partial<Record<Kinds, SourceState>>;
	readonly standing?: Readonly<Record<string, Standing>>;
	readonly claimCauses?: Readonly<Record<string, readonly string[]>>;
	readonly createCauses?: readonly string[];
	/** When kube-controller-manager last renewed its lease, ms ago; it just did. */
	readonly managerSilent?: number;
	readonly at?: number;
};

/** The input of the workloads slice out of raw objects, through the real projections and tallies. */
export function input(objects: Objects): WorkloadsInput {
	const {states = {}, standing = {}, claimCauses = {}, createCauses = [], managerSilent = 0, at = now} = objects;
	const pods = reading(podKind, objects.pods ?? [], states.pods);
	return {
		deployments: reading(deploymentKind, objects.deployments ?? [], states.deployments),
		statefulSets: reading(statefulSetKind, objects.statefulSets ?? [], states.statefulSets),
		daemonSets: reading(daemonSetKind, objects.daemonSets ?? [], states.daemonSets),
		replicaSets: reading(replicaSetKind, objects.replicaSets ?? [], states.replicaSets),
		jobs: reading(jobKind, objects.jobs ?? [], states.jobs),
		pods: tallied(troubledTally, pods),
		warnings: tallied(warningsTally, reading(warningKind, objects.warnings ?? [], states.warnings)),
		nodes: reading(nodeKind, objects.nodes ?? [], states.nodes),
		nodePods: tallied(nodePodsTally, pods),
		standing: new Map(Object.entries(standing)),
		claimCauses: new Map(Object.entries(claimCauses)),
		createCauses,
		manager: {lease: project(systemLeaseKind, managerLease(managerSilent)), clock: at},
		now: at,
	};
}

export const told = (objects: Objects, previous?: WorkloadsFacts): WorkloadsFacts => workloadsFacts(input(objects), previous);
